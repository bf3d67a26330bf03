"""A person is forgotten wherever a column says that it is about them, and nobody else is."""

import json
from concurrent.futures import Future, ThreadPoolExecutor, wait
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from flowengine.core.errors import NotFound
from flowengine.crm import contacts, erasure
from flowengine.crm.actor import Actor
from flowengine.crm.notes import add_note
from flowengine.jobs.tidy import tidy
from flowengine.store.erasure import ELSEWHERE, HOLDINGS, Erased, personal
from flowengine.store.intake import NewEvent
from flowengine.store.messages import NewMessage
from flowengine.store.outbox import Owed
from flowengine.store.tables import metadata
from flowengine.store.turns import TurnRecord
from flowengine.store.unit import Unit
from tests.turns.shop import RECEPTION, Shop

NAME, SAID, NUMBER = "Renata Quintanilha", "moro na rua das Acácias", "+5581987654321"


@pytest.fixture
def shop(engine: Engine) -> Shop:
    """Renata and Otávio have said the same; the shop knows more of both."""
    shop = Shop(engine)
    shop.publish(RECEPTION)
    for sender in ("renata", "otavio"):
        shop.hear("oi", sender=sender, name=NAME)
        shop.hear(SAID, sender=sender, name=NAME)
        with shop.unit() as unit:
            _know(shop, unit, sender)
    with shop.unit() as unit:
        for sender in ("renata", "otavio"):
            _leave_waiting(unit, unit.contacts.identity(shop.channel.id, sender).contact_id)
    return shop


def _know(shop: Shop, unit: Unit, sender: str) -> None:
    identity = unit.contacts.identity(shop.channel.id, sender)
    if not unit.fields.many("contact", ["rua"]):
        unit.fields.add("contact", "rua", name="Rua", type="text")
    contact = contacts.found(unit, identity.contact_id)
    contact = contacts.change(unit, contact, {"phone": NUMBER, "fields.rua": SAID}, Actor(shop.ana.id))
    add_note(unit, contact, SAID, Actor(shop.ana.id))
    talk = unit.conversations.latest(contact.id, shop.channel.id)
    unit.conversations.change(talk, subject=SAID)
    (run, *_) = unit.runs.of_conversation(talk.id)
    unit.turns.record([TurnRecord(run.id, 90, {"text": SAID}, {"name": NAME}, [{"v": SAID}], [{"t": SAID}], unit.now)])
    unit.outbox.owe(
        [Owed(f"{sender}:1:1", "callback", {"t": SAID}, unit.now + timedelta(days=1), contact_id=contact.id)]
    )


def _leave_waiting(unit: Unit, contact: UUID) -> None:
    """An event that waits, and one that could not be taken."""
    fact = {"kind": "happened", "at": unit.now.isoformat(), "name": SAID}
    unit.intake.append([NewEvent(contact, fact) for _ in range(2)])
    unit.intake.give_up(unit.intake.waiting([contact])[0].id, "ValueError: ours")


def person(shop: Shop, sender: str = "renata"):
    with shop.unit() as unit:
        return unit.contacts.identity(shop.channel.id, sender).contact_id


def everything(owner_engine: Engine) -> str:
    """All rows of all accounts, as text."""
    with owner_engine.connect() as connection:
        return "".join(
            row
            for table in metadata.tables
            for row in connection.execute(text(f"select t::text from {table} t")).scalars()
        )


def erase(shop: Shop, sender: str = "renata") -> dict[str, int]:
    contact = person(shop, sender)
    with shop.unit() as unit:
        return erasure.erase(unit, contact, Actor(shop.ana.id))


def test_every_place_with_something_personal_is_emptied_or_has_its_reason():
    marked = {name for name in metadata.tables if personal(name)}
    assert marked - HOLDINGS.keys() - ELSEWHERE.keys() == set()
    assert HOLDINGS.keys() & ELSEWHERE.keys() == set()


