"""What this installation carries out today: flows that need more are refused in words when they are published."""

from flowengine.core.check.account import Able
from flowengine.effects.applied import APPLY

ABLE = Able(
    effects=frozenset(effect.kind for effect in APPLY),
    triggers=frozenset({"message.received", "keyword", "manual"}),  # manual: other flows call and start it
    awaited=frozenset(
        {
            "message.received",
            "contact.field_changed",
            "contact.tag_added",
            "contact.tag_removed",
            "contact.score_reached",
        }
    ),
    kinds=frozenset({"chatbot"}),
)
