"""Publishing while people wait: who can goes on in the new version, whatever happens at that moment; others stay."""

from threading import Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from flowengine.core.events import CallAnswered
from flowengine.core.flow import flow_of
from flowengine.core.program import compile_flow
from flowengine.nodes import NODE_TYPES
from flowengine.store.intake import NewEvent
from flowengine.turns.again import replay_run
from flowengine.turns.claim import Claim
from flowengine.turns.moving import Prospect, move_runs, prospects
from flowengine.turns.taking import take_event
from tests.turns.shop import RECEPTION, Shop, flow, say, wire
from tests.turns.test_other_flows import publish_unbound

HOURS = {"amount": 2, "unit": "hours"}


@pytest.fixture
def shop(engine):
    shop = Shop(engine)
    shop.publish(RECEPTION)
    return shop


def changed(*, without=(), **params):
    """RECEPTION with other params of some nodes, or without them."""
    nodes = [
        {**node, "params": {**node["params"], **params.get(node["id"], {})}}
        for node in RECEPTION["nodes"]
        if node["id"] not in without
    ]
    edges = [edge for edge in RECEPTION["edges"] if not {edge["source"], edge["target"]} & set(without)]
    return {**RECEPTION, "nodes": nodes, "edges": edges}


SHORTER = changed(ask={"wait": {"amount": 30, "unit": "minutes"}}, bye={"parts": [{"kind": "text", "text": "Tchau!"}]})


def move(shop, key="bot"):
    """Everybody who is in an earlier version; how many were moved."""
    with shop.unit() as unit:
        flow = unit.flows.by_key(key)
        live = unit.flows.version(flow.live_version_id)
        return sum(move_runs(unit, shop.programs, unit.runs.elsewhere(flow.id, live.id, most=100), live))


def run_of(shop, sender="renata"):
    with shop.unit() as unit:
        (run,) = unit.runs.of_conversation(shop.talk(sender).id)
        return run, unit.flows.version(run.version_id).number


def timers(shop):
    with shop.unit() as unit:
        rows = unit._connection.execute(text("select due_at from outbox where kind = 'timer' order by due_at"))
        return list(rows.scalars())


def test_who_waits_goes_on_in_the_new_version_and_hears_nothing_of_it(shop):
    shop.hear("oi")
    shop.publish(SHORTER)

    assert move(shop) == 1

    assert (len(shop.replies()), run_of(shop)[1]) == (2, 2)
    assert shop.hear("Nada") == ["Tchau!"]
    assert run_of(shop)[0].status == "completed"


def test_nobody_is_moved_twice(shop):
    shop.hear("oi")
    shop.publish(SHORTER)
    assert (move(shop), move(shop)) == (1, 0)


def test_who_is_not_moved_ends_as_they_began(shop):
    shop.hear("oi")
    shop.publish(SHORTER)
    assert shop.hear("Nada") == ["Até mais."]


def test_a_moved_wait_has_one_timer_and_it_is_due_by_its_new_length(shop):
    begun = shop.now
    shop.hear("oi")
    shop.later(minutes=10)
    shop.publish(SHORTER)

    move(shop)

    assert [(due - begun).total_seconds() for due in timers(shop)] == [pytest.approx(30 * 60)]
    shop.later(minutes=21)
    shop.work()
    assert run_of(shop)[0].status == "completed"


def test_a_wait_that_would_be_over_by_now_ends_at_once_and_not_before(shop):
    shop.hear("oi")
    shop.later(minutes=45)
    shop.publish(SHORTER)

    move(shop)

    assert timers(shop) == [shop.now]
    assert run_of(shop)[0].status == "open"
    shop.work()
    assert (run_of(shop)[0].status, timers(shop)) == ("completed", [])


def test_who_waits_at_a_step_that_is_gone_stays_and_is_still_answered(shop):
    shop.hear("oi")
    shop.publish(changed(without=("ask",)))

    assert move(shop) == 0

    assert (run_of(shop)[1], shop.hear("Nada")) == (1, ["Até mais."])


def test_who_talks_with_people_goes_on_in_the_new_version_once_they_finish(shop):
    shop.hear("oi")
    shop.hear("Falar com alguém")
    shop.take(shop.ana)
    shop.publish(changed(rate={"text": "De 1 a 5?"}))

    assert move(shop) == 1

    assert shop.talk().owner_id == shop.ana.id
    shop.finish(shop.ana)
    shop.work()
    assert shop.replies()[-1] == "De 1 a 5?"
    assert shop.hear("5") == ["Obrigado pela nota 5."]


def test_a_message_that_came_before_the_move_is_heard_by_the_new_version(shop):
    shop.hear("oi")
    shop.publish(SHORTER)
    shop.receive("Nada")

    assert move(shop) == 1

    shop.work()
    assert shop.replies()[2:] == ["Tchau!"]


def test_a_timer_that_has_fired_already_counts_once(shop):
    shop.hear("oi")
    shop.later(days=2)
    with shop.unit() as unit:
        unit.outbox.fire_timers(10)
    shop.publish(changed(ask={"wait": {"amount": 90, "unit": "days"}}))

    move(shop)
    shop.work()

    assert (run_of(shop)[0].status, timers(shop)) == ("completed", [])


def test_a_turn_under_way_is_waited_for_and_what_it_came_to_counts(shop):
    shop.hear("oi")
    shop.receive("Falar com alguém")
    shop.publish(SHORTER)
    contact, moved = shop.talk().contact_id, []

    with shop.unit() as unit:
        unit.lanes.lock([contact])
        (waiting,) = unit.intake.waiting([contact], 10)
        take_event(Claim(unit, shop.programs), waiting)
        unit.intake.done([waiting.id])
        mover = Thread(target=lambda: moved.append(move(shop)))
        mover.start()
        mover.join(0.5)
        assert moved == []
    mover.join(20)

    run, number = run_of(shop)
    assert (moved, number, run.state["wait"]["node"], run.turn) == ([1], 2, "people", 3)


