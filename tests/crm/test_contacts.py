"""Changing a contact: read into its normal form, written, audited, told to screens and to flows that listen."""

import pytest

from flowengine.core.errors import Conflict, Invalid, NotFound
from flowengine.crm import contacts
from flowengine.crm.actor import Actor
from flowengine.crm.consent import set_consent
from flowengine.crm.notes import add_note
from flowengine.crm.operations import Operation, operate
from flowengine.crm.tags import change_tags
from tests.offices import Office, furnish, meet, publish_listener


@pytest.fixture
def office(engine) -> Office:
    office = furnish(engine)
    with office.at() as unit:
        unit.tags.add("vip", name="VIP", color="#aa0000")
        unit.tags.add("frio", name="Frio", color="#0000aa")
        unit.fields.add("contact", "cidade", "Cidade", "text")
        unit.fields.add("contact", "cpf", "CPF", "text", unique=True)
        unit.fields.add("contact", "visitas", "Visitas", "integer")
        unit.fields.add("contact", "dono", "Dono", "user")
        unit.fields.add("contact", "plano", "Plano", "text", required=True)
        choices = [{"slug": "cafe", "name": "Café"}, {"slug": "cha", "name": "Chá"}]
        unit.fields.add("contact", "gostos", "Gostos", "choices", choices=choices)
    return office


@pytest.fixture
def ana(office: Office) -> Actor:
    return Actor(office.ana.id)


def somebody(unit, office, name="5511"):
    return contacts.found(unit, meet(unit, office, name).contact_id)


def facts(unit, contact):
    """What waits for flows in the contact's lane, the first message aside."""
    waiting = unit.intake.waiting([contact.id])
    return [(each.event["name"], each.event["data"]) for each in waiting if each.kind == "happened"]


def test_a_change_is_cleaned_audited_and_told(office: Office, ana: Actor):
    with office.at() as unit:
        contact, position = somebody(unit, office), unit.live.position()
        new = {"name": "  João   Silva ", "email": "JOAO@Example.com", "phone": "(11) 98765-4321"}
        changed = contacts.change(unit, contact, new, ana)
        assert (changed.name, changed.email, changed.phone) == ("João Silva", "JOAO@example.com", "+5511987654321")
        assert unit.audit.latest()[0].data == {"fields": ["email", "name", "phone"]}
        assert [event.kind for event in unit.live.read(position)] == ["contact"]


def test_what_is_as_it_was_is_no_change(office: Office, ana: Actor):
    with office.at() as unit:
        contact = contacts.change(unit, somebody(unit, office), {"fields.cidade": "Recife"}, Actor(where="flow"))
        contact = change_tags(unit, contact, Actor(where="flow"), add=["vip"])
        contact = set_consent(unit, contact, {"whatsapp": "in"}, Actor(where="flow"))
        position = unit.live.position()
        contacts.change(unit, contact, {"name": "João", "fields.cidade": " Recife "}, ana)
        change_tags(unit, contact, ana, add=["vip"], remove=["frio"])
        set_consent(unit, contact, {"whatsapp": "in"}, ana)
        assert unit.audit.latest() == []
        assert unit.live.read(position) == []


@pytest.mark.parametrize(
    "new",
    [
        {"email": "x"},
        {"phone": "123"},
        {"name": " "},
        {"timezone": "Mars/Base"},
        {"language": "?"},
        {"score": "much"},
        {"fields.visitas": "many"},
        {"fields.unheard": "x"},
        {"fields.dono": "nobody"},
        {"fields.gostos": ["café", "vinho"]},
    ],
)
def test_what_cannot_be_is_refused_at_its_field(office: Office, ana: Actor, new: dict):
    with office.at() as unit:
        contact = somebody(unit, office)
        with pytest.raises(Invalid) as wrong:
            contacts.change(unit, contact, new, ana)
    assert wrong.value.detail["pointer"] == "/" + next(iter(new)).replace(".", "/")


def test_nobody_is_changed_who_is_not_there(office: Office):
    with office.at() as unit, pytest.raises(NotFound):
        contacts.found(unit, unit.new_id())


def test_a_contact_has_an_identity_on_each_channel(office: Office, ana: Actor):
    with office.at() as unit:
        contact = somebody(unit, office)
        added = contacts.identify(unit, contact, office.channel.key, "outro", ana)
        assert [each.external_id for each in unit.contacts.identities(contact.id)] == ["5511", "outro"]
        contacts.forget_identity(unit, contact, added.id, ana)
        assert [each.external_id for each in unit.contacts.identities(contact.id)] == ["5511"]


def test_an_identity_belongs_to_one_contact(office: Office, ana: Actor):
    with office.at() as unit:
        one, other = somebody(unit, office), somebody(unit, office, "5512")
        with pytest.raises(Conflict) as taken:
            contacts.identify(unit, one, office.channel.key, "5512", ana)
    assert taken.value.detail["contact"] == str(other.id)


