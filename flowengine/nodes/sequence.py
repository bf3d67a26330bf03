"""`sequence`: puts the contact into a sequence, takes it out, or begins again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.assignments import Assignment, absent_from, values_of
from flowengine.core.effects import Enrol
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    sequence: str
    action: Literal["enrol", "remove", "restart"] = "enrol"
    inputs: tuple[Assignment, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    return Params(params["sequence"], params.get("action", "enrol"), Assignment.read_all(params.get("inputs", ())))


def enter(params: Params, context: Context) -> Step:
    if params.action == "remove":
        return Go("next", (Enrol(params.sequence, "remove"),))
    variables = values_of(params.inputs, context)
    return Go("next", (Enrol(params.sequence, params.action, variables),), why=absent_from(params.inputs, context))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
