"""What becomes of a contact whose event could not be taken: people take over, and see why."""

from __future__ import annotations

from uuid import UUID

from flowengine.desk import changes, handoffs
from flowengine.store.unit import Unit


def rescue(unit: Unit, contact_id: UUID, error: str) -> None:
    """No contact is left with a silent bot: the default team gets what the bot had, and people see what failed."""
    for conversation in unit.conversations.unfinished([contact_id]):
        if conversation.state == "bot" and conversation.floor_run_id is not None:
            changes.end_run(unit, conversation.floor_run_id, "failed")
        handoffs.flow_failed(unit, conversation, error)
