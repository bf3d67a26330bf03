"""Runs that wait go on in another version: who may, what they are then, and that nothing is lost on the way."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from flowengine.core.events import MessageReceived, Moved, Started, TimerFired
from flowengine.core.interpreter import Need, advance
from flowengine.core.moving import Stays, move, why_stays
from flowengine.core.run import Run, is_for
from flowengine.core.steps import World
from tests.core.story_flows import program

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
RUN = "0196f000-run"
BOTH = [{"id": "sim", "title": "Sim"}, {"id": "nao", "title": "Não"}]
NODES = {
    "inicio": ("trigger", {"event": "message.received"}),
    "menu": ("menu", {"text": "Quer?", "options": BOTH, "wait": {"amount": 2, "unit": "hours"}}),
    "nome": ("question", {"text": "Nome?", "answer_type": "text", "save_to": "nome"}),
    "espera": ("delay", {"wait": {"amount": 30, "unit": "minutes"}}),
    "filho": ("call_flow", {"flow": "filho"}),
    "fim": ("end", {"outcome": "feito"}),
}
WIRES = (
    "inicio.next>menu",
    "menu.sim>nome",
    "menu.nao>filho",
    "nome.answered>espera",
    "espera.next>fim",
    "filho.finished>fim",
)
CHILD = program("filho", [("ali", "trigger", {"event": "manual"}), ("quem", *NODES["nome"])], ["ali.next>quem"])
WORLD = World(
    account={"timezone": "America/Sao_Paulo"},
    facts={("flow", "filho"): {"version": "v-filho", "name": "filho"}},
    programs={"v-filho": CHILD},
)


def version(*, wires=WIRES, variables=(), without=(), **nodes):
    """The flow, with other nodes in place of its own."""
    drawn = [(id, *each) for id, each in {**NODES, **nodes}.items() if id not in without]
    ids = {id for id, *_ in drawn}
    ends = [(wire, wire.split(".")[0], wire.split(">")[1]) for wire in wires]
    kept = [wire for wire, one, other in ends if {one, other} <= ids]
    return program("bot", drawn, kept, variables=variables)


FIRST = version()


def waits(*says, at=NOON, flow=FIRST):
    """A run that has heard these words, a minute apart."""
    run = Run(RUN)
    for place, words in enumerate(["oi", *says]):
        moment = at + timedelta(minutes=place)
        event = MessageReceived(f"e{place}", moment, words) if place else Started("e0", moment, "inicio")
        outcome = advance(flow, run, event, WORLD)
        assert not isinstance(outcome, Need)
        run = outcome.run
    assert run.status == "open"
    return run


def moved(run, after, *, minutes=60.0, before=FIRST):
    return move(run, before, after, Moved("m", NOON + timedelta(minutes=minutes)), WORLD)


SAYS = st.sampled_from([(), ("quê?",), ("sim",), ("sim", "Rui"), ("nao",)])


@given(SAYS, st.integers(0, 20))
def test_who_is_moved_to_the_same_version_waits_as_before(says, minutes):
    run = waits(*says)

    after = moved(run, FIRST, minutes=minutes)

    assert after == replace(run, turn=run.turn + 1)


@given(SAYS, st.integers(1, 600), st.integers(0, 1000))
def test_a_moved_wait_ends_after_its_new_length_but_never_before_now(says, length, minutes):
    wait = {"amount": length, "unit": "minutes"}
    after = version(
        menu=("menu", {**NODES["menu"][1], "wait": wait}),
        nome=("question", {**NODES["nome"][1], "wait": wait}),
        espera=("delay", {"wait": wait}),
        filho=NODES["filho"],
    )
    run = waits(*says)

    now = moved(run, after, minutes=minutes)

    at = NOON + timedelta(minutes=minutes)
    due = max(run.wait.since + timedelta(minutes=length), at)
    assert [timer.due for timer in now.wait.timers] == ([due] if not run.frames else [run.wait.timers[0].due])


@given(SAYS, st.integers(0, 300))
def test_what_answers_the_wait_still_answers_it_after_the_move(says, minutes):
    run = waits(*says)
    after = moved(run, FIRST, minutes=minutes)
    (timer,) = run.wait.timers[:1]

    assert after.wait.turn == run.wait.turn
    assert is_for(TimerFired("t", NOON, RUN, run.wait.turn, timer.name), after)


@pytest.mark.parametrize(
    ("says", "after", "why"),
    [
        ((), version(without=("menu",)), "gone"),
        ((), version(menu=NODES["nome"], wires=("inicio.next>menu",)), "type"),
        ((), version(menu=("menu", {"text": "Quer?", "options": BOTH[:1]}), wires=("inicio.next>menu",)), "ways"),
        (("sim",), version(nome=("question", {"text": "E-mail?", "answer_type": "email"})), "awaits"),
        (("nao",), version(filho=("call_flow", {"flow": "outro"})), "awaits"),
        (("nao",), version(without=("filho",)), "gone"),
    ],
)
def test_who_waits_for_what_is_there_no_more_stays_with_the_reason(says, after, why):
    run = waits(*says)
    stays = moved(run, after)
    assert isinstance(stays, Stays)
    assert stays.why == why == why_stays(FIRST, after, stays.node)


def test_who_has_not_begun_stays():
    assert moved(Run(RUN), FIRST) == Stays("between", None)


@pytest.mark.parametrize(
    "after",
    [
        version(menu=("menu", {"text": "Outro texto", "options": [*BOTH, {"id": "talvez", "title": "Talvez"}]})),
        version(wires=("inicio.next>menu", "menu.sim>fim")),
        version(without=("espera", "fim")),
    ],
)
def test_other_words_more_options_and_other_ways_on_keep_nobody(after):
    assert isinstance(moved(waits(), after), Run)


def test_who_is_moved_goes_on_by_the_new_ways():
    after = version(wires=("inicio.next>menu", "menu.sim>fim"))
    run = moved(waits(), after)

    turn = advance(after, run, MessageReceived("e9", NOON + timedelta(hours=1), "sim"), WORLD)

    assert (turn.run.status, turn.run.outcome, turn.run.turn) == ("completed", "feito", 3)


def test_the_words_of_the_question_are_not_said_again_and_the_tries_count_on():
    run = waits("quê?")
    after = moved(run, version(menu=("menu", {"text": "Outra vez?", "options": BOTH, "retries": 1})))
    assert (run.wait.keep, after.wait.keep) == ({"tries": 1}, {"tries": 1})


def test_new_variables_have_their_value_and_known_ones_keep_theirs():
    new = [{"name": "loja", "type": "text", "default": "Centro"}, {"name": "nome", "type": "text", "default": "?"}]
    within, called = waits("sim", "Rui"), waits("nao")

    after, frame = moved(within, version(variables=new)).variables, moved(called, version(variables=new)).frames[0]

    assert (after["loja"], after["nome"]) == ("Centro", "Rui")
    assert frame.variables["loja"] == "Centro"


def test_a_called_flow_stays_as_it_was_and_comes_back_into_the_new_version():
    run = waits("nao")
    after = version(filho=NODES["filho"], wires=(*WIRES[:3], "filho.finished>nome"))

    now = moved(run, after)
    turn = advance(after, now, MessageReceived("e9", NOON, "Rui"), WORLD)

    assert (now.version, now.wait) == ("v-filho", run.wait)
    assert (turn.run.version, turn.run.wait.node) == ("", "nome")


def test_texts_that_are_being_gathered_are_gathered_on():
    gathers = version(nome=("question", {**NODES["nome"][1], "grouping": 5}))
    run = waits("sim", "meu nome", flow=gathers)

    after = moved(run, gathers, before=gathers, minutes=2)

    assert (after.wait.keep["texts"], after.wait.timers) == (["meu nome"], run.wait.timers)


def asks(*minutes):
    reminders = [{"after": {"amount": each, "unit": "minutes"}, "text": f"{each}?"} for each in minutes]
    return version(nome=("question", {**NODES["nome"][1], "reminders": reminders}))


def test_reminders_whose_time_is_past_are_not_said_and_those_to_come_are():
    run = waits("sim", flow=asks(10, 200))

    after = moved(run, asks(20, 30, 200), before=asks(10, 200), minutes=60)

    assert [timer.name for timer in after.wait.timers] == ["no_reply", "reminder-2"]


def test_what_a_step_that_is_gone_has_asked_is_forgotten():
    run = waits("sim")
    after = moved(run, version(without=("menu",)))
    assert (run.questions, run.asked) == ({"1": "menu"}, ("menu", "nome"))
    assert (after.questions, after.asked) == ({}, ("nome",))


def test_a_date_that_is_not_there_keeps_people_where_they_are():
    delay = {"how": "date", "date": "{{ 1 / 0 }}", "if_past": "continue"}
    assert moved(waits("sim", "Rui"), version(espera=("delay", delay))) == Stays("awaits", "espera")


def test_what_a_delay_needs_to_know_is_asked_for():
    delay = {"wait": {"amount": 1, "unit": "hours"}, "window": "business_hours"}
    assert moved(waits("sim", "Rui"), version(espera=("delay", delay))) == Need((("hours", "account"),), "espera")


def test_a_moved_run_goes_through_json():
    after = moved(waits("nao"), FIRST)
    assert Run.from_json(after.as_json()) == after
