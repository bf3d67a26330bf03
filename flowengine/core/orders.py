"""What a turn in the making has ordered so far: its effects, and the mirror that shows them to its later nodes."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from flowengine.core.effects import Effect, SendMessage, SendTemplate
from flowengine.core.mirror import Mirror
from flowengine.core.steps import World

_MAY_BE_REFUSED = (SendMessage, SendTemplate)


class Orders:
    """Lives for one turn; `effects` are in the order in which they were asked for."""

    def __init__(self, world: World) -> None:
        self.effects: list[Effect] = []
        self.mirror = Mirror.of(world)

    def take(self, effects: Sequence[Effect], node: str) -> None:
        """Take down what a node wants done; a field it sets is seen by the next node of the same turn.

        `node` is where the walk hears of it when a message is refused; "" where it will not, as in a sub-flow, which
        may be over by then.
        """
        for effect in effects:
            self.mirror.see(effect)
            if node and isinstance(effect, _MAY_BE_REFUSED):
                effect = replace(effect, node=node)
            self.effects.append(effect)
