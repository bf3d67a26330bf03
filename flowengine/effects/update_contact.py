"""UpdateContact: applied in the turn's transaction; an unchanged value changes nothing."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import UpdateContact
from flowengine.crm.operations import Operation, operate
from flowengine.effects.mistakes import by_the_author
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[UpdateContact], stage: Stage, origin: Origin, index: int) -> None:
    """Change details and fields of the contact the turn is about; of one set twice the last value counts."""
    operations = [Operation(effect.field, effect.op, effect.value) for effect in effects]
    with by_the_author():
        stage.contact = operate(stage.unit, stage.contact, operations, stage.actor(origin))
