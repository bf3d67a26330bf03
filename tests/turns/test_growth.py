"""What flows gather in loops and read from outside stays within bounds, whatever characters and sizes come."""

import pytest
from sqlalchemy import text

from tests.turns.shop import Shop, flow, say, wire
from tests.turns.test_other_flows import ask


@pytest.fixture
def shop(engine):
    return Shop(engine)


def state_size(owner_engine):
    with owner_engine.connect() as connection:
        return connection.execute(text("select max(length(state::text)) from run")).scalar()


def dead_letters(owner_engine):
    with owner_engine.connect() as connection:
        return connection.execute(text("select count(*) from dead_letter")).scalar()


def sets(id, *pairs, type="any"):
    return {"id": id, "type": "set", "params": {
        "assignments": [{"name": name, "value": value, "type": type} for name, value in pairs]}}  # fmt: skip


def test_a_conversation_that_goes_round_for_ever_does_not_grow_its_run(shop, owner_engine):
    loop = flow(
        [ask("q", "De novo?"), {"id": "volta", "type": "go_to", "params": {"node": "q"}}],
        wire("start.next>q", "q.answered>volta"),
    )
    shop.publish(loop)
    shop.hear("oi")
    for _ in range(15):
        shop.hear("sim " * 10)
    before = state_size(owner_engine)
    for _ in range(15):
        shop.hear("sim " * 10)
    assert state_size(owner_engine) < before + 500


@pytest.mark.parametrize("value", ["{{ vars.tudo ~ answers.q }}", "{{ vars.tudo ~ vars.tudo ~ answers.q }}"])
def test_a_variable_that_grows_in_a_loop_ends_the_run_before_it_fills_the_memory(shop, owner_engine, value):
    nodes = [
        ask("q", "Mais?"),
        sets("junta", ("tudo", value)),
        {"id": "volta", "type": "go_to", "params": {"node": "q"}},
    ]
    shop.publish(flow(nodes, wire("start.next>q", "q.answered>junta", "junta.next>volta"),
                      variables=[{"name": "tudo", "default": ""}]))  # fmt: skip
    shop.hear("oi")
    for _ in range(12):
        shop.hear("x" * 2_000)
    assert shop.talk().state == "queued"
    assert (state_size(owner_engine) < 60_000, dead_letters(owner_engine)) == (True, 0)


def test_many_full_variables_end_the_run_before_its_state_is_heavy(shop, owner_engine):
    names = [f"v{number}" for number in range(60)]
    nodes = [
        ask("q", "Mais?"),
        sets("enche", *((name, "{{ answers.q ~ answers.q ~ answers.q ~ answers.q }}") for name in names)),
        ask("fim", "Fim?"),
    ]
    shop.publish(flow(nodes, wire("start.next>q", "q.answered>enche", "enche.next>fim"),
                      variables=[{"name": name} for name in names]))  # fmt: skip
    shop.hear("oi")
    shop.hear("x" * 4_000)
    assert dead_letters(owner_engine) == 0
    assert shop.talk().state == "queued"


@pytest.mark.parametrize(
    "odd", ["{{ 'a\\x00b' }}", "{{ '\\ud800' }}", "a\x00b"], ids=["NUL", "half a pair", "plain NUL"]
)
def test_characters_that_nobody_can_keep_do_not_stop_a_turn(shop, owner_engine, odd):
    shop.publish(flow([sets("v", ("x", odd)), say("diz", odd + "!"), ask("q", "Que?")],
                      wire("start.next>v", "v.next>diz", "diz.next>q"), variables=[{"name": "x"}]))  # fmt: skip
    shop.hear("oi")
    shop.later(hours=1)
    shop.work()
    assert dead_letters(owner_engine) == 0
    assert shop.replies() or shop.talk().state == "queued"


def test_odd_characters_that_a_contact_writes_do_not_stop_a_turn(shop, owner_engine):
    shop.publish(flow([ask("q", "Que?"), say("diz", "{{ answers.q }}!")], wire("start.next>q", "q.answered>diz")))
    shop.hear("oi")
    assert shop.hear("a\x00b\u202e😀") != []
    assert dead_letters(owner_engine) == 0
