"""When something breaks, or comes late: nobody is left without an answer, and nobody else waits for it."""

from datetime import timedelta
from uuid import UUID

import psycopg
import pytest
from sqlalchemy import Engine, text

from flowengine import turns
from flowengine.core.program import Program
from flowengine.store.unit import Unit
from flowengine.turns.programs import Programs
from tests.turns.shop import RECEPTION, Shop, flow, say, wire

INTERRUPT = {"id": "now", "type": "trigger", "params": {"event": "keyword", "terms": ["promo"], "interrupt": True}}
ASKING = flow(
    [
        {"id": "ask", "type": "question", "params": {"text": "O que procura?", "answer_type": "text"}},
        say("found", "Vou procurar."),
        INTERRUPT,
        say("promo", "Hoje tem promoção."),
    ],
    wire("start.next>ask", "ask.answered>found", "now.next>promo"),
)


@pytest.fixture
def shop(engine: Engine) -> Shop:
    shop = Shop(engine)
    shop.publish(RECEPTION)
    return shop


def break_live_version(owner_engine: Engine, shop: Shop) -> None:
    """As if a version were live that this software cannot read."""
    with owner_engine.begin() as connection:
        connection.execute(text("update flow_version set document = '{}' where account_id = :a"), {"a": shop.account})


def try_until_given_up(shop: Shop) -> None:
    for _ in range(6):
        shop.work()
        shop.later(minutes=1)


def test_a_keyword_that_comes_late_interrupts_nothing_and_answers_the_question_that_waits(engine: Engine) -> None:
    shop = Shop(engine)
    shop.publish(ASKING)
    shop.hear("oi")
    shop.receive("promo")
    shop.later(hours=2)
    shop.work()
    assert shop.replies() == ["O que procura?", "Vou procurar."]


def test_a_first_message_that_no_flow_can_take_reaches_people_with_its_words(shop: Shop, owner_engine: Engine) -> None:
    break_live_version(owner_engine, shop)
    shop.receive("preciso de ajuda")
    try_until_given_up(shop)
    talk = shop.talk()
    assert talk is not None
    assert talk.state == "queued"
    with shop.unit() as unit:
        assert [message.body["text"] for message in unit.messages.latest(talk.id)] == ["preciso de ajuda"]


def test_what_people_have_is_heard_at_once_whatever_became_of_the_flows(shop: Shop, owner_engine: Engine) -> None:
    shop.hear("oi")
    shop.hear("pessoa")
    break_live_version(owner_engine, shop)
    shop.programs = Programs()
    shop.hear("ainda estou aqui")
    with shop.unit() as unit:
        assert unit.messages.latest(shop.talk().id)[-1].body["text"] == "ainda estou aqui"


def test_what_failed_in_a_talk_is_shown_to_the_people_who_take_it(shop: Shop) -> None:
    shop.hear("oi")
    with shop.unit() as unit:  # a state that no version of ours has written
        (run,) = unit.runs.of_conversation(shop.talk().id)
        unit.runs.save(run.id, expected_turn=run.turn, turn=run.turn, state={"state_version": 1})
    shop.receive("quero falar com alguém")
    try_until_given_up(shop)
    with shop.unit() as unit:
        assert unit.messages.latest(shop.talk().id)[-1].body["text"] == "quero falar com alguém"
        assert unit.runs.get(run.id).status == "ended"


def test_a_contact_whom_nobody_can_rescue_stops_nobody_else(shop: Shop, owner_engine: Engine) -> None:
    shop.hear("oi")
    with shop.unit() as unit:
        (run,) = unit.runs.of_conversation(shop.talk().id)
        unit.runs.save(run.id, expected_turn=run.turn, turn=run.turn, state={"state_version": 1})
    with owner_engine.begin() as connection:  # the account has nobody who takes what is left over
        connection.execute(text("update team set is_default = false where account_id = :a"), {"a": shop.account})
    shop.receive("nada")
    try_until_given_up(shop)
    assert shop.hear("oi", sender="saulo") == ["Olá, Renata!", "Como podemos ajudar?"]


def test_teams_where_nobody_is_may_be_tried_one_after_another(engine: Engine) -> None:
    shop = Shop(engine)
    slugs = [f"equipe{number}" for number in range(7)]
    with shop.unit() as unit:
        for slug in slugs:
            unit.teams.put_member(unit.teams.add(slug, slug).id, shop.ana.id)
    nodes = [{"id": slug, "type": "transfer", "params": {"team": slug}} for slug in slugs]
    chain = [f"{one}.unavailable>{two}" for one, two in zip(slugs, [*slugs[1:], "sorry"], strict=True)]
    shop.publish(flow([*nodes, say("sorry", "Ninguém agora.")], wire(f"start.next>{slugs[0]}", *chain)))
    assert shop.hear("oi") == ["Ninguém agora."]


def test_a_database_that_breaks_off_in_the_middle_loses_and_repeats_nothing(shop: Shop, owner_engine: Engine) -> None:
    shop.receive("oi")
    with pytest.raises(Exception, match="terminat|closed"), shop.unit() as unit:
        unit.lanes.claim(5)
        with owner_engine.begin() as connection:
            connection.execute(
                text("select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
                     " and pid <> pg_backend_pid() and state = 'idle in transaction'")
            )  # fmt: skip
        unit.intake.waiting([unit.new_id()])
    shop.later(seconds=1)
    shop.work()
    assert shop.replies() == ["Olá, Renata!", "Como podemos ajudar?"]


def test_thanks_leave_a_finished_talk_as_read_as_it_was(shop: Shop) -> None:
    shop.hear("oi")
    shop.hear("pessoa")
    shop.take(shop.ana)
    shop.finish(shop.ana)
    shop.work()
    shop.hear("5")
    shop.now += timedelta(minutes=1)
    shop.hear("obrigada!")
    talk = shop.talk()
    assert (talk.state, talk.unread, talk.waiting_since) == ("finished", 0, None)


def test_what_an_agent_writes_counts_as_sent_where_the_channel_fetches(shop: Shop) -> None:
    shop.hear("oi")
    shop.hear("pessoa")
    shop.take(shop.ana)
    shop.write(shop.ana, "Oi, aqui é a Ana.")
    with shop.unit() as unit:
        assert unit.messages.latest(shop.talk().id)[-1].status == "sent"


class CutsOnce(Programs):
    """Programs at whose first use the database restarts."""

    def __init__(self, emptying: psycopg.Connection) -> None:
        super().__init__()
        self._emptying: psycopg.Connection | None = emptying

    def kept(self, version: UUID) -> Program | None:
        if self._emptying is not None:
            self._emptying.execute(
                "select pg_terminate_backend(pid) from pg_stat_activity"
                " where datname = current_database() and usename = 'flowengine_app'"
            )
            self._emptying = None
        return super().kept(version)


def test_a_turn_in_which_the_database_restarts_is_taken_again_and_counts_as_no_failure(
    shop: Shop, engine: Engine, emptying: psycopg.Connection
) -> None:
    shop.receive("oi")
    turns.take_waiting(engine, shop.account, CutsOnce(emptying))
    shop.later(seconds=1)
    shop.work()
    assert shop.replies() == ["Olá, Renata!", "Como podemos ajudar?"]
    with engine.begin() as connection:
        Unit.on(connection, shop.account)
        assert connection.execute(text("select count(*) from dead_letter")).scalar() == 0
