"""Many contacts taken in one go: to the same end as one by one, in as few statements, and none falls with another."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, text

from flowengine import turns
from flowengine.store.area import Area
from flowengine.store.batch import Batch
from flowengine.store.engine import StoreFault
from flowengine.turns.claim import Claim
from tests.turns.shop import RECEPTION, Shop, flow, say, wire

NOON = datetime(2026, 11, 20, 15, tzinfo=UTC)
PEOPLE = ("renata", "davi", "lia")


def node(id, type, **params):
    return {"id": id, "type": type, "params": params}


# A bit of everything a turn may do: answers kept, fields, tags, a timer, another flow, people, a rating, a refusal.
SURVEY = flow(
    [
        node("name", "question", text="Nome?", answer_type="text", save_to="nome"),
        node(
            "keep",
            "update_contact",
            changes=[
                {"field": "name", "op": "set", "value": "{{ vars.nome }}"},
                {"field": "custom", "custom": "visitas", "op": "set", "value": "{{ vars.nome }}"},
            ],
        ),
        node("tag", "tags", on="contact", add=["lead"], remove=[]),
        node("mark", "tags", on="conversation", add=["frio"], remove=[]),
        node("nap", "delay", wait={"amount": 10, "unit": "minutes"}),
        node("on", "start_flow", flow="bot"),
    ],
    wire("start.next>name", "name.answered>keep", "keep.next>tag", "tag.next>mark", "mark.next>nap", "nap.next>on"),
    key="survey",
    name="Survey",
)
SURVEY["nodes"][0]["params"] = {"event": "keyword", "terms": ["pesquisa"], "match": "exact", "interrupt": True}

said = st.tuples(
    st.just("say"), st.sampled_from(PEOPLE), st.sampled_from(["oi", "pessoa", "nada", "5", "pesquisa", "valeu"])
)
done = st.tuples(st.sampled_from(["take", "finish", "write"]), st.sampled_from(PEOPLE), st.just(""))
passed = st.tuples(st.just("wait"), st.just(""), st.sampled_from(["5", "15", "900"]))
rounds = st.lists(st.lists(st.one_of(said, said, said, done, passed), min_size=1, max_size=6), min_size=1, max_size=5)


def opened(engine: Engine, take) -> Shop:
    shop = Shop(engine, now=NOON)
    shop.take_waiting = take
    with shop.unit() as unit:
        for slug in ("lead", "frio"):
            unit.tags.add(slug, name=slug.title(), color="#336699")
        unit.fields.add("contact", "visitas", "Visitas", "integer")
    shop.publish(SURVEY)
    shop.publish(RECEPTION)
    return shop


def play(shop: Shop, script) -> None:
    for number, steps in enumerate(script):
        for place, (what, who, how) in enumerate(steps):
            if what == "say":
                shop.receive(how, sender=who, id=f"{number}.{place}")
            elif what == "wait":
                shop.later(minutes=int(how))
            else:
                act(shop, what, who)
        shop.work()


def act(shop: Shop, what: str, who: str) -> None:
    with shop.unit() as unit:
        identity = unit.contacts.identity(shop.channel.id, who)
        talk = identity and unit.conversations.latest(identity.contact_id, shop.channel.id)
    if talk is None:
        return
    if what == "take" and talk.state == "queued":
        shop.take(shop.bia, who)
    elif talk.state == "open" and what == "write":
        shop.write(shop.bia, "Oi, sou a Bia.", who)
    elif talk.state == "open" and what == "finish":
        shop.finish(shop.bia, who)


EVERYTHING = {
    "message": "direction, author, body ->> 'text', status, number, node, created_at",
    "outgoing": "number, at",
    "conversation": "state, version, owner_epoch, priority, unread, waiting_since, finish_reason, last_message, "
    "last_inbound_at, updated_at, opened_at, queued_at, floor_run_id is null, handoff ->> 'goes_on'",
    "conversation_event": "what, where_done, at",
    "conversation_tag": "at",
    "run": "state -> 'variables', state -> 'answers', state -> 'wait' -> 'node', turn, status, reason, error, "
    "entry_key = '', started_at, ended_at",
    "turn": "number, event ->> 'kind', trace, read -> 'contact' -> 'fields', read -> 'contact' -> 'tags', "
    "read -> 'conversation' -> 'tags', read -> 'refused' is null, at",
    "outbox": "kind, due_at, payload ->> 'name'",
    "live_event": "kind, at",
    "contact": "name, last_seen_at",
    "contact_tag": "at",
    "contact_field": "as_number",
    "happened": "name, data",
    "lane": "due_at",
    "intake": "kind",
    "dead_letter": "kind",
    "contact_identity": "external_id, out_number",
}


def all_of(shop: Shop) -> dict[str, Counter]:
    """What stands in the database, but for ids."""
    found = {}
    with shop.engine.begin() as connection:
        connection.execute(text("select set_config('app.account', :id, true)"), {"id": str(shop.account)})
        for table, columns in EVERYTHING.items():
            rows = connection.execute(text(f"select {columns} from {table}")).all()
            found[table] = Counter(str(row) for row in rows)
    return found


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds)
def test_a_batch_comes_to_the_same_as_event_by_event(engine: Engine, script) -> None:
    together, singly = opened(engine, turns.take_waiting), opened(engine, turns.take_singly)
    play(together, script)
    play(singly, script)
    one, other = all_of(together), all_of(singly)
    for table in EVERYTHING:
        assert one[table] == other[table], table
    for who in PEOPLE:
        assert together.replies(who) == singly.replies(who)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The statements that go to the database."""
    statements: list[str] = []
    send = Area._execute

    def count(area: Area, statement, values):
        statements.append(statement.text)
        return send(area, statement, values)

    monkeypatch.setattr(Area, "_execute", count)
    return statements


