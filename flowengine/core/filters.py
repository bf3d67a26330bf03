"""The filters of authors' templates: words, numbers, money, dates, documents, in the language of the flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal
from jinja2 import Undefined, pass_context
from stdnum.br import cnpj, cpf

LONGEST_VALUE = 20_000  # characters a single filter may give
LONGEST_PATTERN = 40  # of a date

TESTS = ("defined", "undefined", "none", "number", "string", "boolean", "even", "odd", "in", "eq", "ne", "lt", "gt")

_LOCALES = {"pt-BR": "pt_BR", "en": "en_US"}
_WORDS = {"pt-BR": ("sim", "não"), "en": ("yes", "no")}
_SMALL = {"da", "das", "de", "di", "do", "dos", "du", "e", "van", "von", "der", "of", "the", "and"}


class TooLong(Exception):  # noqa: N818 - becomes BadTemplate where the source is known
    """A value that passes what a message could ever hold."""


@pass_context
def shown(context: Any, value: Any) -> str:
    """How a value looks in a text when no filter says so: plain values only, nothing of Python's ever shows."""
    match value:
        case str():
            return _short(value)
        case bool():
            return _WORDS.get(_language(context), _WORDS["en"])[0 if value else 1]
        case int():
            return str(value)
        case float() | Decimal():
            return format_decimal(value, format="0.##########", locale=_locale(context))
        case datetime():
            return f"{_date(context, value)} {_time(context, value)}"
        case date():
            return _date(context, value)
        case time():
            return _time(context, value)
        case list() | tuple():
            return _join(context, value)
    return ""


def _default(value: Any, fallback: Any = "") -> Any:
    """`fallback` where nothing, or only empty text, is there."""
    return fallback if value is None or value == "" or isinstance(value, Undefined) else value


def _first_name(value: Any) -> str:
    """The first word with a letter in it, written as a name: "MARIA DA SILVA" → "Maria"; "🌸" → ""."""
    for word in _text(value).split():
        if any(character.isalpha() for character in word):
            return _as_name(word)
    return ""


def _title(value: Any) -> str:
    words = _text(value).split(" ")
    return " ".join(
        word.lower() if place and word.lower() in _SMALL else _as_name(word) for place, word in enumerate(words)
    )


def _as_name(word: str) -> str:
    """Mixed case is left as its owner writes it: McDonald, de Souza."""
    return word[:1].upper() + (word[1:].lower() if word.isupper() or word.islower() else word[1:])


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | Mapping) else 0


@pass_context
def _join(context: Any, value: Any, between: str = ", ") -> str:
    if not isinstance(value, list | tuple):
        return str(shown(context, value))
    if len(value) * (len(str(between)) + 1) > LONGEST_VALUE:
        raise TooLong
    return _short(str(between).join(shown(context, item) for item in value))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, str | list | tuple) and value else ""


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, str | list | tuple) and value else ""


def _truncate(value: Any, most: int = 80) -> str:
    text = _text(value)
    return text if len(text) <= most else text[: max(most - 1, 0)].rstrip() + "…"


@pass_context
def _plural(context: Any, value: Any, one: str, many: str) -> str:
    """The word that goes with a number: {{ n }} {{ n | plural("item", "itens") }}."""
    number = _number_of(value)
    single = number is not None and (1 <= abs(number) < 2 if _language(context) == "pt-BR" else number == 1)
    return one if single else many


@pass_context
def _number(context: Any, value: Any, decimals: int | None = None) -> str:
    """1234.5 → 1.234,5 (pt-BR); text that is no number stays as it is."""
    number = _number_of(value)
    if number is None:
        return _text(value)
    places = "##########" if decimals is None else "0" * max(0, min(int(decimals), 10))
    return _short(format_decimal(number, format=f"#,##0.{places}" if places else "#,##0", locale=_locale(context)))


