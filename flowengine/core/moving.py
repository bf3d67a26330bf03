"""Runs that wait in one version of a flow go on in another: who can, what they are then, why others stay."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from msgspec.structs import replace

from flowengine.core.errors import FlowError
from flowengine.core.events import Moved
from flowengine.core.program import Program
from flowengine.core.run import Frame, Run, Wait
from flowengine.core.steps import NotLoaded, World
from flowengine.core.turn import Need
from flowengine.core.walk import Walk

Why = Literal["gone", "type", "ways", "awaits", "between"]
# The step is not there any more; is of another type; a way out that people may have been offered is gone; it waits for
# something else; the run stands at no step, since it has not begun.


@dataclass(frozen=True, slots=True)
class Stays:
    """The run goes on as it did; `node` is the one of its own flow that it waits at, or within."""

    why: Why
    node: str | None


def why_stays(before: Program, after: Program, node: str | None) -> Why | None:
    """Why whoever waits at `node` of one version stays in it; None: they can go on in the other."""
    was = before.places.get(node or "")
    now = after.places.get(node or "")
    if was is None:
        return "between"
    if now is None:
        return "gone"
    if now.node.type != was.node.type:
        return "type"
    if not was.ports.keys() <= now.ports.keys():
        return "ways"
    return None if now.awaits == was.awaits and now.mistake is None else "awaits"


def stands_at(run: Run) -> str | None:
    """The node of the run's own flow that it waits at, or that has called the flow it waits in."""
    if run.wait is None:
        return None
    return run.frames[0].node if run.frames else run.wait.node


def move(run: Run, before: Program, after: Program, event: Moved, world: World) -> Run | Stays | Need:
    """An open run as it goes on in another version: where it stood, with what it knew, and nothing said or done.

    A wait lasts as long as the new version says, counted from when it began, and never ends before now. Flows that are
    being called stay as they were. What the run remembers of steps that are gone is forgotten.
    """
    node = stands_at(run)
    why = why_stays(before, after, node)
    if why is not None or run.status != "open" or run.wait is None:
        return Stays(why or "between", node)
    known = _remembered(run, after)
    if run.frames:
        return replace(known, frames=(_informed(run.frames[0], after), *run.frames[1:]))
    known = replace(known, variables={**after.initial, **run.variables})
    try:
        return replace(known, wait=_renewed(known, run.wait, after, event, world))
    except NotLoaded as missing:
        return Need((missing.query,), missing.node)
    except FlowError:
        return Stays("awaits", node)


def _remembered(run: Run, after: Program) -> Run:
    """One turn later; a node of a called flow is put down with that flow's version before it."""

    def is_there(node: str) -> bool:
        return "/" in node or node in after.places

    return replace(
        run,
        turn=run.turn + 1,
        questions={turn: node for turn, node in run.questions.items() if is_there(node)},
        trigger=run.trigger if is_there(run.trigger) else "",
        asked=tuple(node for node in run.asked if is_there(node)),
    )


def _informed(frame: Frame, after: Program) -> Frame:
    return replace(frame, variables={**after.initial, **frame.variables})


def _renewed(run: Run, wait: Wait, after: Program, event: Moved, world: World) -> Wait:
    """The turn it began in stays: what people, calls and channels answer is still an answer to this wait."""
    walk = Walk(after, run, event, world)
    place = walk.stands.place()
    if place.renew is None:
        return wait
    pause = place.renew(place.params, walk.context(wait), wait)
    timers = tuple(replace(timer, due=max(timer.due, event.at)) for timer in pause.timers)
    return replace(wait, until=pause.until, timers=timers, keep=pause.keep)
