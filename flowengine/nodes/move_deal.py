"""`move_deal`: moves the deal to a stage, of the same pipeline or another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.deal_at_hand import has_deal, without_deal
from flowengine.core.effects import MoveDeal
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    """`reason` is why it was won or lost, where the stage says that it is."""

    pipeline: str
    stage: str
    reason: str | None = None


def read(params: Mapping[str, Any]) -> Params:
    return Params(**params)


def enter(params: Params, context: Context) -> Step:
    if not has_deal(context):
        return without_deal(context)
    return Go("next", (MoveDeal(params.pipeline, params.stage, params.reason),))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
