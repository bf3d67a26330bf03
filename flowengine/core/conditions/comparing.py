"""What comparing reads out of a value: its text, a number, a moment, a time of day; and how two of them order."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from flowengine.core.text import fold
from flowengine.core.zones import local

LONGEST_TEXT = 20_000  # characters compared; the longest message any channel takes has a fourth of that
LONGEST_LIST = 10_000  # items compared
LONGEST_NUMBER = 40  # characters
FURTHEST_DIGIT = 30  # powers of ten from 1

_NUMBERS = (int, float, Decimal)
_WRITTEN = (*_NUMBERS, date, time)
_NUMBER_BEGINS = frozenset("+-.0123456789")


def is_unknown(value: Any) -> bool:
    """Whether nothing is there: None, empty text, an empty list."""
    return value is None or value == "" or value == [] or value == ()


def text_of(value: Any, exact: bool) -> str:
    """The text to compare by: at most LONGEST_TEXT characters, without case and accents unless `exact`."""
    if isinstance(value, str):
        text = value[:LONGEST_TEXT].strip()
    elif isinstance(value, bool):
        text = "true" if value else "false"
    elif isinstance(value, int) and value.bit_length() > 128:
        text = ""  # no number anybody wrote, and Python refuses to write very long ones
    else:
        text = str(value) if isinstance(value, _WRITTEN) else ""
    return text if exact else fold(text)


def number_of(value: Any) -> Decimal | int | None:
    """The number that a value is or that a text holds, written as in JSON: 10, -1.5."""
    if isinstance(value, str):
        value = value.strip() if len(value) <= LONGEST_NUMBER else ""
        if value[:1] not in _NUMBER_BEGINS or value == "" or ":" in value or value[4:5] == "-":
            return None  # the last two: times and dates, which are compared more often than numbers that look so
    elif isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return None
    elif isinstance(value, int):
        return value if value.bit_length() < 100 else None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < FURTHEST_DIGIT else None


def time_of(value: Any) -> time | None:
    """A time of day: 9:30, 09:30:15."""
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    if not isinstance(value, str) or ":" not in value[:3]:
        return None
    try:
        return time.fromisoformat(value.strip()[:15].zfill(5)).replace(tzinfo=None)
    except ValueError:
        return None


def moment_of(value: Any, zone: str) -> datetime | date | None:
    """A date, or a moment on the zone's clock, of an ISO text."""
    if isinstance(value, str):
        value = value.strip() if len(value) <= LONGEST_NUMBER else ""
        if value[4:5] != "-":
            return None
        try:
            value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
        except ValueError:
            return None
    if isinstance(value, datetime):
        return local(value, zone)
    return value if isinstance(value, date) else None


def date_of(value: Any, zone: str) -> date | None:
    """The calendar date of an ISO text; a moment counts by the zone's clock."""
    moment = moment_of(value, zone)
    return moment.date() if isinstance(moment, datetime) else moment


def order(left: Any, right: Any, zone: str) -> int | None:
    """-1, 0 or 1 as two numbers, times of day, moments or dates compare; None where they are of different kinds.

    A moment beside a date counts as its date.
    """
    one: Any
    other: Any
    for reader in (number_of, time_of):
        one = reader(left)
        if one is not None:
            other = reader(right)
            return None if other is None else int(one > other) - int(one < other)
    one, other = moment_of(left, zone), moment_of(right, zone)
    if one is None or other is None:
        return None
    if not (isinstance(one, datetime) and isinstance(other, datetime)):
        one, other = (each.date() if isinstance(each, datetime) else each for each in (one, other))
    return int(one > other) - int(one < other)


def same(left: Any, right: Any, exact: bool) -> bool:
    """By number where one of the two is a number, else by text."""
    return left in Among((right,), exact)


class Among:
    """Values to be found among, made ready once: `left in among` takes the same time however many there are."""

    __slots__ = ("_by_number", "_exact", "_numbers", "_texts")

    def __init__(self, values: Iterable[Any], exact: bool) -> None:
        self._exact = exact
        self._texts: set[str] = set()
        self._numbers: set[Decimal | int] = set()  # those that are numbers themselves
        self._by_number: set[Decimal | int] = set()  # and those that only texts hold
        for value in list(values)[:LONGEST_LIST]:
            if is_unknown(value):
                continue
            self._texts.add(text_of(value, exact))
            number = number_of(value)
            if number is not None:
                (self._by_number if isinstance(value, str) else self._numbers).add(number)

    def __contains__(self, value: Any) -> bool:
        is_text = isinstance(value, str)
        if self._numbers or not is_text:
            number = number_of(value)
            if number is not None and (number in self._numbers or (not is_text and number in self._by_number)):
                return True
        return text_of(value, self._exact) in self._texts
