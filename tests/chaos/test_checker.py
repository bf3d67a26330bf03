"""The fault run's checker: it finds nothing in a sound record, and each kind of wrong in one that is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from flowengine.chaos.calls import calls_of, wrong_calls
from flowengine.chaos.checker import differences
from flowengine.chaos.crowd import Talk
from flowengine.chaos.flows import documents
from flowengine.chaos.judge import wrong_pushes
from flowengine.chaos.peer import Asked, Peer, total_of
from flowengine.chaos.plan import Script, Step
from flowengine.chaos.record import Ran, Record, Said, Taken
from flowengine.core.events import event_from
from flowengine.core.interpreter import Turn, advance
from flowengine.core.program import compile_flow
from flowengine.core.run import Run
from flowengine.core.steps import World
from flowengine.nodes import NODE_TYPES, read_flow

PEER = "http://127.0.0.1:9"
PROGRAMS = {document["key"]: compile_flow(read_flow(document), NODE_TYPES) for document in documents(PEER)}
NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
RUN, CALL = UUID(int=1), UUID(int=2)
PATH = "/pedidos/P1"


def said(number: int, text: str, *, answers: str | None = None) -> Said:
    return Said(
        "rita", UUID(int=100 + number), "out", "bot", {"text": text}, None, answers, number, f"{RUN}:{number}:0"
    )


def heard(place: int, id: str, text: str) -> Said:
    return Said("rita", UUID(int=50 + place), "in", "contact", {"text": text}, id, None, None, None)


def happened(number: int, kind: str, *, at: float = 0, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "id": f"e{number}", "at": (NOON + timedelta(seconds=at)).isoformat(), **more}


def walked(flow: str, *events: dict[str, Any]) -> list[Taken]:
    """The turns that these events come to, as they are written down."""
    run, turns = Run(str(RUN)), []
    for number, event in enumerate(events, start=1):
        turn = advance(PROGRAMS[flow], run, event_from(event), World())
        assert isinstance(turn, Turn)
        run = turn.run
        trace, effects = [step.as_data() for step in turn.trace], [effect.as_data() for effect in turn.effects]
        turns.append(Taken(RUN, number, event, {}, trace, effects))
    return turns


# Rita dictates two lines at once, which arrive in the other order, and says that she is done.
SCRIPT = Script("rita", "fetch", (Step(("caderno",)), Step(("um", "dois"), hears=2), Step(("fim",))))
WAVES = [{"m1": SCRIPT.steps[0]}, {"m2": SCRIPT.steps[1], "m3": SCRIPT.steps[1]}, {"m4": SCRIPT.steps[2]}]
TALK = Talk(SCRIPT, place=3, waves=WAVES, said={"m1": "caderno", "m2": "um", "m3": "dois", "m4": "fim"})
INCOMING = [heard(1, "m1", "caderno"), heard(2, "m3", "dois"), heard(3, "m2", "um"), heard(4, "m4", "fim")]
OUTGOING = [
    said(1, "Pode ditar.", answers="m1"),
    said(2, "1: dois", answers="m3"),
    said(3, "2: um", answers="m2"),
    said(4, "Guardei 2 linhas.", answers="m4"),
]
TURNS = walked(
    "caderno",
    happened(1, "started", trigger="comeca", message={"text": "caderno", "choice": None}),
    happened(2, "message_received", provider_id="m3", text="dois", choice=None),
    happened(3, "message_received", provider_id="m2", text="um", choice=None),
    happened(4, "message_received", provider_id="m4", text="fim", choice=None),
)
ENDED = Ran("rita", RUN, "caderno", "completed", 4, {"wait": None})
SOUND = Record([*INCOMING, *OUTGOING], [ENDED], {RUN: TURNS}, {"e1": "m1"})


def found(record: Record, delivered: Sequence[Mapping[str, Any]] | None = None) -> list[str]:
    out = [each for each in record.messages if each.direction == "out"]
    given = [{"id": str(each.id), "to": each.contact} for each in out] if delivered is None else delivered
    return list(differences(record, {"rita": TALK}, PROGRAMS, given))


def test_a_sound_record_differs_in_nothing() -> None:
    assert found(SOUND) == []


@pytest.mark.parametrize(
    ("messages", "words"),
    [
        (INCOMING + OUTGOING[:3], "expected Expected(text='Guardei 2 linhas.', in_reply_to='m4'), got None"),
        ([*INCOMING, *OUTGOING, said(5, "Guardei 2 linhas.")], "expected None, got Expected(text='Guardei 2 linhas.'"),
        ([*INCOMING, *OUTGOING[:2], said(3, "1: um", answers="m2"), OUTGOING[3]], "message 3: expected"),
        ([*INCOMING, *OUTGOING[:3], said(4, "Guardei 2 linhas.", answers="m2")], "message 4: expected"),
        ([*INCOMING[:3], *OUTGOING], "the message m4 ('fim') was lost"),
        ([*INCOMING, INCOMING[1], *OUTGOING], "the message m3 was recorded 2 times"),
        ([*INCOMING[:2], *INCOMING[:1:-1], *OUTGOING], "in an order in which they were not sent"),
        ([INCOMING[0], INCOMING[2], INCOMING[1], INCOMING[3], *OUTGOING], "in one order and taken in another"),
    ],
    ids=["lost", "twice", "wrong", "answers another", "not kept", "kept twice", "too early", "overtaken"],
)
def test_what_is_lost_doubled_or_out_of_order_is_told(messages: list[Said], words: str) -> None:
    assert any(words in each for each in found(replace(SOUND, messages=messages)))


@pytest.mark.parametrize(
    ("run", "words"),
    [
        (replace(ENDED, turn=5), "counts 5 turns, and has [1, 2, 3, 4]"),
        (replace(ENDED, status="open", state={"wait": {"node": "ouve"}}), "stands at ('open', 'ouve')"),
    ],
    ids=["a turn is missing", "it never ended"],
)
def test_a_run_that_stands_elsewhere_is_told(run: Ran, words: str) -> None:
    assert any(words in each for each in found(replace(SOUND, runs=[run])))


def test_an_event_that_could_not_be_taken_is_told() -> None:
    beyond = Taken(RUN, 5, happened(5, "message_received", provider_id="m5", text="oi", choice=None), {}, [], [])
    record = replace(SOUND, turns={RUN: [*TURNS, beyond]}, runs=[replace(ENDED, turn=5)])
    assert any("the flow does not wait for that anywhere" in each for each in found(record))


def test_a_timer_that_fires_too_early_is_told() -> None:
    turns = walked(
        "lembrete",
        happened(1, "started", trigger="comeca", message={"text": "lembrete", "choice": None}),
        happened(2, "timer_fired", at=1.5, run=str(RUN), turn=1, name="delay"),
    )
    record = replace(SOUND, turns={RUN: turns}, runs=[replace(ENDED, flow="lembrete", turn=2)])
    assert any("a timer fired at 2026-01-05 12:00:01.500000+00:00" in each for each in found(record))


def test_a_channel_that_gives_a_message_twice_not_at_all_or_in_another_order_is_told() -> None:
    given = [{"id": str(each.id), "to": "rita"} for each in OUTGOING]
    twice, missing, turned = found(SOUND, [*given, given[0]]), found(SOUND, given[1:]), found(SOUND, given[::-1])
    assert [len(each) for each in (twice, missing, turned)] == [1, 1, 2]


def test_a_turn_that_comes_to_something_else_when_it_is_taken_again_is_told() -> None:
    other = replace(TURNS[2], effects=[{**TURNS[2].effects[0], "text": "2: três"}])
    told = found(replace(SOUND, turns={RUN: [*TURNS[:2], other, TURNS[3]]}))
    assert len(told) == 1 and "turn 3, taken again" in told[0]


def test_a_message_under_the_name_of_another_order_is_told() -> None:
    other = [replace(OUTGOING[0], effect_id=f"{RUN}:9:0"), *OUTGOING[1:]]
    assert any("turns ordered the messages" in each for each in found(replace(SOUND, messages=INCOMING + other)))


def test_a_message_to_somebody_who_never_wrote_is_told() -> None:
    given = [{"id": str(each.id), "to": each.contact} for each in OUTGOING]
    assert found(SOUND, [*given, {"id": "x", "to": "caio"}]) == ["caio: nobody of that name has ever written"]


def called(**answer: Any) -> Record:
    """A flow that called, and was told what came of it."""
    ordered = Taken(CALL, 1, happened(1, "started"), {}, [], [{"kind": "call_http", "url": PEER + PATH}])
    answered = Taken(CALL, 2, happened(2, "call_answered", turn=1, **answer), {}, [], [])
    return Record([], [Ran("rita", CALL, "pedido", "open", 2, {})], {CALL: [ordered, answered]}, {})


def peer(*keys: str, path: str = PATH) -> Peer:
    asked = [Asked(key, path, 1, "well") for key in keys]
    return Peer(PEER, 1, asked, {key: total_of(path) for key in keys})


KEY = f"{CALL}:1:0"
GOOD = {"ok": True, "body": {"total": total_of(PATH)}}


@pytest.mark.parametrize(
    ("record", "outside", "words"),
    [
        (called(**GOOD), peer(KEY), []),
        (called(ok=False, reason="timeout"), peer(KEY), []),
        (called(**GOOD), peer(), ["/pedidos/P1 came to None, the run was told"]),
        (called(ok=True, body={"total": "R$ 1,00"}), peer(KEY), ["the run was told R$ 1,00"]),
        (called(**GOOD), peer(KEY, "x:1:0"), ["under the key x:1:0, and no flow has ordered that"]),
        (called(ok=False, reason="refused"), peer(), ["came to nothing because of 'refused'"]),
    ],
    ids=["sound", "in vain", "not done", "told another", "not ordered", "no reason"],
)
def test_calls_are_held_against_what_the_peer_did(record: Record, outside: Peer, words: list[str]) -> None:
    told = list(wrong_calls(calls_of(record), outside))
    assert len(told) == len(words) and all(word in each for word, each in zip(words, told, strict=True))


PUSHED = Talk(replace(SCRIPT, channel="push"), place=3, waves=WAVES, said=TALK.said)


@pytest.mark.parametrize(
    ("pushed", "recalled", "right"),
    [
        ([1, 2, 3, 4], [], True),
        ([1, 3, 4], [], False),
        ([1, 3, 4], [2], True),
        ([1, 2, 3, 4], [2], True),  # its worker died before it could say so
        ([1, 4, 3], [2], False),
        ([1, 1, 2, 3, 4], [], False),
    ],
    ids=["all", "lost", "recalled", "recalled too late", "out of order", "twice"],
)
def test_every_message_is_pushed_but_what_a_person_recalled(
    pushed: list[int], recalled: list[int], right: bool
) -> None:
    messages = [replace(each, recalled=each.number in recalled) for each in OUTGOING]
    came = [{"to": "rita", "id": str(UUID(int=100 + number))} for number in pushed]
    assert (not list(wrong_pushes(replace(SOUND, messages=messages), {"rita": PUSHED}, came))) is right
