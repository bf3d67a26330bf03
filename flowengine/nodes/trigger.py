"""`trigger`: where a run begins. Which event starts it is decided by core/dispatch.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.events import Event
from flowengine.core.patterns import compile_pattern
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    """What starts the flow; see schemas/nodes/trigger.json."""

    event: str
    first: bool = False
    terms: tuple[str, ...] = ()
    match: str = "contains"
    interrupt: bool = False


def read(params: Mapping[str, Any]) -> Params:
    if params.get("match") == "pattern":
        for pattern in params.get("terms", ()):
            compile_pattern(pattern)
    return Params(**{**params, "terms": tuple(params.get("terms", ()))})


def enter(params: Params, context: Context) -> Step:
    return Go("next", why=params.event)


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
