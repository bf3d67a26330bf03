"""How a value looks in a text when no filter says so: plain values only, nothing of Python's ever shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite
from typing import Any

from babel.dates import format_date, format_time
from jinja2 import pass_context

from flowengine.core.filters.values import (
    LONGEST_VALUE,
    TooLong,
    language_of,
    locale_of,
    moment_of,
    plain_spaces,
    short,
)

DEEPEST = 5  # lists within lists

_WORDS = {"pt-BR": ("sim", "não"), "en": ("yes", "no")}
_POINT = {"pt-BR": ",", "en": "."}


@pass_context
def shown(context: Any, value: Any) -> str:
    """The text for a value; empty for what has none, such as a mapping."""
    return _shown(context, value, DEEPEST)


def joined(context: Any, values: Sequence[Any], between: str = ", ") -> str:
    """The values one after the other; refused before it grows beyond what a message holds."""
    return _joined(context, values, between, DEEPEST)


def written_date(context: Any, day: date) -> str:
    """22/11/2026, Nov 22, 2026."""
    if language_of(context) == "pt-BR":
        return f"{day.day:02}/{day.month:02}/{day.year:04}"
    return plain_spaces(format_date(day, "medium", locale=locale_of(context)))


def written_time(context: Any, moment: datetime | time) -> str:
    """15:04, 3:04 PM."""
    if language_of(context) == "pt-BR":
        return f"{moment.hour:02}:{moment.minute:02}"
    clock = moment.time() if isinstance(moment, datetime) else moment
    return plain_spaces(format_time(clock, "short", locale=locale_of(context)))


def _shown(context: Any, value: Any, levels: int) -> str:
    match value:
        case str():
            return short(value)
        case bool():
            return _WORDS.get(language_of(context), _WORDS["en"])[0 if value else 1]
        case int():
            return str(value)
        case float() | Decimal():
            return _fraction(value, _POINT.get(language_of(context), "."))
        case datetime():
            moment = moment_of(context, value)
            here = moment if isinstance(moment, datetime) else value
            return f"{written_date(context, here)} {written_time(context, here)}"
        case date():
            return written_date(context, value)
        case time():
            return written_time(context, value)
        case list() | tuple():
            return _joined(context, value, ", ", levels - 1)
    return ""


def _joined(context: Any, values: Sequence[Any], between: str, levels: int) -> str:
    if levels < 0 or len(values) * (len(between) + 1) > LONGEST_VALUE:
        raise TooLong
    return short(between.join(_shown(context, item, levels) for item in values))


def _fraction(number: float | Decimal, point: str) -> str:
    """At most ten decimals, as many as it has."""
    if not isfinite(number):
        raise ArithmeticError("beyond all numbers")
    text = f"{number:.10f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text.replace(".", point)
