"""StartFlow: another flow takes the conversation over; its run stands ready and begins in a later turn of the lane."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from flowengine.core.effects import StartFlow
from flowengine.core.run import STATE_VERSION, Run
from flowengine.desk import handoffs
from flowengine.effects.stage import Origin, Stage
from flowengine.store.intake import NewEvent

MOST_GENERATIONS = 5  # of flows that start flows without a word from outside in between


def apply(effects: Sequence[StartFlow], stage: Stage, origin: Origin, index: int) -> None:
    """Give the floor to a run of that flow; people take over where there is none, or flows start each other."""
    for effect in effects:
        error = _begin(effect, stage, origin)
        if error is not None:
            stage.conversation = handoffs.hand_off(
                stage.unit,
                stage.conversation,
                team=origin.default_team,
                why="failed",
                error=error,
                flow=origin.flow_name,
            )


def _begin(effect: StartFlow, stage: Stage, origin: Origin) -> str | None:
    """What is wrong, if anything."""
    unit, talk = stage.unit, stage.conversation
    flow = unit.flows.by_key(effect.flow)
    if flow is None or flow.live_version_id is None:
        return f"there is no live flow {effect.flow!r} in this account"
    if flow.stopped_at is not None:
        return f"the flow {effect.flow!r} has been stopped"
    if origin.generation >= MOST_GENERATIONS:
        return f"flows started each other {MOST_GENERATIONS} times without a word from the contact"
    run = Run(str(unit.new_id()))
    started = unit.runs.start(
        id=UUID(run.id),
        flow_id=flow.id,
        version_id=flow.live_version_id,
        contact_id=talk.contact_id,
        conversation_id=talk.id,
        state=run.as_data(),
        state_version=STATE_VERSION,
        entry_key=run.id,  # the run that leaves may be one of the same flow, and is not over yet
    )
    if started is None:
        return f"a run of {effect.flow!r} is open"
    stage.conversation = handoffs.give_floor(unit, talk, started.id, flow=flow.name)
    event = {"kind": "started", "at": unit.now.isoformat(), "run": run.id, "variables": dict(effect.variables)}
    unit.intake.append([NewEvent(lane_id=talk.contact_id, event=event, generation=origin.generation + 1)])
    return None
