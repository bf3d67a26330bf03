"""`set`: computes variables from templates, each seeing those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from flowengine.core.assignments import as_type
from flowengine.core.errors import FlowError
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render, value
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template
from flowengine.core.value_bounds import is_within_bounds


@dataclass(frozen=True, slots=True)
class Assignment:
    """`type` is a type of answer, "list", or "any": the value as it is."""

    name: str
    value: Template
    type: str = "text"


@dataclass(frozen=True, slots=True)
class Params:
    assignments: tuple[Assignment, ...]


def read(params: Mapping[str, Any]) -> Params:
    given = params["assignments"]
    return Params(tuple(Assignment(a["name"], compile_template(a["value"]), a.get("type", "text")) for a in given))


def enter(params: Params, context: Context) -> Step:
    sets: dict[str, Any] = {}
    why = []
    for assignment in params.assignments:
        names = {**context.names, "vars": {**context.names["vars"], **sets}}
        seen = replace(context, names=names)
        found = render(assignment.value, seen) if assignment.type == "text" else value(assignment.value, seen)
        if not is_within_bounds(found):
            raise FlowError(f"{assignment.name} has grown too large")
        sets[assignment.name] = as_type(assignment.type, found, seen)
        if missing := absent(seen, assignment.value):
            why.append(missing)
        elif sets[assignment.name] is None and found not in (None, ""):
            why.append(f"{assignment.name}: {str(found)[:40]!r} is no {assignment.type}")
    return Go("next", sets=sets, why="; ".join(why))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
