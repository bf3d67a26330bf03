"""TakeBack: applied in the turn's transaction; what nobody took in time is the flow's again."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.core.effects import TakeBack
from flowengine.core.errors import Conflict
from flowengine.desk import handoffs
from flowengine.effects.stage import Origin, Stage


def apply(effects: Sequence[TakeBack], stage: Stage, origin: Origin, index: int) -> None:
    """Out of the queue; Conflict where somebody has just taken it: the event is taken again and finds that."""
    for effect in effects:
        back = handoffs.take_back(stage.unit, stage.conversation, effect.why)
        if back.state != "bot":
            raise Conflict("somebody has taken the conversation")
        stage.conversation = back
