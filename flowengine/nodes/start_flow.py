"""`start_flow`: leaves this flow for another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.assignments import Assignment, values_of
from flowengine.core.effects import StartFlow
from flowengine.core.events import Event
from flowengine.core.steps import Context, End, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    flow: str
    inputs: tuple[Assignment, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    return Params(params["flow"], Assignment.read_all(params.get("inputs", ())))


def enter(params: Params, context: Context) -> Step:
    return End("left_for_another_flow", (StartFlow(params.flow, values_of(params.inputs, context)),))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
