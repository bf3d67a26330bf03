"""The filters of authors' templates: words, numbers, money, dates, documents, in the language of the flow."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import phonenumbers
from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal
from jinja2 import Undefined, pass_context
from stdnum.br import cnpj, cpf

from flowengine.core.filter_values import (
    LONGEST_VALUE,
    TooLong,
    digits_of,
    language_of,
    locale_of,
    moment_of,
    number_of,
    plain_spaces,
    short,
    text_of,
)

LONGEST_PATTERN = 40  # of a date

TESTS = ("defined", "undefined", "none", "number", "string", "boolean", "even", "odd", "in", "eq", "ne", "lt", "gt")

_WORDS = {"pt-BR": ("sim", "não"), "en": ("yes", "no")}
_SMALL = {"da", "das", "de", "di", "do", "dos", "du", "e", "van", "von", "der", "of", "the", "and"}


@pass_context
def shown(context: Any, value: Any) -> str:
    """How a value looks in a text when no filter says so: plain values only, nothing of Python's ever shows."""
    match value:
        case str():
            return short(value)
        case bool():
            return _WORDS.get(language_of(context), _WORDS["en"])[0 if value else 1]
        case int():
            return str(value)
        case float() | Decimal():
            return format_decimal(value, format="0.##########", locale=locale_of(context))
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
    for word in text_of(value).split():
        if any(character.isalpha() for character in word):
            return _as_name(word)
    return ""


def _title(value: Any) -> str:
    words = text_of(value).split(" ")
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
    return short(str(between).join(shown(context, item) for item in value))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, str | list | tuple) and value else ""


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, str | list | tuple) and value else ""


def _truncate(value: Any, most: int = 80) -> str:
    text = text_of(value)
    return text if len(text) <= most else text[: max(most - 1, 0)].rstrip() + "…"


@pass_context
def _plural(context: Any, value: Any, one: str, many: str) -> str:
    """The word that goes with a number: {{ n }} {{ n | plural("item", "itens") }}."""
    number = number_of(value)
    single = number is not None and (1 <= abs(number) < 2 if language_of(context) == "pt-BR" else number == 1)
    return one if single else many


@pass_context
def _number(context: Any, value: Any, decimals: int | None = None) -> str:
    """1234.5 → 1.234,5 (pt-BR); text that is no number stays as it is."""
    number = number_of(value)
    if number is None:
        return text_of(value)
    places = "##########" if decimals is None else "0" * max(0, min(int(decimals), 10))
    return short(format_decimal(number, format=f"#,##0.{places}" if places else "#,##0", locale=locale_of(context)))


@pass_context
def _money(context: Any, value: Any, currency: str | None = None) -> str:
    """1234.5 → R$ 1.234,50; the currency is the language's unless given as its ISO code."""
    number = number_of(value)
    if number is None:
        return text_of(value)
    code = currency or ("BRL" if language_of(context) == "pt-BR" else "USD")
    return short(plain_spaces(format_currency(number, str(code)[:3], locale=locale_of(context))))


@pass_context
def _date(context: Any, value: Any, pattern: str | None = None) -> str:
    """22/11/2026; `pattern` is short, medium, long, full or one of CLDR's, such as "dd/MM"."""
    moment = moment_of(context, value)
    if moment is None or isinstance(moment, time):
        return text_of(value)
    usual = "dd/MM/yyyy" if language_of(context) == "pt-BR" else "medium"
    shape = (pattern or usual)[:LONGEST_PATTERN]
    return plain_spaces(format_date(moment, shape, locale=locale_of(context)))


@pass_context
def _time(context: Any, value: Any, pattern: str | None = None) -> str:
    """15:04, or 3:04 PM."""
    moment = moment_of(context, value)
    if moment is None or (isinstance(moment, date) and not isinstance(moment, datetime)):
        return text_of(value)
    shape = (pattern or ("HH:mm" if language_of(context) == "pt-BR" else "short"))[:LONGEST_PATTERN]
    if isinstance(moment, datetime):
        return plain_spaces(
            format_datetime(moment, shape, locale=locale_of(context)) if pattern else _clock(context, moment, shape)
        )
    return plain_spaces(format_time(moment, shape, locale=locale_of(context)))


def _clock(context: Any, moment: datetime, shape: str) -> str:
    return str(format_time(moment.time(), shape, locale=locale_of(context)))


@pass_context
def _phone(context: Any, value: Any) -> str:
    """+5511987654321 → (11) 98765-4321 at home, +55 11 98765-4321 elsewhere."""
    home = "BR" if language_of(context) == "pt-BR" else "US"
    try:
        number = phonenumbers.parse(text_of(value), home)
    except phonenumbers.NumberParseException:
        return text_of(value)
    here = phonenumbers.region_code_for_number(number) == home
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if here else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, shape))


def _cpf(value: Any) -> str:
    digits = digits_of(value)
    return str(cpf.format(digits)) if len(digits) == 11 else text_of(value)


def _cnpj(value: Any) -> str:
    bare = "".join(c for c in text_of(value).upper() if c.isascii() and c.isalnum())
    return str(cnpj.format(bare)) if len(bare) == 14 else text_of(value)


def _cep(value: Any) -> str:
    digits = digits_of(value)
    return f"{digits[:5]}-{digits[5:]}" if len(digits) == 8 else text_of(value)


FILTERS: Mapping[str, Callable[..., Any]] = {
    "default": _default,
    "first_name": _first_name,
    "upper": lambda value: text_of(value).upper(),
    "lower": lambda value: text_of(value).lower(),
    "title": _title,
    "capitalize": lambda value: text_of(value)[:1].upper() + text_of(value)[1:],
    "trim": lambda value: text_of(value).strip(),
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
