"""`end`: the run is complete."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.events import Event
from flowengine.core.steps import Context, End, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    outcome: str = ""


def read(params: Mapping[str, Any]) -> Params:
    return Params(params.get("outcome", ""))


def enter(params: Params, context: Context) -> Step:
    return End(params.outcome or "completed")


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
