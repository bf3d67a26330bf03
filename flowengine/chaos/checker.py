"""Compares what every contact got with what the simulation says, and what was taken with what was sent: in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, zip_longest
from typing import Any, TypeVar

from flowengine.chaos.crowd import Talk
from flowengine.chaos.record import Ran, Record, Said, Taken
from flowengine.chaos.simulation import Expected, Impossible, Outcome, play, taken_message
from flowengine.core.program import Program
from flowengine.core.replay import Recorded, replay

Entry = TypeVar("Entry", Said, Ran)


def differences(
    record: Record,
    talks: Mapping[str, Talk],
    programs: Mapping[str, Program],
    delivered: Sequence[Mapping[str, Any]],
) -> Iterator[str]:
    """Each thing that is not as it should be. `delivered` is the channel, read from the beginning."""
    messages, runs = _by_contact(record.messages), _by_contact(record.runs)
    by_channel: dict[str, list[Mapping[str, Any]]] = {}
    for message in delivered:
        by_channel.setdefault(message["to"], []).append(message)
    for stranger in sorted({*messages, *by_channel} - {*talks}):
        yield f"{stranger}: nobody of that name has ever written"
    for contact, talk in talks.items():
        said = messages.get(contact, [])
        out = sorted((each for each in said if each.direction == "out"), key=lambda each: each.number or 0)
        walked = [(run, record.turns[run.id]) for run in runs.get(contact, [])]
        found = [
            *_incoming(talk, [each for each in said if each.direction == "in"], walked, record.seen),
            *_walked(walked, programs),
            *_sent_by_turns(out, walked),
            *_outgoing(out, play(walked, programs, contact, record.seen), walked),
            *_delivered(out, by_channel.get(contact, [])),
        ]
        yield from (f"{contact}: {words}" for words in found)


def _incoming(
    talk: Talk, stored: Sequence[Said], walked: Sequence[tuple[Ran, Sequence[Taken]]], seen: Mapping[str, str]
) -> Iterator[str]:
    """Every message is there once, no later wave before an earlier one, and was taken once, in the same order."""
    got = [str(each.provider_id) for each in stored]
    for id, count in Counter(got).items():
        if count > 1:
            yield f"the message {id} was recorded {count} times"
    wave_of = {id: place for place, wave in enumerate(talk.waves) for id in wave}
    for id in wave_of:
        if id not in got:
            yield f"the message {id} ({talk.said[id]!r}) was lost"
    order = [wave_of.get(id, -1) for id in got]
    if order != sorted(order):
        yield f"messages were recorded in an order in which they were not sent: {got}"
    events = [turn.event for _, turns in walked for turn in turns]
    taken = [message for event in events if (message := taken_message(event, seen)) is not None]
    if taken != got:
        yield f"messages were recorded in one order and taken in another: recorded {got}, taken {taken}"


def _walked(walked: Sequence[tuple[Ran, Sequence[Taken]]], programs: Mapping[str, Program]) -> Iterator[str]:
    """No turn is missing, and each comes to the same when it is taken again with what was read then."""
    for run, turns in walked:
        numbers = [turn.number for turn in turns]
        if numbers != list(range(1, run.turn + 1)):
            yield f"the run {run.id} of {run.flow} counts {run.turn} turns, and has {numbers}"
        recorded = [Recorded(turn.number, turn.event, turn.read, turn.trace, turn.effects) for turn in turns]
        called = _called(turns, programs)
        for each in replay(recorded, programs[run.flow], run=str(run.id), programs=called).differences:
            yield f"the run {run.id} of {run.flow}, turn {each.turn}, taken again: {each.as_data()}"


def _called(turns: Sequence[Taken], programs: Mapping[str, Program]) -> dict[str, Program]:
    """The flows that a run has called, by the versions that were live then."""
    facts = [fact for turn in turns for fact in turn.read.get("facts", ())]
    return {answer["version"]: programs[key] for kind, key, answer in facts if kind == "flow" and answer}


def _sent_by_turns(out: Sequence[Said], walked: Sequence[tuple[Ran, Sequence[Taken]]]) -> Iterator[str]:
    """Each message that a turn ordered is there under that order's name, in the order of the turns."""
    ordered = [
        f"{run.id}:{turn.number}:{index}"
        for run, turns in walked
        for turn in turns
        for index, effect in enumerate(turn.effects)
        if effect["kind"] == "send_message"
    ]
    sent = [each.effect_id for each in out if each.author == "bot"]
    if sent != ordered:
        yield f"turns ordered the messages {ordered}, and there are {sent}"


def _outgoing(
    out: Sequence[Said],
    played: Sequence[Outcome | Impossible],
    walked: Sequence[tuple[Ran, Sequence[Taken]]],
) -> Iterator[str]:
    """What was said is what the simulation says, in its order, and every run stands where the simulated one does."""
    expected: list[Expected] = []
    for outcome, (run, _) in zip(played, walked, strict=True):
        if isinstance(outcome, Impossible):
            yield f"{run.flow}, run {run.id}, turn {outcome.turn}: {outcome.why}"
            return
        expected += outcome.messages
        stands = (run.status, run.state["wait"]["node"] if run.state["wait"] else None)
        if stands != (outcome.status, outcome.waits_at):
            yield f"{run.flow}, run {run.id} stands at {stands}, expected {(outcome.status, outcome.waits_at)}"
    got = [Expected(each.text, each.in_reply_to) for each in out]
    for place, (wanted, found) in enumerate(zip_longest(expected, got), start=1):
        if wanted != found:
            yield f"message {place}: expected {wanted}, got {found}; expected {len(expected)} in all, got {len(got)}"
            return


def _delivered(out: Sequence[Said], delivered: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """The channel gives what was said, each once, in its order."""
    stored, given = [str(each.id) for each in out], [message["id"] for message in delivered]
    if stored != given:
        missing, more = [id for id in stored if id not in given], [id for id in given if id not in stored]
        twice = [id for id, count in Counter(given).items() if count > 1]
        yield f"the channel gives other messages than were said: missing {missing}, too many {more}, twice {twice}"
        if not (missing or more or twice):
            yield f"the channel gives them in another order: said {stored}, given {given}"


def _by_contact(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    ordered = sorted(entries, key=lambda each: each.contact)  # stable: the oldest stays first
    return {contact: list(found) for contact, found in groupby(ordered, key=lambda each: each.contact)}
