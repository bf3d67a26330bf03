"""Operations on a contact's details and fields: set, clear, add to a list, remove from it, increment."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, DecimalException
from typing import Any, Literal

from flowengine.core.errors import Invalid
from flowengine.crm.actor import Actor
from flowengine.crm.contacts import OWN, change, found
from flowengine.crm.details import DETAILS
from flowengine.crm.values import LARGEST
from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit

Op = Literal["set", "clear", "add", "remove", "increment"]


@dataclass(frozen=True, slots=True)
class Operation:
    """`field` is a detail (`name`, `score`, …) or `fields.<slug>`."""

    field: str
    op: Op = "set"
    value: Any = None


def operate(unit: Unit, contact: Contact, operations: Sequence[Operation], actor: Actor) -> Contact:
    """In order, each upon what the one before has left. Invalid for a field unknown, or one that cannot do that."""
    new: dict[str, Any] = {}
    if any(each.op not in ("set", "clear") for each in operations):
        contact = found(unit, contact.id)  # what is counted on must not change meanwhile
    slugs = [each.field.removeprefix(OWN) for each in operations if each.field.startswith(OWN)]
    known = unit.fields.many("contact", slugs)
    for each in operations:
        name = each.field
        if name.startswith(OWN):
            field = known.get(name.removeprefix(OWN))
            if field is None:
                raise Invalid(f"a contact has no field {name.removeprefix(OWN)!r}")
            name, before = OWN + field.slug, contact.fields.get(field.slug)
        elif name in DETAILS:
            before = getattr(contact, name)
        else:
            raise Invalid(f"a contact has no field {name!r}")
        new[name] = outcome(each.op, new.get(name, before), each.value, name=each.field)
    return change(unit, contact, new, actor) if new else contact


def outcome(op: Op, before: Any, value: Any, *, name: str) -> Any:
    """What a field holds afterwards; not in its normal form yet."""
    match op:
        case "set":
            return value
        case "clear":
            return None
        case "increment":
            return _sum(before, value, name)
        case "add":
            return [*_list(before, name), *(each for each in _many(value) if each not in _list(before, name))]
        case "remove":
            return [each for each in _list(before, name) if each not in _many(value)]


def _sum(before: Any, value: Any, name: str) -> Any:
    try:
        total = Decimal(str(0 if before is None else before)) + Decimal(str(value))
    except DecimalException:
        total = Decimal("nan")
    if not total.is_finite() or abs(total) >= LARGEST:
        raise Invalid(f"{name!r} cannot be raised by {str(value)[:40]!r}: both must be numbers")
    return int(total) if total == total.to_integral_value() else float(total)


def _list(before: Any, name: str) -> list[Any]:
    if before is not None and not isinstance(before, list):
        raise Invalid(f"{name!r} holds no list that could be added to or removed from")
    return before or []


def _many(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value]
