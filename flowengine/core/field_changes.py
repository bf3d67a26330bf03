"""Changes of the fields of a contact or a deal: what authors give, and what comes of it in a turn."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flowengine.core.assignments import as_type
from flowengine.core.rendering import absent
from flowengine.core.steps import Context
from flowengine.core.value_templates import ValueTemplate, compile_value

Op = Literal["set", "clear", "add", "remove", "increment"]

# What the fields that every account has must be; those an account adds are judged by whoever keeps them.
_TYPES = {"name": "text", "email": "email", "phone": "phone", "score": "integer", "title": "text"}
_TYPES |= {"value": "number", "expected_on": "date"}
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z]{2})?")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """`field` as effects name it: `name`, `score`, …, or `fields.<slug>` for one of the account's own."""

    field: str
    op: Op
    value: ValueTemplate

    @classmethod
    def read_all(cls, given: Sequence[Mapping[str, Any]]) -> tuple[FieldChange, ...]:
        return tuple(cls(_name(each), each.get("op", "set"), compile_value(each.get("value", ""))) for each in given)


@dataclass(frozen=True, slots=True)
class Decided:
    """A change with its value for this turn."""

    field: str
    op: Op
    value: Any


def decide(changes: Sequence[FieldChange], context: Context) -> tuple[tuple[Decided, ...], str]:
    """The changes to be made, and why others are not: a value that is empty or does not fit changes nothing."""
    decided, why = [], []
    for change in changes:
        value = None if change.op == "clear" else _value(change, context)
        if value is None and change.op != "clear":
            why.append(f"{change.field} stays: {_reason(change, context)}")
        else:
            decided.append(Decided(change.field, change.op, value))
    return tuple(decided), "; ".join(why)


def _name(given: Mapping[str, Any]) -> str:
    return f"fields.{given['custom']}" if given["field"] == "custom" else str(given["field"])


def _value(change: FieldChange, context: Context) -> Any:
    """The value that fits the field, None where there is none."""
    value = change.value.value(context)
    if isinstance(value, str):
        value = value.strip()
    if value in ("", None, []):
        return None
    if change.op == "increment":
        return as_type("integer" if change.field == "score" else "number", value, context)
    if change.field == "timezone":
        return value if _is_zone(value) else None
    if change.field == "language":
        return value if isinstance(value, str) and _LANGUAGE.fullmatch(value) else None
    return as_type(_TYPES.get(change.field, "any"), value, context)


def _is_zone(value: Any) -> bool:
    try:
        return isinstance(value, str) and ZoneInfo(value).key == value
    except (KeyError, ValueError, OSError):
        return False


def _reason(change: FieldChange, context: Context) -> str:
    return absent(context, change.value.template) or "its value is empty or does not fit"


def as_mapping(decided: Sequence[Decided]) -> dict[str, Any]:
    """The values by field, the last one wins: for a deal that is made anew."""
    return {change.field: change.value for change in decided}
