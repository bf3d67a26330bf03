"""An answer to something a run asked for: a timer, a person who finished, a message the channel did not take."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from flowengine.core.events import HumanFinished, SendFailed, TimerFired
from flowengine.core.run import Run, is_for
from flowengine.effects.stage import Stage
from flowengine.turns.claim import Claim
from flowengine.turns.walk import walk


def take_answer(claim: Claim, event: TimerFired | HumanFinished | SendFailed) -> None:
    """Let the run that asked take it. A run that is gone, or waits for something else by now, leaves it be."""
    unit = claim.unit
    stored = unit.runs.get(UUID(event.run))
    if stored is None or stored.status != "open" or stored.conversation_id is None:
        return
    run = Run.from_data(stored.state)
    now = replace(event, at=unit.now)
    if not is_for(now, run):
        return
    talk = unit.conversations.lock(stored.conversation_id)
    contact = unit.contacts.get(stored.contact_id)
    channel = claim.channel(talk.channel_id) if talk else None
    if talk is None or contact is None or channel is None:
        return
    stage = Stage(unit, claim.account, contact, channel, talk)
    walk(stage, claim.program(stored.version_id), run, now)
