"""Named values made from templates: what one flow hands to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flowengine.core.answers import Reading, read_answer
from flowengine.core.rendering import absent
from flowengine.core.steps import Context
from flowengine.core.value_templates import ValueTemplate, compile_value


@dataclass(frozen=True, slots=True)
class Assignment:
    """`type` is a type of answer, or "any": the value as it is."""

    name: str
    value: ValueTemplate
    type: str = "any"

    @classmethod
    def read_all(cls, given: Sequence[Mapping[str, Any]]) -> tuple[Assignment, ...]:
        return tuple(cls(each["name"], compile_value(each["value"]), each.get("type", "any")) for each in given)


def values_of(assignments: Sequence[Assignment], context: Context) -> dict[str, Any]:
    """The values by name; None for what is not there or not of its type."""
    return {each.name: as_type(each.type, each.value.value(context), context) for each in assignments}


def absent_from(assignments: Sequence[Assignment], context: Context) -> str:
    """What they named that was not there, for the run's log."""
    return absent(context, *(each.value.template for each in assignments))


def as_type(kind: str, value: Any, context: Context) -> Any:
    """The value as one of this type, None where it is none; text is read as an answer of a contact would be."""
    match kind, value:
        case ("any", _) | (_, None):
            return value
        case "text", str():
            return value
        case "list", _:
            return value if isinstance(value, list) else [value]
        case "yes_no", bool():
            return value
        case ("number", bool()) | ("integer", bool()):
            return None
        case "number", int() | float():
            return value
        case "integer", int() | float():
            return int(value) if value == int(value) else None
        case "text", bool() | list() | dict():
            return None
        case "text", _:
            return str(value)
    reading = Reading(context.language, context.now, context.timezone)
    return read_answer(kind, value, reading) if isinstance(value, str) else None