def test_fifty_contacts_cost_as_many_statements_as_one(engine: Engine, sent: list[str]) -> None:
    shop = Shop(engine, now=NOON)
    shop.publish(RECEPTION)
    counted = {}
    for number in (1, 50):
        for said in ("oi", "que?", "nada"):
            for place in range(number):
                shop.receive(said, sender=f"{number}-{place}")
            sent.clear()
            assert turns.take_waiting(engine, shop.account, shop.programs, now=NOON) == number
            counted[number, said] = len(sent)
    for said in ("oi", "que?", "nada"):
        assert counted[50, said] <= counted[1, said] + 1 < 32  # a program is read once
    assert shop.replies("50-49") == shop.replies("1-0")


class Hasty(Batch):
    _enter = text(Batch._enter.text.replace("30s", "200ms"))


def test_no_claim_outlives_its_time_limit(engine: Engine) -> None:
    """In a pipeline none of those of idle transactions holds."""
    shop = Shop(engine, now=NOON)
    with pytest.raises(StoreFault, match="transaction timeout"), Hasty.open(engine, shop.account) as unit:
        unit.outbox._run(text("select pg_sleep(5)"))


def test_one_whose_rows_are_refused_stops_nobody_else(engine: Engine, owner_engine: Engine) -> None:
    shop = Shop(engine, now=NOON)
    shop.publish(flow([say("hello", "Olá.")], wire("start.next>hello")))
    with owner_engine.begin() as connection:
        connection.execute(text("alter table message add constraint t check (body ->> 'text' <> 'bomba')"))
    try:
        for sender, said in (("ana", "um"), ("bob", "bomba"), ("eva", "dois")):
            shop.receive(said, sender=sender)
        shop.work()
        assert (shop.replies("ana"), shop.replies("bob"), shop.replies("eva")) == (["Olá."], [], ["Olá."])
        for _ in range(5):
            shop.later(minutes=1)
            shop.work()
        with shop.unit() as unit:
            (letter,) = unit.dead_letters.all()
        assert letter.payload["text"] == "bomba"
    finally:
        with owner_engine.begin() as connection:
            connection.execute(text("alter table message drop constraint t"))


def test_a_run_that_another_has_saved_is_not_overwritten(engine: Engine) -> None:
    """As after a claim that lost its lane: what it kept back is of yesterday."""
    shop = Shop(engine, now=NOON)
    shop.publish(RECEPTION)
    shop.hear("oi")
    shop.receive("nada")
    stolen: list[UUID] = []

    class Thief(turns.taking.Batch):
        def write(self) -> None:
            if self._rows.kept.saved and not stolen:
                (run,) = self._rows.kept.saved
                stolen.append(run)
                self._own.connection.execute(text("update run set turn = turn + 1 where id = :id"), {"id": run})
            super().write()

    with pytest.raises(turns.taking.Undone), Thief.open(engine, shop.account, now=NOON) as batch:
        turns.taking._take(Claim(batch, shop.programs))
    shop.later(seconds=timedelta(seconds=1).seconds)
    assert stolen
    assert shop.replies() == ["Olá, Renata!", "Como podemos ajudar?"]
    shop.work()
    assert shop.replies()[2:] == ["Até mais."]
