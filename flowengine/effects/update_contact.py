"""UpdateContact: applied in the turn's transaction; an unchanged value changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import UpdateContact
from flowengine.core.errors import FlowError
from flowengine.effects.stage import Origin, Stage

FIELDS = frozenset({"name", "email", "phone", "language"})


def apply(effects: Sequence[UpdateContact], stage: Stage, origin: Origin, index: int) -> None:
    """Set fields of the contact the turn is about; of one set twice the last value counts."""
    new = {effect.field: effect.value for effect in effects}
    unknown = new.keys() - FIELDS
    if unknown:
        raise FlowError(f"a contact has no field {', '.join(sorted(unknown))}")
    changed = stage.unit.contacts.change(stage.contact.id, **new)
    if changed is not None:
        stage.contact = changed
        stage.unit.live.tell("contact", {"id": str(changed.id), "conversation": str(stage.conversation.id)})
