"""The operators of conditions: each with the types it is for and what it says of a value that is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal

from flowengine.core.conditions.catalogue import OperandType
from flowengine.core.conditions.comparing import (
    Among,
    date_of,
    is_unknown,
    moment_of,
    number_of,
    order,
    same,
    text_of,
    time_of,
)
from flowengine.core.steps import Context
from flowengine.core.zones import local

Holds = Callable[[Any, Any, Context, bool], bool]
Right = Literal["none", "one", "many", "two", "days", "pattern"]

FURTHEST = timedelta(days=100_000)

_TEXT: tuple[OperandType, ...] = ("text", "any")
_TEXTS: tuple[OperandType, ...] = ("text", "list", "any")
_NUMBER: tuple[OperandType, ...] = ("number", "any")
_EQUAL: tuple[OperandType, ...] = ("text", "number", "date", "time", "weekday", "choice", "any")
_AMONG: tuple[OperandType, ...] = ("text", "number", "weekday", "choice", "any")
_FILLED: tuple[OperandType, ...] = ("text", "number", "date", "date_time", "time", "choice", "list", "any")
_MOMENT: tuple[OperandType, ...] = ("date", "date_time", "any")
_LIST: tuple[OperandType, ...] = ("list", "any")


@dataclass(frozen=True, slots=True)
class Operator:
    """`holds(left, right, context, exact)` judges where both sides are known; `of_unknown` is the answer elsewhere.

    `of_history`: it looks at what the operand has been, so it is for operands that have a history only.
    """

    types: tuple[OperandType, ...]
    right: Right
    holds: Holds
    of_unknown: bool = False
    of_history: bool = False


def _equals(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return same(left, right, exact)


def _contains(left: Any, right: Any, _: Context, exact: bool) -> bool:
    if isinstance(left, list | tuple):
        return right in Among(left, exact)
    return text_of(right, exact) in text_of(left, exact)


def _starts_with(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return text_of(left, exact).startswith(text_of(right, exact))


def _ends_with(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return text_of(left, exact).endswith(text_of(right, exact))


def _in(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return left in Among(_listed(right), exact)


def _contains_any(left: Any, right: Any, _: Context, exact: bool) -> bool:
    held = Among(_listed(left), exact)
    return any(wanted in held for wanted in _listed(right))


def _contains_all(left: Any, right: Any, _: Context, exact: bool) -> bool:
    held = Among(_listed(left), exact)
    return all(wanted in held for wanted in _listed(right))


def _ordered(wanted: Callable[[int], bool]) -> Holds:
    def holds(left: Any, right: Any, context: Context, _: bool) -> bool:
        found = order(left, right, context.timezone)
        return found is not None and wanted(found)

    return holds


def _between(left: Any, right: Any, context: Context, _: bool) -> bool:
    """Both ends count. Times from a later to an earlier one go through midnight: 22:00 to 06:00."""
    if not isinstance(right, list | tuple) or len(right) != 2:
        return False
    start, end = time_of(right[0]), time_of(right[1])
    from_start, from_end = (order(left, bound, context.timezone) for bound in right)
    if from_start is None or from_end is None:
        return False
    if start is not None and end is not None and start > end:
        return from_start >= 0 or from_end <= 0
    return from_start >= 0 >= from_end


def _within(direction: int) -> Holds:
    """Whether a moment lies at most `right` back (-1) or ahead (+1). Days are those of the calendar, today counts."""

    def holds(left: Any, right: Any, context: Context, _: bool) -> bool:
        amount, unit = (right.get("amount"), right.get("unit")) if isinstance(right, Mapping) else (right, "days")
        number = number_of(amount)
        if number is None:
            return False
        most = min(int(number), FURTHEST.days)
        if unit == "days":
            day, today = date_of(left, context.timezone), local(context.now, context.timezone).date()
            return day is not None and timedelta(0) <= (day - today) * direction <= timedelta(days=most)
        moment = moment_of(left, context.timezone)
        if moment is None:
            return False
        if not isinstance(moment, datetime):
            moment = local(datetime.combine(moment, time()), context.timezone)
        span = timedelta(hours=most) if unit == "hours" else timedelta(minutes=most)
        return timedelta(0) <= (moment - context.now) * direction <= span

    return holds


def _not(holds: Holds) -> Holds:
    return lambda left, right, context, exact: not holds(left, right, context, exact)


def _is_true(left: Any, right: Any, context: Context, exact: bool) -> bool:
    if isinstance(left, bool):
        return left
    return text_of(left, False) in ("sim", "yes", "true", "1")


def _always(left: Any, right: Any, context: Context, exact: bool) -> bool:
    return True


def _listed(value: Any) -> list[Any] | tuple[Any, ...]:
    return value if isinstance(value, list | tuple) else [value]


OPERATORS: Mapping[str, Operator] = {
    "equals": Operator(_EQUAL, "one", _equals),
    "not_equals": Operator(_EQUAL, "one", _not(_equals), of_unknown=True),
    "contains": Operator(_TEXTS, "one", _contains),
    "not_contains": Operator(_TEXTS, "one", _not(_contains), of_unknown=True),
    "contains_any": Operator(_LIST, "many", _contains_any),
    "contains_all": Operator(_LIST, "many", _contains_all),
    "contains_none": Operator(_LIST, "many", _not(_contains_any), of_unknown=True),
    "starts_with": Operator(_TEXT, "one", _starts_with),
    "ends_with": Operator(_TEXT, "one", _ends_with),
    "matches": Operator(_TEXT, "pattern", _contains),  # compiled by itself: see conditions.py
    "in": Operator(_AMONG, "many", _in),
    "not_in": Operator(_AMONG, "many", _not(_in), of_unknown=True),
    "greater": Operator(_NUMBER, "one", _ordered(lambda found: found > 0)),
    "greater_or_equal": Operator(_NUMBER, "one", _ordered(lambda found: found >= 0)),
    "less": Operator(_NUMBER, "one", _ordered(lambda found: found < 0)),
    "less_or_equal": Operator(_NUMBER, "one", _ordered(lambda found: found <= 0)),
    "before": Operator(("date", "date_time", "time", "any"), "one", _ordered(lambda found: found < 0)),
    "after": Operator(("date", "date_time", "time", "any"), "one", _ordered(lambda found: found > 0)),
    "between": Operator(("number", "date", "date_time", "time", "any"), "two", _between),
    "within_last": Operator(_MOMENT, "days", _within(-1)),
    "within_next": Operator(_MOMENT, "days", _within(+1)),
    "was_ever": Operator(("text", "number", "choice", "list", "any"), "one", _contains, of_history=True),  # likewise
    "is_true": Operator(("yes_no", "any"), "none", _is_true),
    "is_false": Operator(("yes_no", "any"), "none", _not(_is_true)),
    "is_known": Operator(_FILLED, "none", _always),
    "is_empty": Operator(_FILLED, "none", _not(_always), of_unknown=True),
}

__all__ = ["OPERATORS", "Holds", "Operator", "Right", "is_unknown"]