@pass_context
def _money(context: Any, value: Any, currency: str | None = None) -> str:
    """1234.5 → R$ 1.234,50; the currency is the language's unless given as its ISO code."""
    number = _number_of(value)
    if number is None:
        return _text(value)
    code = currency or ("BRL" if _language(context) == "pt-BR" else "USD")
    return _short(_plain_spaces(format_currency(number, str(code)[:3], locale=_locale(context))))


@pass_context
def _date(context: Any, value: Any, pattern: str | None = None) -> str:
    """22/11/2026; `pattern` is short, medium, long, full or one of CLDR's, such as "dd/MM"."""
    moment = _moment(context, value)
    if moment is None or isinstance(moment, time):
        return _text(value)
    usual = "dd/MM/yyyy" if _language(context) == "pt-BR" else "medium"
    shape = (pattern or usual)[:LONGEST_PATTERN]
    return _plain_spaces(format_date(moment, shape, locale=_locale(context)))


@pass_context
def _time(context: Any, value: Any, pattern: str | None = None) -> str:
    """15:04, or 3:04 PM."""
    moment = _moment(context, value)
    if moment is None or (isinstance(moment, date) and not isinstance(moment, datetime)):
        return _text(value)
    shape = (pattern or ("HH:mm" if _language(context) == "pt-BR" else "short"))[:LONGEST_PATTERN]
    if isinstance(moment, datetime):
        return _plain_spaces(
            format_datetime(moment, shape, locale=_locale(context)) if pattern else _clock(context, moment, shape)
        )
    return _plain_spaces(format_time(moment, shape, locale=_locale(context)))


def _clock(context: Any, moment: datetime, shape: str) -> str:
    return str(format_time(moment.time(), shape, locale=_locale(context)))


@pass_context
def _phone(context: Any, value: Any) -> str:
    """+5511987654321 → (11) 98765-4321 at home, +55 11 98765-4321 elsewhere."""
    home = "BR" if _language(context) == "pt-BR" else "US"
    try:
        number = phonenumbers.parse(_text(value), home)
    except phonenumbers.NumberParseException:
        return _text(value)
    here = phonenumbers.region_code_for_number(number) == home
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, shape))


def _cpf(value: Any) -> str:
    digits = _digits(value)
    return str(cpf.format(digits)) if len(digits) == 11 else _text(value)


def _cnpj(value: Any) -> str:
    bare = "".join(c for c in _text(value).upper() if c.isascii() and c.isalnum())
    return str(cnpj.format(bare)) if len(bare) == 14 else _text(value)


def _cep(value: Any) -> str:
    digits = _digits(value)
    return f"{digits[:5]}-{digits[5:]}" if len(digits) == 8 else _text(value)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "default": _default,
    "first_name": _first_name,
    "upper": lambda value: _text(value).upper(),
    "lower": lambda value: _text(value).lower(),
    "title": _title,
    "capitalize": lambda value: _text(value)[:1].upper() + _text(value)[1:],
    "trim": lambda value: _text(value).strip(),
    "truncate": _truncate,
    "length": _length,
    "join": _join,
    "first": _first,
    "last": _last,
    "plural": _plural,
    "number": _number,
    "money": _money,
    "date": _date,
    "time": _time,
    "phone": _phone,
    "cpf": _cpf,
    "cnpj": _cnpj,
    "cep": _cep,
}


def _text(value: Any) -> str:
    return _short(str(value)) if isinstance(value, str | int | float) else ""


def _short(text: str) -> str:
    if len(text) > LONGEST_VALUE:
        raise TooLong
    return text


def _digits(value: Any) -> str:
    return "".join(c for c in _text(value) if c.isascii() and c.isdigit())


def _number_of(value: Any) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
        return None
    try:
        number = Decimal(str(value).strip()[:40])
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def _moment(context: Any, value: Any) -> datetime | date | time | None:
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


def _language(context: Any) -> str:
    return str(context.get("_language") or "pt-BR")


def _locale(context: Any) -> str:
    return _LOCALES.get(_language(context), "en_US")


def _plain_spaces(text: str) -> str:
    """CLDR writes no-break spaces, which some channels show as boxes."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")