def test_a_unique_value_is_one_contacts_however_it_is_written(office: Office, ana: Actor):
    with office.at() as unit:
        one, other = somebody(unit, office), somebody(unit, office, "5512")
        contacts.change(unit, one, {"fields.cpf": "José-1"}, ana)
        contacts.change(unit, one, {"fields.cpf": "José-1"}, ana)
        with pytest.raises(Conflict) as taken:
            contacts.change(unit, other, {"fields.cpf": "JOSE-1"}, ana)
    assert (taken.value.code, taken.value.detail["contact"]) == ("not_unique", str(one.id))


def test_a_required_field_is_not_cleared_and_wanted_of_a_new_contact(office: Office, ana: Actor):
    with office.at() as unit:
        contact = contacts.create(unit, {"name": "Rita", "fields.plano": "ouro"}, ana)
        assert contact.fields == {"plano": "ouro"}
        with pytest.raises(Invalid, match="required"):
            contacts.change(unit, contact, {"fields.plano": None}, ana)
        with pytest.raises(Invalid, match="required"):
            contacts.create(unit, {"name": "Rui"}, ana)


def test_operations_follow_one_another(office: Office, ana: Actor):
    with office.at() as unit:
        contact = operate(
            unit,
            somebody(unit, office),
            [
                Operation("score", "increment", 5),
                Operation("score", "increment", -2),
                Operation("fields.visitas", "increment", 1),
                Operation("fields.gostos", "add", "cha"),
                Operation("fields.gostos", "add", ["cafe", "cha"]),
                Operation("fields.gostos", "remove", "cha"),
                Operation("name", "clear"),
            ],
            ana,
        )
        assert (contact.score, contact.name) == (3, None)
        assert contact.fields == {"visitas": 1, "gostos": ["cafe"]}
        assert unit.contacts.get(contact.id) == contacts.found(unit, contact.id)


@pytest.mark.parametrize("operation", [Operation("name", "increment", 1), Operation("fields.cidade", "add", "x")])
def test_a_field_that_cannot_do_that_says_so(office: Office, ana: Actor, operation: Operation):
    with office.at() as unit:
        contact = contacts.change(unit, somebody(unit, office), {"fields.cidade": "Recife"}, ana)
        with pytest.raises(Invalid):
            operate(unit, contact, [operation], ana)


def test_a_note_says_something(office: Office, ana: Actor):
    with office.at() as unit:
        contact = somebody(unit, office)
        add_note(unit, contact, " Prefere a tarde. ", ana)
        assert [note.text for note in unit.contact_notes.of(contact.id)] == ["Prefere a tarde."]
        with pytest.raises(Invalid):
            add_note(unit, contact, "  ", ana)


def test_a_fact_is_told_where_a_live_flow_names_it(office: Office, ana: Actor):
    with office.at() as unit:
        contact = somebody(unit, office)
        change_tags(unit, contact, ana, add=["frio"])
        publish_listener(unit, "contact.tag_added")
        contact = change_tags(unit, contact, ana, add=["vip"])
        contacts.change(unit, contact, {"score": 10}, ana)
        assert facts(unit, contact) == [("contact.tag_added", {"tag": "vip"})]


def test_a_fact_is_told_to_an_open_run_of_the_contact_only(office: Office, ana: Actor):
    with office.at() as unit:
        waiting, other = somebody(unit, office), somebody(unit, office, "5512")
        flow = publish_listener(unit, "contact.field_changed", waits=waiting.id)
        unit.flows.archive(flow)
        for contact in (waiting, other):
            contacts.change(unit, contact, {"fields.cidade": "Recife"}, ana)
        told = {"field": "fields.cidade", "from": None, "to": "Recife"}
        assert facts(unit, waiting) == [("contact.field_changed", told)]
        assert facts(unit, other) == []


def test_a_score_that_rises_is_told_with_what_it_was(office: Office, ana: Actor):
    with office.at() as unit:
        contact = somebody(unit, office)
        publish_listener(unit, "contact.score_reached")
        contact = contacts.change(unit, contact, {"score": 30}, ana)
        contacts.change(unit, contact, {"score": 20}, ana)
        assert facts(unit, contact) == [("contact.score_reached", {"from": 0, "score": 30})]


def test_flows_that_answer_each_other_come_to_an_end(office: Office):
    with office.at() as unit:
        contact = somebody(unit, office)
        publish_listener(unit, "contact.tag_added")
        contact = change_tags(unit, contact, Actor(where="flow", generation=4), add=["vip"])
        change_tags(unit, contact, Actor(where="flow", generation=5), add=["frio"])
        assert facts(unit, contact) == [("contact.tag_added", {"tag": "vip"})]


def test_what_a_flow_did_is_in_its_turn_and_not_audited(office: Office):
    with office.at() as unit:
        contacts.change(unit, somebody(unit, office), {"name": "Rui"}, Actor(where="flow"))
        assert unit.audit.latest() == []
