"""Recorded runs walked again by a draft: the same, other words, another way, or nobody can say, and where first."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.events import CallAnswered, MessageReceived, Moved, Started, TimerFired
from flowengine.core.interpreter import Need, advance
from flowengine.core.moving import move
from flowengine.core.replay import Recorded
from flowengine.core.retracing import Passed, retrace
from flowengine.core.run import Run
from flowengine.core.steps import World
from tests.core.story_flows import program, says

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
RUN = "0196f000-run"
BOTH = [{"id": "sim", "title": "Sim"}, {"id": "nao", "title": "Não"}]
CALL = {"method": "GET", "url": "https://loja.example/pedidos"}
NODES = {
    "inicio": ("trigger", {"event": "message.received"}),
    "ola": says("Olá!"),
    "menu": ("menu", {"text": "Quer?", "options": BOTH, "retries": 1}),
    "pede": ("http_request", CALL),
    "espera": ("delay", {"wait": {"amount": 30, "unit": "minutes"}}),
    "tchau": says("Tchau."),
    "fim": ("end", {"outcome": "feito"}),
}
WIRES = (
    "inicio.next>ola",
    "ola.next>menu",
    "menu.sim>pede",
    "menu.nao>espera",
    "menu.invalid>tchau",
    "pede.success>tchau",
    "espera.next>fim",
)
WORLD = World(contact={"name": "Rui"}, account={"timezone": "America/Sao_Paulo"})


def version(*, wires=WIRES, **nodes):
    return program("bot", [(id, *each) for id, each in {**NODES, **nodes}.items()], wires)


FIRST = version()


def recorded(run, outcome, event):
    read = {"contact": WORLD.contact, "account": WORLD.account, "facts": []}
    trace, effects = [step.as_data() for step in outcome.trace], [effect.as_data() for effect in outcome.effects]
    return Recorded(run.turn, event.as_data(), read, trace, effects)


def talk(*said, flow=FIRST):
    """What was kept of a run: words, None where time passes, a dictionary where a call is answered."""
    run, turns = Run(RUN), []
    for place, each in enumerate(["oi", *said]):
        at = NOON + timedelta(minutes=place)
        event = _event(run, place, each, at)
        outcome = advance(flow, run, event, WORLD)
        assert not isinstance(outcome, Need)
        assert outcome.run != run
        run = outcome.run
        turns.append(recorded(run, outcome, event))
    return turns


def _event(run, place, said, at):
    match said:
        case None:
            return TimerFired(f"e{place}", at, RUN, run.wait.turn, run.wait.timers[0].name)
        case dict():
            return CallAnswered(f"e{place}", at, RUN, run.wait.turn, **said)
    return MessageReceived(f"e{place}", at, said) if place else Started("e0", at, "inicio")


BUYS = ("sim", {"ok": True, "status": 200, "body": {"n": 1}})
WAITS = ("nao", None)


def retraced(turns, draft):
    return retrace(turns, draft, run=RUN, pinned=FIRST, programs={})


@given(st.sampled_from([(), ("quê?",), ("quê?", "quê?"), BUYS, WAITS, ("quê?", *BUYS)]))
def test_the_version_that_took_a_run_goes_the_same_way(said):
    assert retraced(talk(*said), FIRST).verdict == "same"


@given(st.sampled_from([("quê?", "quê?"), BUYS, WAITS]))
def test_other_words_are_the_same_way_to_its_end(said):
    found = retraced(talk(*said), version(ola=says("Bom dia!"), menu=("menu", {**NODES["menu"][1], "text": "E aí?"})))
    assert (found.verdict, found.why, found.turn, found.node) == ("otherwise", "effects", 1, "ola")


def test_another_wire_is_another_way_from_the_step_before_it_on():
    found = retraced(talk(*WAITS), version(wires=(*WIRES[:3], "menu.nao>tchau", *WIRES[4:])))
    assert (found.verdict, found.why, found.turn, found.node) == ("elsewhere", "trace", 2, "menu")
    assert (found.before, found.after) == (Passed("espera", None), Passed("tchau", "next"))


def test_another_port_is_told_at_its_own_step():
    turned_round = version(menu=("menu", {**NODES["menu"][1], "options": BOTH[::-1]}))
    found = retraced(talk("2"), turned_round)
    assert (found.node, found.before, found.after) == ("menu", Passed("menu", "nao"), Passed("menu", "sim"))


def test_other_words_before_another_way_do_not_hide_it():
    draft = version(ola=says("Bom dia!"), wires=(*WIRES[:3], "menu.nao>tchau", *WIRES[4:]))
    assert retraced(talk(*WAITS), draft).verdict == "elsewhere"


def test_a_wait_of_another_length_is_the_same_way():
    found = retraced(talk(*WAITS), version(espera=("delay", {"wait": {"amount": 2, "unit": "hours"}})))
    assert (found.verdict, found.why, found.node) == ("otherwise", "wait", "espera")


def test_another_outcome_is_told_at_the_step_that_ends():
    found = retraced(talk(*WAITS), version(fim=("end", {"outcome": "outro"})))
    assert (found.verdict, found.node) == ("elsewhere", "fim")


def test_the_answer_to_a_call_is_the_recorded_one_and_to_another_call_there_is_none():
    draft = version(pede=("http_request", {**CALL, "url": "https://loja.example/clientes"}))
    found = retraced(talk(*BUYS), draft)
    assert (found.verdict, found.why, found.node) == ("unknown", "call", "pede")
    assert retraced(talk(*BUYS), FIRST).verdict == "same"


def test_what_was_not_read_then_cannot_be_told():
    found = retraced(talk(), version(ola=("transfer", {"team": "vendas"}), wires=WIRES[:1]))
    assert (found.verdict, found.why, found.node) == ("unknown", "needs", "ola")


def test_a_step_that_was_not_passed_then_is_another_way_whatever_it_needs_to_know():
    draft = version(equipe=("transfer", {"team": "vendas"}), wires=(*WIRES[:3], "menu.nao>equipe"))
    found = retraced(talk(*WAITS), draft)
    assert (found.verdict, found.why, found.node) == ("elsewhere", "needs", "menu")
    assert found.after == Passed("equipe", None)


@pytest.mark.parametrize(
    "turns",
    [[], talk(*WAITS)[1:], [Recorded(1, {}, {"contact": {}}, [], [])], [Recorded(1, {"kind": "started"}, {}, [], [])]],
)
def test_a_run_of_which_turns_are_gone_cannot_be_told(turns):
    assert retraced(turns, FIRST).why == "forgotten"


def test_a_run_that_was_moved_is_walked_on_in_the_version_it_was_moved_to():
    second = version(menu=("menu", {**NODES["menu"][1], "wait": {"amount": 1, "unit": "hours"}}))
    turns, event = talk(), Moved("m", NOON, "v1", "v2")
    run = advance(FIRST, Run(RUN), Started("e0", NOON, "inicio"), WORLD).run
    run = move(run, FIRST, second, event, WORLD)
    turns.append(Recorded(2, event.as_data(), {"account": WORLD.account}, [], []))
    heard = MessageReceived("e2", NOON + timedelta(minutes=2), "nao")
    outcome = advance(second, run, heard, WORLD)
    turns.append(recorded(outcome.run, outcome, heard))

    found = retrace(turns, second, run=RUN, pinned=FIRST, programs={"v2": second})
    other = version(wires=(*WIRES[:3], "menu.nao>tchau", *WIRES[4:]))

    assert (found.why, found.turn) == ("wait", 1)  # the first version let its menu wait for longer
    assert retrace(turns, other, run=RUN, pinned=FIRST, programs={"v2": second}).verdict == "elsewhere"
