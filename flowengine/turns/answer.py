"""An answer to something a run asked for (a timer, a finish, a call …), and facts that runs wait for."""

from __future__ import annotations

from uuid import UUID

from msgspec.structs import replace

from flowengine.core.events import CallAnswered, Happened, HumanFinished, SendFailed, Started, TimerFired
from flowengine.core.run import Run, is_for
from flowengine.effects.stage import Stage
from flowengine.store.runs import StoredRun
from flowengine.turns import draft_tests
from flowengine.turns.claim import Claim
from flowengine.turns.walk import walk


def take_answer(
    claim: Claim, event: TimerFired | HumanFinished | SendFailed | CallAnswered | Started, generation: int
) -> None:
    """Let the run that asked take it. A run that is gone, or waits for something else by now, leaves it be."""
    stored = claim.unit.runs.get(UUID(event.run))
    now = replace(event, at=claim.unit.now)
    if stored is None or not is_for(now, Run.from_data(stored.state)):
        return
    stage = stage_of(claim, stored)
    if stage is not None and draft_tests.is_over(claim, stored):
        draft_tests.leave(stage, stored)
    elif stage is not None:
        walk(claim, stage, claim.program(stored.version_id), Run.from_data(stored.state), now, generation=generation)


def take_fact(claim: Claim, contact_id: UUID, event: Happened, generation: int) -> None:
    """Every open run of the contact hears of it, the oldest first: it may wait for it, or leave because of it."""
    now = replace(event, at=claim.unit.now)
    open_runs = claim.unit.runs.open_for([contact_id])
    for place, found in enumerate(open_runs):
        stored = claim.unit.runs.get(found.id) if place else found  # one before it may have stopped it
        stage = stage_of(claim, stored) if stored else None
        if stored is not None and stage is not None and draft_tests.is_over(claim, stored):
            draft_tests.leave(stage, stored)
        elif stored is not None and stage is not None:
            run = Run.from_data(stored.state)
            walk(claim, stage, claim.program(stored.version_id), run, now, generation=generation)


def stage_of(claim: Claim, stored: StoredRun) -> Stage | None:
    """Where an open run acts; None where it is over, or what it is about is gone."""
    unit = claim.unit
    if stored.status != "open" or stored.conversation_id is None:
        return None
    talk = unit.conversations.lock(stored.conversation_id)
    contact = unit.contacts.get(stored.contact_id)
    channel = claim.channel(talk.channel_id) if talk else None
    if talk is None or contact is None or channel is None:
        return None
    return Stage(unit, claim.account, contact, channel, talk)
