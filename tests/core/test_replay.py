"""Recorded turns, taken again: the same by the version that took them, told apart where another one would not."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.events import MessageReceived, Started, TimerFired
from flowengine.core.interpreter import Need, advance
from flowengine.core.program import compile_flow
from flowengine.core.replay import WORDS, Recorded, replay
from flowengine.core.run import Run
from flowengine.core.steps import World
from flowengine.nodes import NODE_TYPES, read_flow
from tests.core.documents import changed

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
RUN = "0196f000-run"
TEAM = {"name": "Vendas", "members": 1, "available": 1, "texts": {}}
FACTS = {("team", "vendas"): TEAM, ("hours", "team:vendas"): None, ("hours", "account"): None}


def _program(*changes):
    return compile_flow(read_flow(changed(changes)), NODE_TYPES)


def _talk(program, *says):
    """The record of a talk, as the store keeps it; a timer where nothing is said."""
    run, turns = Run(RUN), []
    for place, words in enumerate(["", *says]):
        at = NOON + timedelta(minutes=place)
        event = MessageReceived(f"e{place}", at, words) if place else Started("e0", at, "inicio")
        if words is None:
            event = TimerFired(f"e{place}", at, RUN, run.wait.turn, run.wait.timers[0].name)
        known = World(contact={"name": "Renata"}, account={"timezone": "America/Sao_Paulo"})
        if run.turn and run.status != "open":
            break
        turn = advance(program, run, event, known)
        while isinstance(turn, Need):
            facts = {**known.facts, **{query: FACTS[query] for query in turn.queries}}
            known = World(known.contact, {}, known.account, {}, facts)
            turn = advance(program, run, event, known)
        read = {"contact": known.contact, "account": known.account}
        read["facts"] = [[kind, key, answer] for (kind, key), answer in known.facts.items()]
        trace, effects = [step.as_data() for step in turn.trace], [effect.as_data() for effect in turn.effects]
        turns.append(Recorded(turn.run.turn, event.as_data(), read, trace, effects))
        run = turn.run
    return turns


BUYS = _talk(_program(), "comprar", "7", None)


def _against(*changes):
    return replay(BUYS, _program(*changes), run=RUN, pinned=_program())


@given(st.lists(st.sampled_from(["comprar", "pessoa", "11", "três", "nada"]), max_size=2))
def test_the_version_that_took_them_takes_them_again_the_same(says):
    turns = _talk(_program(), *says)
    assert replay(turns, _program(), run=RUN, pinned=_program()).differences == ()


def test_another_text_is_another_effect_in_its_turn():
    replayed = _against({"set": "/nodes/3/params/text", "to": "Quantas peças?"})
    (difference,) = replayed.differences
    assert (replayed.same, difference.turn, difference.what) == (1, 2, "effects")
    assert (difference.before["text"], difference.after["text"]) == ("Quantos?", "Quantas peças?")


def test_another_wire_is_another_way():
    replayed = _against({"set": "/edges/7/target", "to": "fim"})
    assert (replayed.same, [each.what for each in replayed.differences]) == (2, ["trace"])
    assert replayed.differences[0].before == {"node": "espera", "port": None, "answer": None}
    assert replayed.differences[0].after == {"node": "fim", "port": None, "answer": None}


def test_another_time_to_wait_is_told_where_the_version_that_took_them_is_known():
    longer = {"set": "/nodes/6/params/wait/amount", "to": 50}
    assert [each.what for each in _against(longer).differences] == ["wait"]
    assert replay(BUYS, _program(longer), run=RUN).differences == ()


def test_what_was_not_read_then_is_a_difference():
    replayed = _against({"set": "/edges/3/target", "to": "equipe"}, {"set": "/edges/2/target", "to": "equipe"})
    (difference,) = replayed.differences
    assert (replayed.same, difference.what, difference.after) == (1, "needs", ["team vendas"])


def test_an_event_that_is_no_longer_taken_is_a_difference():
    replayed = _against({"set": "/edges/1/target", "to": "fim"}, {"set": "/nodes/1/params/parts/0/text", "to": "x"})
    assert replayed.same == 0
    short = [BUYS[0], *BUYS[2:]]
    (difference,) = replay(short[:1] + short[2:], _program(), run=RUN).differences
    assert (difference.what, difference.before) == ("not_taken", "timer_fired")


def test_another_outcome_is_another_end():
    assert "status" in [each.what for each in _against({"set": "/nodes/8/params/outcome", "to": "feito"}).differences]


@pytest.mark.parametrize("what", sorted(WORDS))
def test_differences_are_told_in_both_languages(what):
    assert WORDS[what].keys() == {"pt-BR", "en"}


def test_a_replay_changes_nothing_and_goes_through_json():
    replayed = _against({"set": "/nodes/3/params/text", "to": "?"})
    assert replayed.as_data()["differences"][0]["words"]["en"] == "other things are done"
    assert isinstance(replayed.as_data()["of"], int)
    assert _talk(_program(), "comprar", "7", None) == BUYS
