"""Facts while flows run: many in one turn, those a run brings about itself, chains of flows that answer each other."""

import pytest
from sqlalchemy import text

from tests.turns.shop import Shop, flow, say, wire
from tests.turns.test_leaving import aiming, bind, dead_letters, second_channel
from tests.turns.test_other_flows import ask, runs


@pytest.fixture
def shop(engine):
    shop = Shop(engine)
    with shop.unit() as unit:
        for slug in ("a", "b", *(f"t{number}" for number in range(40))):
            unit.tags.add(slug, name=slug, color="#aa0000")
    return shop


def tags(id, *, add=(), remove=()):
    return {"id": id, "type": "tags", "params": {"on": "contact", "add": list(add), "remove": list(remove)}}


def waits(id, event, tag):
    where = {"left": "event.data.tag", "op": "equals", "right": tag}
    return {"id": id, "type": "wait_until", "params": {
        "event": event, "wait": {"amount": 1, "unit": "days"}, "where": where}}  # fmt: skip


def intake(owner_engine):
    with owner_engine.connect() as connection:
        return connection.execute(text("select count(*) from intake")).scalar()


def test_a_goal_that_the_run_meets_by_its_own_doing_ends_it_once(shop, owner_engine):
    nodes = [ask("q", "Que?"), tags("marca", add=["a"]), ask("r", "E?")]
    shop.publish(aiming(nodes, wire("start.next>q", "q.answered>marca", "marca.next>r")))
    shop.hear("oi")
    assert shop.hear("1") == ["E?"]
    assert runs(owner_engine) == [("bot", "ended", "goal")]
    assert (shop.talk().state, dead_letters(owner_engine), intake(owner_engine)) == ("finished", [], 0)


def test_a_goal_met_in_the_very_turn_in_which_the_run_ends_changes_nothing(shop, owner_engine):
    shop.publish(aiming([tags("marca", add=["a"]), say("fim", "Fim.")], wire("start.next>marca", "marca.next>fim")))
    assert shop.hear("oi") == ["Fim."]
    assert (runs(owner_engine), dead_letters(owner_engine)) == ([("bot", "completed", "next")], [])


def test_a_goal_that_goes_on_where_it_is_met_again_comes_to_an_end(shop, owner_engine):
    """Its node takes the tag off and puts it on again, so each goal brings about the next."""
    nodes = [ask("q", "Que?"), tags("tira", remove=["a"]), tags("poe", add=["a"]), say("viva", "Viva!"), ask("r", "E?")]
    edges = wire("start.next>q", "q.answered>poe", "tira.next>poe", "poe.next>viva", "viva.next>r")
    shop.publish(aiming(nodes, edges, then="node", node="tira"))
    shop.hear("oi")
    shop.hear("1")
    assert len(shop.replies()) < 20
    assert (dead_letters(owner_engine), intake(owner_engine)) == ([], 0)


def test_many_facts_of_one_turn_are_each_heard_once_and_in_order(shop, owner_engine):
    many = [f"t{number}" for number in range(40)]
    seen = [waits("espera", "contact.tag_added", "t39"), say("ok", "Ouvi.")]
    shop.publish(flow(seen, wire("start.next>espera", "espera.happened>ok"), key="ouve"))
    shop.hear("oi")
    first, other = shop.channel, second_channel(shop)
    shop.publish(flow([tags("marca", add=many)], wire("start.next>marca"), key="marca"))
    bind(shop, "ouve", first), bind(shop, "marca", other)
    shop.channel = other
    shop.hear("oi")
    shop.channel = first
    assert shop.replies() == ["Ouvi."]
    assert (dead_letters(owner_engine), intake(owner_engine)) == ([], 0)


def test_two_runs_that_answer_each_other_with_tags_come_to_an_end(shop, owner_engine):
    def plays(key, mine, yours):
        nodes = [tags("poe", add=[mine]), tags("tira", remove=[mine]), waits("espera", "contact.tag_added", yours)]
        edges = wire("start.next>espera", "espera.happened>poe", "poe.next>tira", "tira.next>espera")
        return flow(nodes, edges, key=key)

    shop.publish(plays("ping", "a", "b"))
    shop.hear("oi")
    first, other = shop.channel, second_channel(shop)
    serve = plays("pong", "b", "a")
    serve["edges"] = wire("start.next>poe", "espera.happened>poe", "poe.next>tira", "tira.next>espera")
    shop.publish(serve)
    bind(shop, "ping", first), bind(shop, "pong", other)
    shop.channel = other
    shop.hear("oi")
    assert (dead_letters(owner_engine), intake(owner_engine)) == ([], 0)
    with owner_engine.connect() as connection:
        assert connection.execute(text("select count(*) from turn")).scalar() < 20
