"""`tags`: puts tags on the contact, the deal or the conversation, and takes them off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.deal_at_hand import WHY, has_deal
from flowengine.core.effects import ChangeTags
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    on: Literal["contact", "deal", "conversation"] = "contact"
    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    return Params(params.get("on", "contact"), tuple(params.get("add", ())), tuple(params.get("remove", ())))


def enter(params: Params, context: Context) -> Step:
    if params.on == "deal" and not has_deal(context):
        return Go("next", why=WHY)
    return Go("next", (ChangeTags(params.on, params.add, params.remove),))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
