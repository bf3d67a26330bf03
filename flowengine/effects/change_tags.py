"""ChangeTags: applied in the turn's transaction, to the contact or the conversation; a tag unknown is made nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import ChangeTags
from flowengine.core.errors import FlowError
from flowengine.crm.tags import change_tags, tag_conversation
from flowengine.effects.mistakes import by_the_author
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[ChangeTags], stage: Stage, origin: Origin, index: int) -> None:
    """Put on and take off, in order."""
    actor = stage.actor(origin)
    for effect in effects:
        with by_the_author():
            match effect.on:
                case "contact":
                    stage.contact = change_tags(stage.unit, stage.contact, actor, add=effect.add, remove=effect.remove)
                case "conversation":
                    tag_conversation(stage.unit, stage.conversation.id, actor, add=effect.add, remove=effect.remove)
                case "deal":
                    raise FlowError("the tags of a deal cannot be changed here yet")
