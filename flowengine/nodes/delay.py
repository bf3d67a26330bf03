"""`delay`: waits for an amount of time, then goes on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.durations import Duration
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Pause, Step

WAITS = True


@dataclass(frozen=True, slots=True)
class Params:
    """`days`: "hours_24", or "calendar" for the same time of day on a later date."""

    wait: Duration
    days: str = "hours_24"


def read(params: Mapping[str, Any]) -> Params:
    return Params(Duration.read(params["wait"]), params.get("days", "hours_24"))


def enter(params: Params, context: Context) -> Step:
    calendar = params.days == "calendar"
    timer = params.wait.timer("delay", context.now, timezone=context.timezone, calendar=calendar)
    return Pause(("timer_fired",), timers=(timer,))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Go("next")
