"""Calls of flows to the system outside: whether each was owed, acted upon once, and answered as it was acted upon."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from flowengine.chaos.peer import PUSH, Peer
from flowengine.chaos.record import Record, Taken

REASONS = ("unknown", "timeout", "status")  # of a call that may come to nothing while everything breaks


@dataclass(frozen=True, slots=True)
class Call:
    """One that a turn ordered: its key, and what the run was told of it; `told` is how often."""

    contact: str
    key: str
    path: str
    told: int
    ok: bool
    reason: str
    total: str | None


def calls_of(record: Record) -> list[Call]:
    """Every call that was ordered, with its answer."""
    return [
        _call(run.contact, turn, index, effect["url"], record.turns[run.id])
        for run in record.runs
        for turn in record.turns[run.id]
        for index, effect in enumerate(turn.effects)
        if effect["kind"] == "call_http"
    ]


def wrong_calls(calls: Sequence[Call], peer: Peer) -> Iterator[str]:
    """What the peer did that nobody ordered, and what flows were told that the peer has not done."""
    owed = {call.key: call for call in calls}
    for asked in peer.asked:
        if asked.path != PUSH and (asked.key not in owed or owed[asked.key].path != asked.path):
            yield f"{asked.path} was called under the key {asked.key}, and no flow has ordered that"
    for call in calls:
        if call.told != 1:
            yield f"{call.contact}: the run was told {call.told} times what came of the call {call.key}"
        elif call.ok and peer.acted.get(call.key) != call.total:
            yield f"{call.contact}: {call.path} came to {peer.acted.get(call.key)}, the run was told {call.total}"
        elif not call.ok and call.reason not in REASONS:
            yield f"{call.contact}: {call.path} came to nothing because of {call.reason!r}"


def _call(contact: str, turn: Taken, index: int, url: str, turns: Sequence[Taken]) -> Call:
    answers = [
        each.event
        for each in turns
        if each.event["kind"] == "call_answered" and each.event["turn"] == turn.number and each.number > turn.number
    ]
    answer = answers[0] if answers else {}
    body = answer.get("body")
    return Call(
        contact=contact,
        key=f"{turn.run_id}:{turn.number}:{index}",
        path=urlsplit(url).path,
        told=len(answers),
        ok=bool(answer.get("ok")),
        reason=answer.get("reason", ""),
        total=body.get("total") if isinstance(body, dict) else None,
    )
