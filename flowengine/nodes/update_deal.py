"""`update_deal`: changes fields of the deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.deal_at_hand import has_deal, without_deal
from flowengine.core.effects import UpdateDeal
from flowengine.core.events import Event
from flowengine.core.field_changes import FieldChange, decide
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    changes: tuple[FieldChange, ...]


def read(params: Mapping[str, Any]) -> Params:
    return Params(FieldChange.read_all(params["changes"]))


def enter(params: Params, context: Context) -> Step:
    if not has_deal(context):
        return without_deal(context)
    decided, why = decide(params.changes, context)
    return Go("next", tuple(UpdateDeal(each.field, each.value, each.op) for each in decided), why=why)


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
