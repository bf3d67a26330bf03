"""StopRuns: ends other runs of the same contact, in the turn's transaction."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import StopRuns
from flowengine.desk import changes, handoffs
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[StopRuns], stage: Stage, origin: Origin, index: int) -> None:
    """Of these flows, or of all; never the run that asks. A talk that only a stopped run held is finished with it."""
    unit = stage.unit
    for effect in effects:
        named = {flow.id for key in effect.flows if (flow := unit.flows.by_key(key)) is not None}
        for run in unit.runs.open_for([stage.contact.id]):
            if run.id == origin.run or (effect.flows and run.flow_id not in named):
                continue
            changes.end_run(unit, run.id, "stopped")
            talk = unit.conversations.lock(run.conversation_id) if run.conversation_id else None
            if talk is not None and talk.floor_run_id == run.id and talk.state == "bot":
                handoffs.end_with_flow(unit, talk, "stopped")
            elif talk is not None:
                handoffs.leave_to_people(unit, talk, run.id)
