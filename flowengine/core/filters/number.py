"""Filters of numbers: how they are written in the language of the flow, and the sums a message needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Any

from babel.numbers import get_currency_precision, get_currency_symbol
from jinja2 import pass_context

from flowengine.core.filters.values import language_of, locale_of, number_of, plain_spaces, short, text_of

MOST_DECIMALS = 10

_QUANTA = tuple(Decimal(1).scaleb(-places) for places in range(MOST_DECIMALS + 1))
_WIDE = Context(prec=50)  # a number of thirty digits and its decimals


@pass_context
def _number(context: Any, value: Any, decimals: int | None = None) -> str:
    """1234.5 → 1.234,5 (pt-BR); text that is no number stays as it is."""
    number = number_of(value)
    if number is None:
        return text_of(value)
    return _written(context, number, None if decimals is None else _places(decimals))


@pass_context
def _percent(context: Any, value: Any, decimals: int = 0) -> str:
    """0.125 → 13%, or with a decimal 12,5%."""
    number = number_of(value)
    return text_of(value) if number is None else _written(context, number * 100, _places(decimals)) + "%"


@pass_context
def _money(context: Any, value: Any, currency: str | None = None) -> str:
    """1234.5 → R$ 1.234,50; the currency is the language's unless given as its ISO code."""
    number = number_of(value)
    if number is None:
        return text_of(value)
    code = str(currency or ("BRL" if language_of(context) == "pt-BR" else "USD"))[:3]
    amount = _written(context, number, get_currency_precision(code))
    sign, digits = ("-", amount[1:]) if amount[0] == "-" else ("", amount)
    between = " " if language_of(context) == "pt-BR" else ""
    return f"{sign}{_symbol(code, locale_of(context))}{between}{digits}"


def _round(value: Any, decimals: int = 0) -> Decimal | str:
    """Half away from zero, as people round: 2.5 → 3."""
    number = number_of(value)
    return text_of(value) if number is None else _rounded(number, _places(decimals))


def _abs(value: Any) -> Decimal | str:
    number = number_of(value)
    return text_of(value) if number is None else abs(number)


def _times(value: Any, factor: Any) -> Decimal | str:
    """A product; nothing where one of the two is no number."""
    number, other = number_of(value), number_of(factor)
    return "" if number is None or other is None else number * other


def _divided_by(value: Any, divisor: Any) -> Decimal | str:
    """A quotient; nothing where one of the two is no number, or the divisor is 0."""
    number, other = number_of(value), number_of(divisor)
    return "" if number is None or not other else number / other


def _written(context: Any, number: Decimal, places: int | None) -> str:
    """With so many decimals, or as many as it has."""
    rounded = _rounded(number, MOST_DECIMALS if places is None else places)
    whole, _, fraction = f"{_WIDE.plus(rounded):,f}".partition(".")  # plus: nobody writes -0
    if places is None:
        fraction = fraction.rstrip("0")
    group, point = (".", ",") if language_of(context) == "pt-BR" else (",", ".")
    return short(whole.replace(",", group) + (point + fraction if fraction else ""))


def _rounded(number: Decimal, places: int) -> Decimal:
    return number.quantize(_QUANTA[places], ROUND_HALF_UP, _WIDE)


def _places(decimals: Any) -> int:
    return max(0, min(int(decimals), MOST_DECIMALS))


@lru_cache(maxsize=1_024)
def _symbol(code: str, locale: str) -> str:
    return plain_spaces(get_currency_symbol(code, locale))


NUMBER_FILTERS: Mapping[str, Callable[..., Any]] = {
    "number": _number,
    "percent": _percent,
    "money": _money,
    "round": _round,
    "abs": _abs,
    "times": _times,
    "divided_by": _divided_by,
}
