"""Whether a trigger's condition holds in the moment that would start its flow."""

from __future__ import annotations

from flowengine.core.events import Event
from flowengine.core.program import Program
from flowengine.core.run import Run
from flowengine.core.steps import NotLoaded, World
from flowengine.core.turn import Need
from flowengine.core.walk import Walk

NOBODY = Run("")  # a condition is judged before there is a run


def may_start(program: Program, trigger: str, event: Event, world: World) -> bool | Need:
    """True where the trigger has no condition; Need where the world lacks what the condition looks at.

    A trigger that cannot be read starts nothing: the checker has told its author.
    """
    place = program.places[trigger]
    if place.mistake is not None:
        return False
    if place.params.where is None:
        return True
    try:
        return bool(place.params.where(Walk(program, NOBODY, event, world).context()))
    except NotLoaded as missing:
        return Need((missing.query,))
