"""What an act of a made-up conversation brought about."""

from __future__ import annotations

from dataclasses import dataclass

from flowengine.core.effects import Effect, HandOff, SendMessage
from flowengine.core.turn import Trace


@dataclass(frozen=True, slots=True)
class Scene:
    """Effects and steps, in order."""

    effects: tuple[Effect, ...] = ()
    trace: tuple[Trace, ...] = ()

    def __add__(self, later: Scene) -> Scene:
        return Scene(self.effects + later.effects, self.trace + later.trace)

    @property
    def messages(self) -> tuple[SendMessage, ...]:
        return tuple(effect for effect in self.effects if isinstance(effect, SendMessage))

    @property
    def hand_off(self) -> HandOff | None:
        """The last one, if any."""
        return next((effect for effect in reversed(self.effects) if isinstance(effect, HandOff)), None)
