"""ChangeConversation and FinishConversation: applied in the turn's transaction, by the desk's own rules."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import ChangeConversation, FinishConversation
from flowengine.desk import changes
from flowengine.effects.stage import Origin, Stage


def change(effects: Sequence[ChangeConversation], stage: Stage, origin: Origin, index: int) -> None:
    """Set priority and subject; what is as it was is left alone."""
    for effect in effects:
        wanted = {"priority": effect.priority, "subject": effect.subject}
        new = {name: value for name, value in wanted.items() if value is not None}
        if any(getattr(stage.conversation, name) != value for name, value in new.items()):
            stage.conversation = stage.unit.conversations.change(stage.conversation, **new)
            changes.tell(stage.unit, stage.conversation)


def finish(effects: Sequence[FinishConversation], stage: Stage, origin: Origin, index: int) -> None:
    """Over once the run is, for this reason: what the flow still asks, like a rating, is answered before. People keep
    what they have.
    """
    for effect in effects:
        if stage.conversation.state == "bot" and stage.conversation.finish_reason != effect.reason:
            stage.conversation = stage.unit.conversations.change(stage.conversation, finish_reason=effect.reason)
