"""`stop_flows`: ends other runs of this subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.effects import StopRuns
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    which: Literal["all", "some"] = "all"
    flows: tuple[str, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    return Params(params.get("which", "all"), tuple(params.get("flows", ())))


def enter(params: Params, context: Context) -> Step:
    return Go("next", (StopRuns(params.flows if params.which == "some" else ()),))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
