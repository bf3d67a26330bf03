"""What turns are made of: values that nobody can change, and that say by themselves how they are stored."""

from datetime import UTC, datetime

import pytest

from flowengine.core.effects import EFFECT_TYPES, SendMessage
from flowengine.core.events import EVENT_TYPES, Started
from flowengine.core.run import Run, Wait
from flowengine.core.steps import Pause, World
from flowengine.core.turn import Trace, Turn

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    "value",
    [
        Started("e", NOON),
        SendMessage("oi"),
        Pause(("message_received",)),
        World(),
        Run("run-1"),
        Wait("ask", (), 1, NOON),
        Trace("ask", "question", None),
        Turn(Run("run-1")),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_a_turn_is_made_of_cannot_be_changed(value):
    for name in value.__struct_fields__:
        with pytest.raises(AttributeError):
            setattr(value, name, "other")


@pytest.mark.parametrize("kind", [*EVENT_TYPES.values(), *EFFECT_TYPES.values()], ids=lambda kind: kind.kind)
def test_no_kind_of_event_or_order_can_be_changed(kind):
    assert kind.__struct_config__.frozen
