"""`notify`: a notice to people of the account; the contact sees nothing of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.effects import Notify
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template


@dataclass(frozen=True, slots=True)
class Params:
    """No team: the flow's default team, which is also told where nobody owns the contact or the deal."""

    text: Template
    to: Literal["team", "user", "contact_owner", "deal_owner"] = "team"
    team: str | None = None
    user: str | None = None


def read(params: Mapping[str, Any]) -> Params:
    return Params(compile_template(params["text"]), params.get("to", "team"), params.get("team"), params.get("user"))


def enter(params: Params, context: Context) -> Step:
    text = render(params.text, context).strip()
    if not text:
        return Go("next", why="nothing to say")
    user = _user(params, context)
    team = None if user else params.team or context.settings.get("default_team")
    if user is None and team is None:
        return Go("next", why="nobody to tell")
    return Go("next", (Notify(text, user=user, team=team),), why=absent(context, params.text))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _user(params: Params, context: Context) -> str | None:
    if params.to in ("contact_owner", "deal_owner"):
        owner: str | None = context.look_up("owner", params.to.removesuffix("_owner"))
        return owner
    return params.user if params.to == "user" else None
