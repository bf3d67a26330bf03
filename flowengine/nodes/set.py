"""`set`: computes variables from templates, each seeing those before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from flowengine.core.answers import Reading, read_answer
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template


@dataclass(frozen=True, slots=True)
class Assignment:
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
        text = render(assignment.value, seen)
        sets[assignment.name] = _typed(assignment.type, text, seen)
        if missing := absent(seen, assignment.value):
            why.append(missing)
        elif sets[assignment.name] is None and text.strip():
            why.append(f"{assignment.name}: {text[:40]!r} is no {assignment.type}")
    return Go("next", sets=sets, why="; ".join(why))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _typed(kind: str, text: str, context: Context) -> Any:
    """The value of this type, None where the text is not one."""
    if kind == "text":
        return text
    today = context.now.astimezone(ZoneInfo(context.timezone)).date()
    return read_answer(kind, text, Reading(context.language, today))
