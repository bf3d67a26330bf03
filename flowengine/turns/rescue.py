"""What becomes of a contact whose event could not be taken: people take over, and see why."""

from __future__ import annotations

import logging

from flowengine.core.events import MessageReceived, event_from
from flowengine.desk import changes, handoffs
from flowengine.store.intake import Waiting
from flowengine.store.unit import passes
from flowengine.turns.claim import Claim
from flowengine.turns.message import hear

log = logging.getLogger(__name__)


def rescue(claim: Claim, waiting: Waiting, error: str) -> None:
    """No contact is left with a silent bot: people see what was said and what failed, and have what the bot had.

    Where even that fails it is logged: the account's other contacts must not wait for this one.
    """
    for step in (_write_down, _give_to_people):
        try:
            with claim.unit.savepoint():
                step(claim, waiting, error)
        except Exception as fault:
            if passes(fault):
                raise
            log.exception("contact not rescued: account=%s lane=%s", claim.unit.account_id, waiting.lane_id)


def _write_down(claim: Claim, waiting: Waiting, _: str) -> None:
    """What the contact said was undone with the turn that failed; a first message has no conversation yet."""
    event = event_from(waiting.event)
    if isinstance(event, MessageReceived):
        hear(claim, waiting.lane_id, event)


def _give_to_people(claim: Claim, waiting: Waiting, error: str) -> None:
    unit = claim.unit
    for found in unit.conversations.unfinished([waiting.lane_id]):
        conversation = unit.conversations.lock(found.id) or found
        if conversation.state == "bot" and conversation.floor_run_id is not None:
            changes.end_run(unit, conversation.floor_run_id, "failed")
        handoffs.flow_failed(unit, conversation, error)
