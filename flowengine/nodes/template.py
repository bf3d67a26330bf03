"""`template`: sends an approved message template, which channels take at any time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flowengine.core.effects import SendTemplate
from flowengine.core.errors import FlowError
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template


@dataclass(frozen=True, slots=True)
class Params:
    """`values` by the name of the template's parameter. No channel: the conversation's. No language: the template's."""

    template: str
    values: Mapping[str, Template] = field(default_factory=dict)
    channel: str | None = None
    language: str = ""


def read(params: Mapping[str, Any]) -> Params:
    values = {each["name"]: compile_template(each["value"]) for each in params.get("values", ())}
    return Params(params["template"], values, params.get("channel"), params.get("language", ""))


def enter(params: Params, context: Context) -> Step:
    """A template that cannot be sent now is the world's affair: `failed`. One that is not there is the author's."""
    facts = context.look_up("template", params.template)
    if facts is None:
        raise FlowError(f"there is no template {params.template!r} in this account")
    if facts.get("status", "approved") != "approved":
        return Go("failed", why=f"the template is {facts['status']}")
    values = []
    for name in map(_name, facts.get("parameters", ())):
        value = render(params.values[name], context).strip() if name in params.values else ""
        if not value:
            return Go("failed", why=f"nothing to say for {name!r}")  # providers refuse an empty parameter
        values.append(value)
    message = SendTemplate(params.template, params.language, tuple(values), params.channel)
    return Go("next", (message,), why=absent(context, *params.values.values()))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _name(parameter: Any) -> str:
    return str(parameter["name"] if isinstance(parameter, Mapping) else parameter)
