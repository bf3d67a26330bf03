"""A message begins a run, which takes the conversation's floor."""

from __future__ import annotations

from uuid import UUID

from flowengine.core.effects import Effect
from flowengine.core.events import MessageReceived, Started
from flowengine.core.run import STATE_VERSION, Run
from flowengine.desk import handoffs
from flowengine.effects import applied
from flowengine.effects.stage import Origin, Stage
from flowengine.turns.claim import Claim
from flowengine.turns.walk import walk


def start(
    claim: Claim,
    stage: Stage,
    *,
    flow: UUID,
    version: UUID,
    node: str,
    message: MessageReceived,
    entry_key: str | None = None,
    shown: str | None = None,
    first: tuple[Effect, ...] = (),
) -> None:
    """A new run of this version from `node` on; the message that starts it answers none of its questions.

    `shown` is what the timeline calls the flow, by default its name; `first` is done before the run's own first turn.
    """
    unit, talk = stage.unit, stage.conversation
    run = Run(str(unit.new_id()))
    started = unit.runs.start(
        id=UUID(run.id),
        flow_id=flow,
        version_id=version,
        contact_id=talk.contact_id,
        conversation_id=talk.id,
        state=run.as_data(),
        state_version=STATE_VERSION,
        entry_key=str(talk.id) if entry_key is None else entry_key,
        event_id=UUID(message.id),
    )
    program = claim.program(version)
    if started is None:
        raise RuntimeError(f"a run of {program.flow.key} is open in a conversation that listens to none")
    stage.conversation = handoffs.give_floor(unit, talk, started.id, flow=shown or program.flow.name)
    if first:
        origin = Origin(
            run=started.id, turn=0, flow_name=program.flow.name, default_team=None, cause=message.provider_id
        )
        applied.apply(first, stage, origin)
    event = Started(
        id=message.id, at=message.at, trigger=node, message={"text": message.text, "choice": message.choice}
    )
    walk(claim, stage, program, run, event, cause=message.provider_id)