def test_of_a_person_who_was_erased_nothing_is_left(shop: Shop, owner_engine: Engine):
    before = everything(owner_engine)
    for secret in (NAME, SAID, NUMBER, "renata"):
        assert secret in before
    done = erase(shop)
    assert set(done) >= set(HOLDINGS) - {"contact_tag", "consent", "portfolio_contact", "note", "outgoing"}
    erase(shop, "otavio")
    after = everything(owner_engine)
    assert [secret for secret in (NAME, SAID, NUMBER, "renata", "otavio") if secret in after] == []


def test_of_everybody_else_everything_is_left(shop: Shop):
    otavio = person(shop, "otavio")
    with shop.unit() as unit:
        before = unit.erasure.export(otavio)
    erase(shop)
    with shop.unit() as unit:
        assert unit.erasure.export(otavio) == before
        assert unit.contacts.get(otavio).name == NAME


def test_what_others_count_on_stays(shop: Shop):
    talk = shop.talk()
    erase(shop)
    with shop.unit() as unit:
        messages = unit.messages.latest(talk.id)
        assert [message.body for message in messages] == [{}] * len(messages)
        assert len(messages) >= 4
        assert unit.conversations.get(talk.id).state == "finished"
        assert {run.status for run in unit.runs.of_conversation(talk.id)} == {"ended"}


def test_what_somebody_writes_at_that_moment_is_erased_too(shop: Shop, owner_engine: Engine):
    contact, talk = person(shop), shop.talk()
    with ThreadPoolExecutor(1) as pool:
        with shop.unit() as unit:
            unit.conversations.lock(talk.id)
            erasing = pool.submit(erase, shop)
            new = NewMessage(talk.id, contact, talk.channel_id, talk.identity_id, "agent", {"text": "Segredo nosso"})
            assert not _over(erasing, 0.3)
            unit.messages.add([new])
        erasing.result(10)
    assert "Segredo nosso" not in everything(owner_engine)


def test_a_message_that_was_on_its_way_in_is_erased_with_the_next_tidying(shop: Shop, owner_engine: Engine):
    contact = person(shop)
    identity = str(shop.talk().identity_id)
    erase(shop)
    with shop.unit() as unit:
        late = {"kind": "message_received", "at": shop.now.isoformat(), "text": "Segredo nosso",
                "channel": str(shop.channel.id), "identity": identity}  # fmt: skip
        unit.intake.append([NewEvent(contact, late)])
    shop.work()
    assert "Segredo nosso" in everything(owner_engine)
    tidy(shop.engine)
    assert "Segredo nosso" not in everything(owner_engine)
    assert tidy(shop.engine) == 0


def _over(work: Future[Any], seconds: float) -> bool:
    return bool(wait([work], seconds).done)


def test_who_was_erased_is_nobody_and_who_writes_again_is_somebody_new(shop: Shop):
    before = person(shop)
    erase(shop)
    with shop.unit() as unit:
        assert unit.contacts.lock(before) is None
        assert before not in {row.id for row in unit.contacts.page(10)}
        with pytest.raises(NotFound):
            erasure.erase(unit, before, Actor())
    assert shop.hear("oi", name="Renata") == ["Olá, Renata!", "Como podemos ajudar?"]
    assert person(shop) != before


def test_what_is_kept_of_a_person_is_handed_out(shop: Shop):
    contact = person(shop)
    with shop.unit() as unit:
        found = json.loads(json.dumps(erasure.export(unit, contact, Actor(shop.ana.id)), default=str))
    assert (found["profile"]["name"], found["profile"]["fields"]) == (NAME, {"rua": SAID})
    said = [row["body"].get("text") for row in found["records"]["message"]]
    assert SAID in said
    assert [row["external_id"] for row in found["records"]["contact_identity"]] == ["renata"]
    assert "otavio" not in json.dumps(found)


def test_who_came_back_by_a_restore_is_erased_again(shop: Shop):
    contact, other = person(shop), person(shop, "otavio")
    ledger = [Erased(contact, shop.ana.id, shop.now)]
    with shop.unit() as unit:
        assert [erasure.erase_again(unit, ledger) for _ in range(2)] == [1, 0]
        assert [each.contact_id for each in unit.erasure.ledger()] == [contact]
        assert (unit.erasure.is_erased(contact), unit.erasure.is_erased(other)) == (True, False)
