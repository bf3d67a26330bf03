"""What filters read out of a value: text, a number, a moment; and in which language and zone they write."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

LONGEST_VALUE = 20_000  # characters a single filter may give
_LOCALES = {"pt-BR": "pt_BR", "en": "en_US"}


class TooLong(Exception):  # noqa: N818 - becomes BadTemplate where the source is known
    """A value that passes what a message could ever hold."""


def text_of(value: Any) -> str:
    return short(str(value)) if isinstance(value, str | int | float) else ""


def short(text: str) -> str:
    if len(text) > LONGEST_VALUE:
        raise TooLong
    return text


def digits_of(value: Any) -> str:
    return "".join(c for c in text_of(value) if c.isascii() and c.isdigit())


def number_of(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value).strip()[:40])
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def moment_of(context: Any, value: Any) -> datetime | date | time | None:
    """A moment in the contact's zone; ISO texts, as answers keep them, are understood."""
    if isinstance(value, str):
        value = _from_iso(value.strip()[:40])
    if isinstance(value, datetime):
        return value.astimezone(_zone(context)) if value.tzinfo else value
    return value if isinstance(value, date | time) else None


def _from_iso(text: str) -> datetime | date | time | None:
    reader: Callable[[str], datetime | date | time]
    for reader in (date.fromisoformat, datetime.fromisoformat, time.fromisoformat):
        try:
            return reader(text)
        except ValueError:
            continue
    return None


def _zone(context: Any) -> ZoneInfo:
    return ZoneInfo(context.get("_timezone") or "UTC")


def language_of(context: Any) -> str:
    return str(context.get("_language") or "pt-BR")


def locale_of(context: Any) -> str:
    return _LOCALES.get(language_of(context), "en_US")


def plain_spaces(text: str) -> str:
    """CLDR writes no-break spaces, which some channels show as boxes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