def test_a_run_that_has_ended_meanwhile_is_left_alone(shop):
    shop.hear("oi")
    shop.publish(SHORTER)
    with shop.unit() as unit:
        bot = unit.flows.by_key("bot")
        live = unit.flows.version(bot.live_version_id)
        found = unit.runs.elsewhere(bot.id, live.id, most=100)
    shop.hear("Nada")

    with shop.unit() as unit:
        assert move_runs(unit, shop.programs, found, live) == [False]
    assert run_of(shop)[1] == 1


def test_who_is_in_a_flow_that_was_called_goes_on_there_and_comes_back_into_the_new_version(shop):
    ask = {"id": "q", "type": "question", "params": {"text": "Cidade?", "answer_type": "text", "save_to": "cidade"}}
    publish_unbound(shop, flow([ask], wire("start.next>q"), key="cidade"))
    call = {"id": "call", "type": "call_flow", "params": {"flow": "cidade"}}
    wires = wire("start.next>call", "call.finished>end")
    shop.publish(flow([call, say("end", "Um.")], wires))
    shop.hear("oi")
    shop.publish(flow([call, say("end", "Dois.")], wires))

    assert move(shop) == 1

    assert shop.hear("Recife") == ["Dois."]


def test_an_answer_that_is_on_its_way_is_heard_in_the_new_version(shop):
    call = {"id": "pede", "type": "http_request", "params": {"url": "https://loja.example/pedido"}}
    wires = wire("start.next>pede", "pede.success>end")
    shop.publish(flow([call, say("end", "Um: {{ answers.pede.body }}")], wires))
    shop.hear("oi")
    asked_in = run_of(shop)[0].turn
    shop.publish(flow([call, say("end", "Dois: {{ answers.pede.body }}")], wires))

    assert move(shop) == 1

    answered = CallAnswered("x", shop.now, str(run_of(shop)[0].id), asked_in, True, 200, {}, "pronto")
    with shop.unit() as unit:
        unit.intake.append([NewEvent(shop.talk().contact_id, {**answered.as_data(), "id": str(unit.new_id())})])
    shop.work()
    assert shop.replies() == ["Dois: pronto"]


def test_what_the_dialog_says_is_what_comes_true(shop):
    for sender, words in (("renata", ()), ("otto", ("Falar com alguém",)), ("ivo", ())):
        for each in ("oi", *words):
            shop.hear(each, sender=sender)
    document = changed(without=("ask",))
    with shop.unit() as unit:
        after = compile_flow(flow_of(document), NODE_TYPES)
        told = prospects(unit, shop.programs, unit.flows.by_key("bot").id, after)

    assert sorted(told, key=lambda each: each.runs) == [Prospect(1, "people", 1, None), Prospect(1, "ask", 2, "gone")]
    shop.publish(document)
    assert move(shop) == 1


def test_a_moved_run_can_be_taken_again_from_its_turns(shop):
    shop.hear("oi")
    shop.publish(SHORTER)
    move(shop)
    shop.hear("Nada")
    with shop.unit() as unit:
        (run,) = unit.runs.of_conversation(shop.talk().id)
        again = replay_run(unit, shop.programs, run.id, compile_flow(flow_of(SHORTER), NODE_TYPES))

    assert run.turn == 3
    assert [(each.turn, each.what) for each in again.differences] == [(1, "wait")]  # version 1 let its menu wait longer


def test_the_business_hours_that_a_delay_waits_for_are_read(shop):
    wait = {"id": "espera", "type": "delay", "params": {"wait": HOURS}}
    wires = wire("start.next>espera", "espera.next>end")
    shop.publish(flow([wait, say("end", "Pronto.")], wires))
    shop.hear("oi", sender="otto")
    within = {**wait, "params": {"wait": {"amount": 3, "unit": "hours"}, "window": "business_hours"}}
    shop.publish(flow([within, say("end", "Pronto.")], wires))

    assert move(shop) == 1

    shop.later(hours=2, minutes=30)
    shop.work()
    assert shop.replies("otto") == []
    shop.later(hours=1)
    shop.work()
    assert shop.replies("otto") == ["Pronto."]


def echo(word, hours):
    """Says after the contact, again and again, with this word before it."""
    hear = {"id": "ouve", "type": "wait_for_message", "params": {"wait": {"amount": hours, "unit": "hours"}}}
    return flow(
        [hear, say("diz", word + " {{ answers.ouve }}")], wire("start.next>ouve", "ouve.received>diz", "diz.next>ouve")
    )


def do(shop, act, said):
    """One of the things that happen while people wait; `said` is what the contact has said so far."""
    match act:
        case "hear":
            said.append(f"m{len(said)}")
            shop.receive(said[-1])
        case "work":
            shop.work()
        case "publish":
            shop.publish(echo(f"Versão{len(said)}", 2 + len(said)))
        case "move":
            move(shop)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["hear", "work", "publish", "move"]), min_size=4, max_size=14))
def test_whatever_happens_in_between_everything_said_is_answered_once_and_in_order(engine, acts):
    shop, said = Shop(engine), []
    shop.publish(echo("Um", 2))
    shop.hear("oi")

    for act in (*acts, "work"):
        do(shop, act, said)

    assert [reply.split()[1] for reply in shop.replies()] == said
    assert len(timers(shop)) == 1
    run, _ = run_of(shop)
    with shop.unit() as unit:
        assert [turn.number for turn in unit.turns.of_run(run.id)] == list(range(1, run.turn + 1))
