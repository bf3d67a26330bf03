"""`create_deal`: opens a deal of the contact."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.assignments import as_type
from flowengine.core.effects import CreateDeal
from flowengine.core.events import Event
from flowengine.core.field_changes import FieldChange, as_mapping, decide
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template
from flowengine.core.value_templates import ValueTemplate, compile_value

LONGEST_TITLE = 200  # characters that a list of deals has room for


@dataclass(frozen=True, slots=True)
class Params:
    pipeline: str
    stage: str
    title: Template
    value: ValueTemplate | None = None
    owner: Literal["nobody", "contact_owner", "user"] = "contact_owner"
    user: str | None = None
    fields: tuple[FieldChange, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    value = params.get("value")
    return Params(
        pipeline=params["pipeline"],
        stage=params["stage"],
        title=compile_template(params["title"]),
        value=compile_value(value) if value else None,
        owner=params.get("owner", "contact_owner"),
        user=params.get("user"),
        fields=FieldChange.read_all([{"field": "custom", **each} for each in params.get("fields", ())]),
    )


def enter(params: Params, context: Context) -> Step:
    decided, stays = decide(params.fields, context)
    title = render(params.title, context).strip() or context.names["contact"].get("name") or ""
    value = as_type("number", params.value.value(context), context) if params.value else None
    fields = {name.removeprefix("fields."): each for name, each in as_mapping(decided).items()}
    deal = CreateDeal(params.pipeline, params.stage, title[:LONGEST_TITLE], value, _owner(params, context), fields)
    templates = [params.title, *([params.value.template] if params.value else [])]
    return Go("next", (deal,), why="; ".join(why for why in (absent(context, *templates), stays) if why))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _owner(params: Params, context: Context) -> str | None:
    match params.owner:
        case "contact_owner":
            owner: str | None = context.look_up("owner", "contact")
            return owner
        case "user":
            return params.user
    return None
