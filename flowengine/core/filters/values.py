"""What filters read out of a value: text, a number, a moment; and in which language and zone they write."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any

from jinja2 import Undefined

from flowengine.core.zones import local

LONGEST_VALUE = 20_000  # characters a single filter may give
LONGEST_NUMBER = 40  # characters
FURTHEST_DIGIT = 30  # powers of ten from 1
_SHOWN = (str, int, float, Decimal)
_LOCALES = {"pt-BR": "pt_BR", "en": "en_US"}


class TooLong(Exception):  # noqa: N818 - becomes BadTemplate where the source is known
    """A value that passes what a message could ever hold."""


def text_of(value: Any) -> str:
    return short(str(value)) if isinstance(value, _SHOWN) else ""


def short(text: str) -> str:
    if len(text) > LONGEST_VALUE:
        raise TooLong
    return text


def digits_of(value: Any) -> str:
    return "".join(c for c in text_of(value) if c.isascii() and c.isdigit())


def number_of(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, _SHOWN):
        return None
    text = value.strip() if isinstance(value, str) else str(value)
    if isinstance(value, str | int) and len(text) > LONGEST_NUMBER:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < FURTHEST_DIGIT else None


def moment_of(context: Any, value: Any) -> datetime | date | time | None:
    """A moment in the contact's zone; ISO texts, as answers keep them, are understood."""
    if isinstance(value, str):
        value = _from_iso(value.strip()) if len(value) <= LONGEST_NUMBER else None
    if isinstance(value, datetime):
        return local(value, zone_of(context)) if value.tzinfo else value
    return value if isinstance(value, date | time) else None


def date_of(context: Any, value: Any) -> date | None:
    """The calendar date of a moment, in the contact's zone."""
    moment = moment_of(context, value)
    if isinstance(moment, datetime):
        return moment.date()
    return moment if isinstance(moment, date) else None


def today_of(context: Any) -> date | None:
    """The date of the turn's event in the contact's zone."""
    return date_of(context, context.get("now"))


def _from_iso(text: str) -> datetime | date | time | None:
    try:
        if text[4:5] == "-":
            return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
        return time.fromisoformat(text) if text[2:3] == ":" else None
    except ValueError:
        return None


def zone_of(context: Any) -> str:
    return str(context.get("_timezone") or "UTC")


def language_of(context: Any) -> str:
    return str(context.get("_language") or "pt-BR")


def locale_of(context: Any) -> str:
    return _LOCALES.get(language_of(context), "en_US")


def plain_spaces(text: str) -> str:
    """CLDR writes no-break spaces, which some channels show as boxes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def as_json(value: Any) -> Any:
    """The value as it may be kept in a run: nothing of Python's own."""
    match value:
        case None | Undefined():
            return None
        case float():
            return value if isfinite(value) else None
        case bool() | int() | str():
            return value
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case datetime() | date() | time():
            return value.isoformat()
        case list() | tuple():
            return [as_json(item) for item in value]
        case dict():
            return {str(name): as_json(item) for name, item in value.items()}
    return None
