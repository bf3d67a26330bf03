"""`assign_owner`: says who is responsible for the contact or the deal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.deal_at_hand import WHY, has_deal
from flowengine.core.effects import AssignOwner
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    """`user` counts for "user", `team` for the two that choose among its people."""

    of: Literal["contact", "deal"] = "contact"
    how: Literal["user", "team_rotation", "least_open", "nobody"] = "user"
    user: str | None = None
    team: str | None = None
    keep: bool = False


def read(params: Mapping[str, Any]) -> Params:
    return Params(**params)


def enter(params: Params, context: Context) -> Step:
    if params.of == "deal" and not has_deal(context):
        return Go("next", why=WHY)
    if params.keep and params.how != "nobody" and (owner := context.look_up("owner", params.of)):
        return Go("next", why=f"{owner} stays responsible")
    user = params.user if params.how == "user" else None
    team = params.team if params.how in ("team_rotation", "least_open") else None
    return Go("next", (AssignOwner(params.of, params.how, user, team),))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
