"""What is kept of contacts: typed values, tags, consent, owners, facts; each account's alone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import Engine, text

from flowengine.core.errors import Conflict
from flowengine.store.contacts import READ_ONE
from tests.offices import NOON, Office, meet, publish_listener, talk

# Type, what is put, what is read.
VALUES = {
    "text": "Recife",
    "long_text": "linha\noutra",
    "number": 1.5,
    "integer": 123456789012345,
    "money": 1234.56,
    "date": "1990-02-28",
    "date_time": "2026-11-22T17:30:00+00:00",
    "time": "14:30",
    "yes_no": False,
    "choice": "cafe",
    "choices": ["cafe", "cha"],
    "user": "ana",
    "url": "https://example.com/a",
}
COLUMNS = {
    "number": "as_number",
    "integer": "as_number",
    "money": "as_number",
    "date": "as_date",
    "date_time": "as_moment",
    "yes_no": "as_yes_no",
    "choices": "as_list",
}


@pytest.mark.parametrize("type", VALUES)
def test_a_value_is_kept_in_a_column_of_its_type_and_read_as_it_was(office: Office, owner_engine: Engine, type: str):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        field = unit.fields.add("contact", "campo", "Campo", type)
        assert unit.fields.put(contact, field, VALUES[type])
        assert not unit.fields.put(contact, field, VALUES[type])
        assert unit.contacts.get(contact).fields == {"campo": VALUES[type]}
    with owner_engine.connect() as connection:
        kept = connection.execute(text(f"select {COLUMNS.get(type, 'as_text')} from contact_field")).scalar_one()
    assert kept is not None
    with office.at() as unit:
        assert unit.fields.put(contact, field, None)
        assert not unit.fields.put(contact, field, None)
        assert unit.contacts.get(contact).fields == {}


def test_of_two_who_write_a_unique_value_at_once_one_has_it(office: Office):
    with office.at() as unit:
        field = unit.fields.add("contact", "cpf", "CPF", "text", unique=True)
        contacts = [meet(unit, office, name).contact_id for name in ("um", "dois")]

    def write(contact):
        try:
            with office.at() as unit:
                return unit.fields.put(contact, field, "111", unique_key="111")
        except Conflict:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, contacts)) == [False, True]


def test_a_contact_is_read_with_all_that_a_turn_wants(office: Office):
    with office.at() as unit:
        contact = talk(unit, office, state="open", owner_id=office.bia.id, taken_at=unit.now).contact_id
        tags = [unit.tags.add(slug, name=slug, color="#000000").id for slug in ("vip", "frio")]
        unit.tags.put("contact", contact, tags)
        unit.consents.set(contact, ["whatsapp", "email"], "in", source="api", by=office.ana.id)
        unit.consents.set(contact, ["email"], "out", source="flow")
        unit.contacts.change(contact, owner_id=office.ana.id, owner_at=unit.now, score=3)
        read = unit.contacts.get(contact)
        assert (read.tags, read.consent, read.score) == (["frio", "vip"], {"whatsapp": "in", "email": "out"}, 3)
        assert read.owner == {"slug": "ana", "name": "Ana"}
        assert read.agent == {"slug": "bia", "name": "Bia"}
        assert unit.contacts.many([contact]) == {contact: read}


def test_reading_a_contact_looks_at_nobody_elses_rows(office: Office, owner_engine: Engine):
    with office.at() as unit:
        tag = unit.tags.add("vip", name="VIP", color="#000000").id
        field = unit.fields.add("contact", "cidade", "Cidade", "text")
        for number in range(300):
            contact = talk(unit, office, f"c{number}", owner_id=office.ana.id).contact_id
            unit.tags.put("contact", contact, [tag])
            unit.fields.put(contact, field, "Recife")
            unit.consents.set(contact, ["http"], "in", source="api")
    with owner_engine.begin() as connection:
        connection.execute(text("analyze contact, contact_tag, contact_field, consent, conversation"))
    with office.engine.connect() as connection:
        connection.execute(
            text("select set_config('app.account', :account, true)"), {"account": str(office.account_id)}
        )
        values = {"account": office.account_id, "id": contact}
        plan = "\n".join(row[0] for row in connection.execute(text(f"explain {READ_ONE.text}"), values))
    for table in ("contact", "contact_tag", "contact_field", "consent", "conversation"):
        assert f"Seq Scan on {table} " not in plan


def test_a_consent_said_again_keeps_its_time(office: Office):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        assert unit.consents.set(contact, ["email"], "in", source="api") == ["email"]
    with office.at(5) as unit:
        assert unit.consents.set(contact, ["email"], "in", source="flow") == []
        (said,) = unit.consents.of(contact)
    assert (said.source, said.at) == ("api", NOON)


def test_facts_are_kept_whether_or_not_somebody_listens(office: Office):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        before = len(unit.intake.waiting([contact]))
        unit.facts.tell(contact, [("link.clicked", {"node": "a"}), ("link.clicked", {"node": "b"})])
        publish_listener(unit, "message.read")
        unit.facts.tell(contact, [("message.read", {"node": "a"}), ("link.clicked", {"node": "a"})])
        assert [each.event["name"] for each in unit.intake.waiting([contact])[before:]] == ["message.read"]
        assert [each.data["node"] for each in unit.facts.since(contact, "link.clicked")] == ["a", "b", "a"]
        assert len(unit.facts.since(contact, "link.clicked", unit.now, node="a")) == 2
        assert [each.data["node"] for each in unit.facts.since(contact, "link.clicked", most=1)] == ["a"]
    with office.at(10) as unit:
        assert unit.facts.since(contact, "link.clicked", unit.now) == []
        assert unit.facts.forget(unit.now) == 4


def test_a_tag_goes_to_its_successor_wherever_it_is(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        old, new = (unit.tags.add(slug, name=slug, color="#000000") for slug in ("velha", "nova"))
        unit.tags.put("contact", conversation.contact_id, [old.id, new.id])
        unit.tags.put("conversation", conversation.id, [old.id])
        unit.tags.hand_over(old.id, new.id)
        unit.tags.remove("velha")
        assert unit.contacts.get(conversation.contact_id).tags == ["nova"]
        assert unit.tags.of_conversation(conversation.id) == ["nova"]


def test_a_person_has_a_slug_of_their_own(office: Office):
    with office.at() as unit:
        same = unit.members.add("Ána", "agent")
        nameless = unit.members.add("李", "agent")
        assert (office.ana.slug, same.slug, nameless.slug) == ("ana", "ana-2", "x")
        assert unit.members.by_slug("ana-2").id == same.id
        unit.members.remove(same.id)
        assert unit.members.by_slug("ana-2") is None
        assert unit.members.add("Ana", "agent").slug == "ana-3"


def test_a_tag_goes_once_those_who_are_putting_it_on_are_done(office: Office):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        old, new = (unit.tags.add(slug, name=slug, color="#000000") for slug in ("velha", "nova"))

    def remove():
        with office.at() as unit:
            unit.tags.hand_over(old.id, new.id)
            unit.tags.remove("velha")

    with ThreadPoolExecutor(1) as pool:
        with office.at() as unit:
            unit.tags.put("contact", contact, [old.id])
            removal = pool.submit(remove)
            with pytest.raises(TimeoutError):
                removal.result(timeout=0.3)
        removal.result(timeout=10)
    with office.at() as unit:
        assert unit.contacts.get(contact).tags == ["nova"]
