"""The interpreter: takes one event, walks the graph until the run waits or ends, and says what is to be done.

`advance` is a pure function. What a node needs to know and the world does not hold comes back as `Need`: load it in
the same snapshot and call again with the same arguments. Nothing has happened in between, since nothing ever
happens in here: what a turn wants done is data in its `effects`.
"""

from __future__ import annotations

from msgspec.structs import replace

from flowengine.core.effects import HandOff
from flowengine.core.errors import FlowError
from flowengine.core.events import Commanded, Event, Happened, MessageReceived, SendFailed, Started
from flowengine.core.memory import Memory
from flowengine.core.onward import STEP_LIMIT, go
from flowengine.core.program import Program
from flowengine.core.run import Run, is_for
from flowengine.core.standing import Standing
from flowengine.core.steps import End, Go, Jump, NotLoaded, Stay, Step, World
from flowengine.core.turn import Need, Trace, Turn
from flowengine.core.walk import Walk

__all__ = ["STEP_LIMIT", "Need", "Trace", "Turn", "advance"]


def advance(program: Program, run: Run, event: Event, world: World) -> Turn | Need:
    """Take `event`; the same arguments always give the same answer.

    `program` is the version that the run pins. An event that is not for this run gives back the run as it was, without
    effects. A mistake of the author's gives a failed run and a hand-off to the flow's default team, since no contact is
    to be left with a silent bot.
    """
    try:
        return _take(program, run, event, world)
    except NotLoaded as missing:
        return Need((missing.query,), missing.node)


def _take(program: Program, run: Run, event: Event, world: World) -> Turn:
    is_taken = is_for(event, run)
    match event:
        # Before a run has begun there is nowhere to go to in it, but it may be left.
        case Commanded(do=do) if run.status == "open" and (run.wait is not None or do in ("transfer", "end")):
            walk = Walk(program, run, event, world)
            return go(walk, lambda: _steer(walk, event))
        case Happened() if run.status == "open" and (left := _left(program, run, event, world)) is not None:
            return left
        case MessageReceived() if run.status == "open" and run.wait is not None and not is_taken:
            return _keep(program, run, event, world)
    if not is_taken:
        return Turn(run)
    walk = Walk(program, run, event, world)
    return go(walk, lambda: _begin(walk, event))


def _begin(walk: Walk, event: Event) -> Step:
    """The first step of a turn: at the trigger, at the node that failed to send, or at the one that waits."""
    if isinstance(event, Started):
        return walk.start(event.trigger, event.variables)
    if isinstance(event, SendFailed) and _has_passed(walk, event.node):
        walk.unwind()
        walk.stands.go_to(event.node)
        return Go("failed", why=event.reason)
    return _resume(walk, event)


def _has_passed(walk: Walk, sent_by: str) -> bool:
    """Whether the walk has gone on from the node that sent; a node is only ever named where it is of the run's flow."""
    stands = walk.stands
    return sent_by in stands.pinned.places and (bool(stands.frames) or sent_by != stands.at)


def _resume(walk: Walk, event: Event) -> Step:
    """Hand the event to the node that waits; a button of an earlier question goes where its author said."""
    if not isinstance(event, MessageReceived) or event.choice is None or event.asked is None:
        return walk.resume(event)
    ours = walk.before.id.startswith(event.asked.run)
    asked_at = walk.memory.asked_in(event.asked.turn, walk.stands.version) if ours else ""
    if asked_at == walk.stands.at:
        return walk.resume(event)
    earlier = walk.stands.program.places.get(asked_at)
    late = getattr(earlier.params, "late_choice", "text") if earlier else "text"
    if late == "ignore":
        return Stay()
    if late == "again":
        walk.stands.go_to(asked_at)
        return walk.resume(event, anew=True)
    return walk.resume(replace(event, choice=None))


def _steer(walk: Walk, event: Commanded) -> Step:
    """What a command does; those that name nodes are the run's own flow's, so the flows it called are left."""
    match event.do:
        case "transfer":
            walk.leave(None, why=event.text[:200])
            return End("handed_off", (HandOff(team=event.team, why="command"),))
        case "node" if event.node:
            walk.unwind()
            return Jump(event.node, why=event.text[:200])
        case "restart":
            walk.unwind()
            walk.forget()
            return Jump(walk.before.trigger or walk.stands.pinned.called_at, why=event.text[:200])
        case "back":
            return Jump(walk.node_before(), why=event.text[:200])
        case "end":
            walk.unwind()
            return End("ended_by_contact")
    raise FlowError(f"there is no command {event.do!r}")


def _left(program: Program, run: Run, event: Happened, world: World) -> Turn | None:
    """Where the fact is the run's goal or stops it: the run is over, or goes on where its author said.

    It is over too where people have the conversation by now: no flow speaks into that.
    """
    if not any(way.event == event.name for way in program.exits):
        return None
    walk = Walk(program, run, event, world)
    walk.unwind()
    way = next((way for way in program.exits if way.is_taken(event.name, walk.context())), None)
    if way is None:
        return None
    goes_on = way.node if world.conversation.get("state", "bot") == "bot" else None
    if goes_on is None:
        walk.leave(None, why=way.outcome)
        return walk.ends("ended", outcome=way.outcome)
    return go(walk, lambda: Jump(goes_on, why=way.outcome))


def _keep(program: Program, run: Run, event: MessageReceived, world: World) -> Turn:
    """What is said while the flow waits for something else; noted only where a question of the flow will hear it, or
    one of the flows it has called.
    """
    if not event.text or not (program.keeps or any(each.keeps for each in Standing(program, run, world).called())):
        return Turn(run)
    return Turn(replace(run, turn=run.turn + 1, kept=Memory.of(run).said(event.text).kept))
