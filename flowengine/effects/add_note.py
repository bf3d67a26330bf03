"""AddNote: applied in the turn's transaction, to the contact or the conversation; no channel ever sees it."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import AddNote
from flowengine.core.errors import FlowError
from flowengine.crm.notes import LONGEST, add_note
from flowengine.desk.changes import tell
from flowengine.effects.mistakes import by_the_author
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[AddNote], stage: Stage, origin: Origin, index: int) -> None:
    """A note that came out empty is none."""
    for effect in effects:
        words = effect.text.strip()[:LONGEST]
        if not words:
            continue
        with by_the_author():
            match effect.on:
                case "contact":
                    add_note(stage.unit, stage.contact, words, stage.actor(origin))
                case "conversation":
                    stage.unit.conversations.add_note(stage.conversation.id, None, words)
                    tell(stage.unit, stage.conversation)
                case "deal":
                    raise FlowError("notes cannot be put on a deal here yet")
