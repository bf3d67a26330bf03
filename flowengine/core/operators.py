"""The operators of conditions: each with the types it is for and what it says of a value that is unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from flowengine.core.steps import Context
from flowengine.core.text import fold

Holds = Callable[[Any, Any, Context, bool], bool]

_TEXT = ("text", "any")
_NUMBER = ("number", "any")
_EQUAL = ("text", "number", "date", "time", "weekday", "any")
_FILLED = ("text", "number", "date", "time", "any")
_RANGE = ("number", "date", "time", "any")


@dataclass(frozen=True, slots=True)
class Operator:
    """`holds(left, right, context, exact)` judges a known left side; `of_unknown` is the answer for an unknown one."""

    types: tuple[str, ...]
    holds: Holds
    of_unknown: bool = False


def is_unknown(value: Any) -> bool:
    """Whether nothing is there: None, empty text, an empty list."""
    return value is None or value == "" or value == [] or value == ()


def _equals(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return _same(left, right, exact)


def _contains(left: Any, right: Any, _: Context, exact: bool) -> bool:
    if isinstance(left, list | tuple):
        return any(_same(item, right, exact) for item in left)
    return _text(right, exact) in _text(left, exact)


def _starts_with(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return _text(left, exact).startswith(_text(right, exact))


def _ends_with(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return _text(left, exact).endswith(_text(right, exact))


def _in(left: Any, right: Any, _: Context, exact: bool) -> bool:
    return isinstance(right, list | tuple) and any(_same(left, item, exact) for item in right)


def _ordered(wanted: Callable[[int], bool]) -> Holds:
    def holds(left: Any, right: Any, context: Context, _: bool) -> bool:
        order = _order(left, right, context)
        return order is not None and wanted(order)

    return holds


def _between(left: Any, right: Any, context: Context, _: bool) -> bool:
    if not isinstance(right, list | tuple) or len(right) != 2:
        return False
    low, high = (_order(left, bound, context) for bound in right)
    return low is not None and high is not None and low >= 0 >= high


def _within(direction: int) -> Holds:
    """Whether a date lies at most `right` days back (-1) or ahead (+1); today counts."""

    def holds(left: Any, right: Any, context: Context, _: bool) -> bool:
        day, days = _date(left, context), _number(right)
        if day is None or days is None:
            return False
        today = context.now.astimezone(ZoneInfo(context.timezone)).date()
        return timedelta(0) <= (day - today) * direction <= timedelta(days=min(int(days), 100_000))

    return holds


def _not(holds: Holds) -> Holds:
    return lambda left, right, context, exact: not holds(left, right, context, exact)


def _is_true(left: Any, right: Any, context: Context, exact: bool) -> bool:
    return left is True or (isinstance(left, str) and fold(left.strip()) in ("sim", "yes", "true", "1"))


def _is_known(left: Any, right: Any, context: Context, exact: bool) -> bool:
    return True


OPERATORS: Mapping[str, Operator] = {
    "equals": Operator(_EQUAL, _equals),
    "not_equals": Operator(_EQUAL, _not(_equals), of_unknown=True),
    "contains": Operator(_TEXT, _contains),
    "not_contains": Operator(_TEXT, _not(_contains), of_unknown=True),
    "starts_with": Operator(_TEXT, _starts_with),
    "ends_with": Operator(_TEXT, _ends_with),
    "matches": Operator(_TEXT, _contains),  # compiled by itself: see conditions.py
    "in": Operator(("text", "number", "weekday", "any"), _in),
    "not_in": Operator(("text", "number", "weekday", "any"), _not(_in), of_unknown=True),
    "greater": Operator(_NUMBER, _ordered(lambda order: order > 0)),
    "greater_or_equal": Operator(_NUMBER, _ordered(lambda order: order >= 0)),
    "less": Operator(_NUMBER, _ordered(lambda order: order < 0)),
    "less_or_equal": Operator(_NUMBER, _ordered(lambda order: order <= 0)),
    "before": Operator(("date", "time", "any"), _ordered(lambda order: order < 0)),
    "after": Operator(("date", "time", "any"), _ordered(lambda order: order > 0)),
    "between": Operator(_RANGE, _between),
    "within_last": Operator(("date", "any"), _within(-1)),
    "within_next": Operator(("date", "any"), _within(+1)),
    "is_true": Operator(("yes_no", "any"), _is_true),
    "is_false": Operator(("yes_no", "any"), _not(_is_true)),
    "is_known": Operator(_FILLED, _is_known),
    "is_empty": Operator(_FILLED, _not(_is_known), of_unknown=True),
}


def _same(left: Any, right: Any, exact: bool) -> bool:
    numbers = _number(left), _number(right)
    if None not in numbers:
        return numbers[0] == numbers[1]
    return _text(left, exact) == _text(right, exact)


def _text(value: Any, exact: bool) -> str:
    if isinstance(value, bool):
        value = "true" if value else "false"
    text = str(value).strip()
    return text if exact else fold(text)


def _order(left: Any, right: Any, context: Context) -> int | None:
    """-1, 0 or 1 as two numbers, moments, dates or times of day compare; None where they are of different kinds."""
    readers: tuple[Callable[[Any], Any], ...] = (_number, _time, lambda value: _date(value, context))
    for reader in readers:
        one, other = reader(left), reader(right)
        if one is not None and other is not None:
            return int(one > other) - int(one < other)
    return None


def _number(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = Decimal(str(value).strip()[:40])
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _time(value: Any) -> time | None:
    if not isinstance(value, str) or ":" not in value[:3]:
        return None
    try:
        return time.fromisoformat(value.strip()[:15].zfill(5)).replace(tzinfo=None)
    except ValueError:
        return None


def _date(value: Any, context: Context) -> date | None:
    """The calendar date of an ISO text; a moment counts in the contact's zone."""
    if not isinstance(value, str):
        return None
    try:
        moment = datetime.fromisoformat(value.strip()[:40])
    except ValueError:
        return None
    return moment.astimezone(ZoneInfo(context.timezone)).date() if moment.tzinfo else moment.date()
