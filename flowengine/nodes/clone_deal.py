"""`clone_deal`: makes a copy of the deal in a stage, with other values where the author gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.deal_at_hand import has_deal, without_deal
from flowengine.core.effects import CloneDeal
from flowengine.core.events import Event
from flowengine.core.field_changes import FieldChange, as_mapping, decide
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    pipeline: str
    stage: str
    keep: tuple[str, ...] = ("contacts",)
    overrides: tuple[FieldChange, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    overrides = FieldChange.read_all(params.get("overrides", ()))
    return Params(params["pipeline"], params["stage"], tuple(params.get("keep", ("contacts",))), overrides)


def enter(params: Params, context: Context) -> Step:
    if not has_deal(context):
        return without_deal(context)
    decided, why = decide(params.overrides, context)
    return Go("next", (CloneDeal(params.pipeline, params.stage, params.keep, as_mapping(decided)),), why=why)


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
