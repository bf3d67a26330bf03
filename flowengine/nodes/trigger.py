"""`trigger`: where a run begins. Which event starts it is decided by core/dispatch.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

from flowengine.core.conditions import Judge, compile_condition
from flowengine.core.events import Event
from flowengine.core.patterns import compile_pattern
from flowengine.core.steps import Context, Go, Stay, Step

EVERYBODY = ("agent", "api", "flow", "sequence", "campaign")


@dataclass(frozen=True, slots=True)
class Params:
    """What starts the flow; which of these count for which event is in the catalogue (x-events of definitions.json)."""

    event: str
    first: bool = False
    terms: tuple[str, ...] = ()
    match: str = "contains"
    interrupt: bool = False
    page: str = ""
    query: str = ""
    visitor: str = "any"
    source: str = "any"
    payload: str = ""
    by: tuple[str, ...] = EVERYBODY
    changed: str = "field"
    field: str | None = None
    deal_field: str | None = None
    from_value: str = ""
    to_value: str = ""
    tag: str | None = None
    segment: str | None = None
    score: int | None = None
    offset: Mapping[str, Any] | None = None
    yearly: bool = False
    pipeline: str | None = None
    from_stage: str | None = None
    to_stage: str | None = None
    stage: str | None = None
    days: int | None = None
    team: str | None = None
    reason: str | None = None
    link: str = ""
    hook: str | None = None
    secret: str | None = None
    rrule: str | None = None
    starts_on: str | None = None
    time: str = "09:00"
    where: Judge | None = None


def read(params: Mapping[str, Any]) -> Params:
    if params.get("match") == "pattern":
        for pattern in params.get("terms", ()):
            compile_pattern(pattern)
    given: dict[str, Any] = {f.name: params[f.name] for f in fields(Params) if f.name in params}
    lists: dict[str, Any] = {name: tuple(given[name]) for name in ("terms", "by") if name in given}
    where: dict[str, Any] = {"where": compile_condition(given["where"])} if "where" in given else {}
    return Params(**{**given, **lists, **where})


def enter(params: Params, context: Context) -> Step:
    return Go("next", why=params.event)


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
