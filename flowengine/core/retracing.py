"""A recorded run walked again to its end by a draft: the same way, the same with other words, or another way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from msgspec import ValidationError

from flowengine.core.events import event_from
from flowengine.core.program import Program
from flowengine.core.replay import Difference, Recorded, turn_by_turn

Verdict = Literal["same", "otherwise", "elsewhere", "unknown"]
# Nothing differs; the same steps, but something else is said, done or waited for; other steps; nobody can say.
Why = Literal["", "trace", "effects", "wait", "status", "not_taken", "needs", "call", "forgotten"]
CALLS = ("call_http", "ask_ai")  # whose recorded answers are no answers to another question


@dataclass(frozen=True, slots=True)
class Passed:
    """A step of the way: the node, and the port by which it was left (None: the run stopped there)."""

    node: str
    port: str | None


@dataclass(frozen=True, slots=True)
class Retraced:
    """What a draft makes of a run. `why` and `node` tell of the first place that differs, in turn `turn`.

    `before` and `after` are the steps there, as they were and as they would be; None: no step at all.
    """

    verdict: Verdict
    why: Why = ""
    turn: int = 0
    node: str = ""
    before: Passed | None = None
    after: Passed | None = None


def retrace(
    turns: Sequence[Recorded],
    draft: Program,
    *,
    run: str,
    pinned: Program | None,
    programs: Mapping[str, Program],
) -> Retraced:
    """Walk the turns again with `draft`; the other arguments are those of `turn_by_turn`.

    Other words do not end the comparison, since people's answers are taken as they were; another question to the
    outside world does, since its answer is not known. Nothing that the draft asks for is done.
    """
    gap = _gap(turns)
    if gap is not None:
        return Retraced("unknown", "forgotten", gap)
    first: Retraced | None = None
    waits_at = ""
    for recorded, differences in turn_by_turn(turns, draft, run=run, pinned=pinned, programs=programs):
        for difference in differences:
            found = _judged(recorded, difference, waits_at)
            if found.verdict != "otherwise":
                return found
            first = first or found
        waits_at = _last_node(recorded.trace) or waits_at
    return first or Retraced("same")


def _gap(turns: Sequence[Recorded]) -> int | None:
    """The first turn of which too little was kept to take it again; None: all are there."""
    for place, recorded in enumerate(turns, start=1):
        if recorded.number != place or not recorded.read or not _can_be_read(recorded.event):
            return place
    return None if turns else 1


def _can_be_read(event: Mapping[str, Any]) -> bool:
    """Not where it was emptied, or written in a shape of long ago."""
    try:
        event_from(dict(event))
    except (KeyError, ValidationError):
        return False
    return True


def _judged(recorded: Recorded, difference: Difference, waits_at: str) -> Retraced:
    turn, before, after = recorded.number, difference.before, difference.after
    match difference.what:
        case "effects" if any(each and each["kind"] in CALLS for each in (before, after)):
            return Retraced("unknown", "call", turn, _node_of(before, after) or _last_node(recorded.trace) or waits_at)
        case "effects":
            return Retraced("otherwise", "effects", turn, _node_of(before, after) or _first_node(recorded) or waits_at)
        case "wait" if before and after and before["node"] == after["node"] and before["until"] == after["until"]:
            return Retraced("otherwise", "wait", turn, before["node"])
        case "trace":
            return _parted(recorded, before, after, waits_at)
        case "needs" if difference.node and difference.node not in {step["node"] for step in recorded.trace}:
            return Retraced("elsewhere", "needs", turn, waits_at, None, Passed(difference.node, None))
        case "needs":
            return Retraced("unknown", "needs", turn, difference.node or waits_at)
    return Retraced("elsewhere", difference.what, turn, _last_node(recorded.trace) or waits_at)


def _parted(
    recorded: Recorded, before: Mapping[str, Any] | None, after: Mapping[str, Any] | None, waits_at: str
) -> Retraced:
    """Where the ways part: at the node that is left by another port, or behind the last one that both have passed."""
    steps, node = (_passed(each) for each in (before, after)), waits_at
    was, now = steps
    if was is not None and now is not None and was.node == now.node:
        node = was.node
    else:
        for step in recorded.trace:
            if was is not None and (step["node"], step["port"]) == (was.node, was.port):
                break
            node = node if step.get("version") else step["node"]
    return Retraced("elsewhere", "trace", recorded.number, node, was, now)


def _passed(step: Mapping[str, Any] | None) -> Passed | None:
    return None if step is None else Passed(step["node"], step["port"])


def _node_of(*effects: Mapping[str, Any] | None) -> str:
    """Which node asked for it, where an effect says so."""
    return next((str(each["node"]) for each in effects if each and each.get("node")), "")


def _first_node(recorded: Recorded) -> str:
    return next((step["node"] for step in recorded.trace if not step.get("version")), "")


def _last_node(trace: Sequence[Mapping[str, Any]]) -> str:
    """Of the run's own flow."""
    return next((step["node"] for step in reversed(trace) if not step.get("version")), "")
