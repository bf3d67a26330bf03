"""Constants of the account: shop name, links, price list; texts read them as account.vars.<name>."""

from __future__ import annotations

from datetime import date
from math import isfinite
from typing import Any, Literal

from apiflask import APIBlueprint

from builder_ui.api.account_things import LEFT_OUT, Description, VariableName, given, note, there
from builder_ui.api.shapes import Body, Shape
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid
from flowengine.crm.uses import retire
from flowengine.store import constants as store

constants = APIBlueprint("constants", __name__, tag="Account")

Type = Literal["text", "number", "yes_no", "date", "list"]
LONGEST_TEXT = 2000  # characters
LONGEST_LIST = 200
LARGEST_NUMBER = 2**53  # beyond it a JSON number is not the same in every language


class NewConstant(Body):
    """A constant under the name that texts read."""

    name: VariableName
    type: Type = "text"
    value: Any
    description: Description = ""


class ChangedConstant(Body):
    """What is to be different; the name never is."""

    type: Type = LEFT_OUT
    value: Any = None
    description: Description = LEFT_OUT


class Constant(Shape):
    """A constant as it is; `value` is of its type: a date as YYYY-MM-DD, a list of texts and numbers."""

    name: str
    type: Type
    value: Any
    description: str


class Constants(Shape):
    """By name."""

    constants: list[Constant]


@constants.get("/constants")
@allowed("see account")
@constants.output(Constants)
def list_constants() -> Any:
    """All constants of the account."""
    with reading(me().account_id) as unit:
        return {"constants": [_shown(each) for each in unit.constants.all()]}


@constants.post("/constants")
@allowed("edit texts")
@constants.input(NewConstant)
@constants.output(Constant, status_code=201)
def create(json_data: NewConstant) -> Any:
    """A new constant; flows see it in their next turn."""
    _must_be(json_data.type, json_data.value)
    with writing(me().account_id) as unit:
        made = unit.constants.add(
            json_data.name, type=json_data.type, value=json_data.value, description=json_data.description
        )
        note(unit, "constant", made.slug, "created")
        return _shown(made)


@constants.patch("/constants/<slug>")
@allowed("edit texts")
@constants.input(ChangedConstant)
@constants.output(Constant)
def change(slug: str, json_data: ChangedConstant) -> Any:
    """Another value; flows see it in their next turn."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.constants.named(slug), slug)
        if not new:
            return _shown(now)
        _must_be(new.get("type", now.type), new.get("value", now.value))
        changed = there(unit.constants.change(now.slug, **new))
        note(unit, "constant", now.slug, "changed", new)
        return _shown(changed)


@constants.delete("/constants/<slug>")
@allowed("edit texts")
@constants.input(Removal, location="query")
@constants.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; where it is used a successor takes its place, or it stays."""
    with writing(me().account_id) as unit:
        now = there(unit.constants.named(slug), slug)
        retire(unit, "constant", now.slug, query_data.successor)
        unit.constants.remove(now.slug)
        note(unit, "constant", now.slug, "removed", successor=query_data.successor)
    return ""


def _must_be(type: str, value: Any) -> None:
    """422 unless the value is of this type."""
    match type, value:
        case "text", str() if len(value) <= LONGEST_TEXT:
            return
        case "yes_no", bool():
            return
        case "number", int() | float() if _is_number(value):
            return
        case "date", str() if _is_date(value):
            return
        case "list", list() if len(value) <= LONGEST_LIST and all(_is_plain(each) for each in value):
            return
    raise Invalid(f"The value is no {type.replace('_', ' or ')}, or is too long.", detail={"pointer": "/value"})


def _is_plain(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_TEXT or isinstance(value, bool) or _is_number(value)


def _is_number(value: Any) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and isfinite(value)
        and abs(value) <= LARGEST_NUMBER
    )


def _is_date(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def _shown(constant: store.Constant) -> dict[str, Any]:
    return {
        "name": constant.slug,
        "type": constant.type,
        "value": constant.value,
        "description": constant.description,
    }
