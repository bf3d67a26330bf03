"""UpdateContact: applied in the turn's transaction; an unchanged value changes nothing."""

from __future__ import annotations

from flowengine.core.effects import UpdateContact
from flowengine.core.errors import FlowError
from flowengine.effects.stage import Origin, Stage

FIELDS = frozenset({"name", "email", "phone", "language"})


def apply(effect: UpdateContact, stage: Stage, origin: Origin, index: int) -> None:
    """Set a field of the contact the turn is about."""
    if effect.field not in FIELDS:
        raise FlowError(f"a contact has no field {effect.field!r}")
    changed = stage.unit.contacts.change(stage.contact.id, **{effect.field: effect.value})
    if changed is not None:
        stage.contact = changed
        stage.unit.live.tell("contact", {"id": str(changed.id), "conversation": str(stage.conversation.id)})
