"""What a field of the account holds: one reader a type, giving the normal form, a plain JSON value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from flowengine.core.answers import Reading, read_answer
from flowengine.core.errors import Invalid
from flowengine.core.text import fold
from flowengine.store.fields import Field

LONGEST_TEXT, LONGEST_LONG_TEXT, LONGEST_ADDRESS = 1_000, 20_000, 2_000
LARGEST = 10**15  # a number: what a JSON reader still takes exactly
MAY_BE_UNIQUE = frozenset({"text", "number", "integer", "date", "url"})


@dataclass(frozen=True, slots=True)
class Place:
    """What reading goes by: how numbers and dates are written there, its time zone, and now."""

    language: str
    zone: ZoneInfo
    now: datetime

    @property
    def reading(self) -> Reading:
        return Reading(self.language, self.now, self.zone.key)


def read_value(field: Field, value: Any, place: Place) -> Any:
    """The value's normal form; None clears the field. Invalid, with a pointer, for what cannot be one.

    A text is read as a contact would write it ("1.234,56", "22/11/2026", "sim"), the normal form as it is.
    """
    if value is None or value in ("", []):
        return None
    found = _READERS[field.type](value, field, place)
    if found is None:
        raise Invalid(
            f"the field {field.slug!r} wants {_WANTED[field.type]}", detail={"pointer": f"/fields/{field.slug}"}
        )
    return found


def unique_key(value: Any) -> str:
    """The canonical text by which two values are the same: case and accents do not tell them apart."""
    shown = fold(value).strip() if isinstance(value, str) else str(Decimal(str(value)).normalize())
    return shown if len(shown) <= 200 else sha256(shown.encode()).hexdigest()


def _text(value: Any, _: Field, __: Place) -> str | None:
    text = _written(value)
    line = " ".join(text.split()) if text is not None else ""
    return line if line and len(line) <= LONGEST_TEXT else None


def _long_text(value: Any, _: Field, __: Place) -> str | None:
    text = (_written(value) or "").strip()
    return text if text and len(text) <= LONGEST_LONG_TEXT else None


def _written(value: Any) -> str | None:
    """A flow may hand over a number that somebody answered."""
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return None
    text = str(value)
    return None if "\x00" in text else text  # PostgreSQL: text cannot hold U+0000


def _number(value: Any, _: Field, place: Place) -> float | int | None:
    number = _decimal(value, place)
    return None if number is None else _plain(number)


def _integer(value: Any, _: Field, place: Place) -> int | None:
    number = _decimal(value, place)
    return int(number) if number is not None and number == number.to_integral_value() else None


def _money(value: Any, _: Field, place: Place) -> float | int | None:
    number = _decimal(value, place)
    return None if number is None else _plain(number.quantize(Decimal("0.01")))


def _decimal(value: Any, place: Place) -> Decimal | None:
    if isinstance(value, str):
        value = read_answer("number", value, place.reading)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:  # pragma: no cover - what str makes of a float can be read
        return None
    return number if number.is_finite() and abs(number) < LARGEST else None


def _plain(number: Decimal) -> float | int:
    return int(number) if number == number.to_integral_value() else float(number)


def _date(value: Any, _: Field, place: Place) -> str | None:
    if not isinstance(value, str):
        return None
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError:
        found: str | None = read_answer("date", value, place.reading)
        return found


def _date_time(value: Any, _: Field, place: Place) -> str | None:
    """In UTC; a moment that names no zone is one of the place."""
    try:
        moment = datetime.fromisoformat(value)
        there = moment if moment.tzinfo else moment.replace(tzinfo=place.zone)
        return there.astimezone(UTC).isoformat(timespec="seconds")
    except (TypeError, ValueError, OverflowError):
        return None


def _time(value: Any, _: Field, place: Place) -> str | None:
    found: str | None = read_answer("time", value, place.reading) if isinstance(value, str) else None
    return found


def _yes_no(value: Any, _: Field, place: Place) -> bool | None:
    if isinstance(value, str):
        value = {"true": True, "false": False}.get(value.lower(), read_answer("yes_no", value, place.reading))
    return value if isinstance(value, bool) else None


def _choice(value: Any, field: Field, _: Place) -> str | None:
    """By slug, or by name without case and accents."""
    if not isinstance(value, str):
        return None
    known = {choice["slug"]: choice["slug"] for choice in field.choices}
    named = {fold(choice["name"]): choice["slug"] for choice in field.choices}
    return known.get(value) or named.get(fold(value.strip()))


def _choices(value: Any, field: Field, place: Place) -> list[str] | None:
    """In the order of the field's choices."""
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, (list, tuple)):
        return None
    found = [_choice(each, field, place) for each in given]
    return None if None in found else [choice["slug"] for choice in field.choices if choice["slug"] in found]


def _url(value: Any, _: Field, place: Place) -> str | None:
    if not isinstance(value, str) or len(value) > LONGEST_ADDRESS:
        return None
    found: str | None = read_answer("url", value, place.reading)
    return found


_READERS: Mapping[str, Callable[[Any, Field, Place], Any]] = {
    "text": _text,
    "long_text": _long_text,
    "number": _number,
    "integer": _integer,
    "money": _money,
    "date": _date,
    "date_time": _date_time,
    "time": _time,
    "yes_no": _yes_no,
    "choice": _choice,
    "choices": _choices,
    "user": _text,
    "url": _url,
}
_WANTED = {
    "text": f"a line of at most {LONGEST_TEXT} characters",
    "long_text": f"a text of at most {LONGEST_LONG_TEXT} characters",
    "number": "a number",
    "integer": "a whole number",
    "money": "an amount of money",
    "date": "a date, like 2026-11-22",
    "date_time": "a date and time, like 2026-11-22T14:30:00-03:00",
    "time": "a time, like 14:30",
    "yes_no": "yes or no",
    "choice": "one of its choices",
    "choices": "some of its choices",
    "user": "a user",
    "url": "an address, like https://example.com",
}
