"""What may stand on the right of a comparison, said to the author before anybody is judged by it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flowengine.core.conditions.catalogue import OperandKind
from flowengine.core.conditions.comparing import is_unknown, moment_of, number_of, text_of, time_of
from flowengine.core.conditions.operators import Operator
from flowengine.core.errors import BadCondition

MOST_VALUES = 200  # of a list, as the schema of conditions has it
LONGEST_VALUE = 2_000  # characters, likewise
UNITS = ("minutes", "hours", "days")

Words = Mapping[str, str]

_WHY: Mapping[str, Words] = {
    "missing": {
        "pt-BR": "falta dizer com o que comparar “{left}”",
        "en": "it is not said what “{left}” is compared with",
    },
    "list": {
        "pt-BR": "“{left}” se compara com uma lista de até {most} valores",
        "en": "“{left}” is compared with a list of at most {most} values",
    },
    "one": {"pt-BR": "“{left}” se compara com um só valor", "en": "“{left}” is compared with a single value"},
    "two": {"pt-BR": "“entre” precisa de dois valores", "en": "“between” needs two values"},
    "long": {"pt-BR": "o valor passa de {most} caracteres", "en": "the value is longer than {most} characters"},
    "number": {
        "pt-BR": "“{left}” é um número, e “{right}” não é (escreva 10 ou 1.5)",
        "en": "“{left}” is a number, “{right}” is none (write 10 or 1.5)",
    },
    "date": {
        "pt-BR": "“{left}” é uma data, e “{right}” não é (escreva 2026-12-31)",
        "en": "“{left}” is a date, “{right}” is none (write 2026-12-31)",
    },
    "date_time": {
        "pt-BR": "“{left}” é data e hora, e “{right}” não é (escreva 2026-12-31 ou 2026-12-31T18:00)",
        "en": "“{left}” is a date and time, “{right}” is none (write 2026-12-31 or 2026-12-31T18:00)",
    },
    "time": {
        "pt-BR": "“{left}” é uma hora, e “{right}” não é (escreva 08:30)",
        "en": "“{left}” is a time of day, “{right}” is none (write 08:30)",
    },
    "values": {
        "pt-BR": "“{left}” nunca é “{right}”; pode ser: {values}",
        "en": "“{left}” is never “{right}”; it can be: {values}",
    },
    "stage": {
        "pt-BR": "uma etapa se escreve funil/etapa (“{right}”)",
        "en": "a stage is written pipeline/stage (“{right}”)",
    },
    "amount": {
        "pt-BR": "escreva um número de dias, ou uma duração em minutos, horas ou dias",
        "en": "write a number of days, or a duration in minutes, hours or days",
    },
    "days": {"pt-BR": "“{left}” é uma data: conta-se em dias", "en": "“{left}” is a date: count in days"},
}


def check_right(name: str, kind: OperandKind, operator: Operator, right: Any) -> None:
    """Raises BadCondition where no comparison with this value makes sense; templates are left to the turn."""
    match operator.right:
        case "none":
            return
        case "days":
            _check_span(name, kind, right)
        case "many":
            if not isinstance(right, list | tuple) or len(right) > MOST_VALUES:
                raise _bad("list", left=name, most=MOST_VALUES)
            _check_each(name, kind, right)
        case "two":
            if not isinstance(right, list | tuple) or len(right) != 2:
                raise _bad("two")
            _check_each(name, kind, right)
        case "one" | "pattern":
            if isinstance(right, list | tuple | Mapping):
                raise _bad("one", left=name)
            _check_each(name, kind, [right])


def _check_each(name: str, kind: OperandKind, values: Sequence[Any]) -> None:
    if not values:
        raise _bad("missing", left=name)
    for value in values:
        if is_unknown(value) or not isinstance(value, str | int | float):
            raise _bad("missing", left=name)
        if isinstance(value, str) and len(value) > LONGEST_VALUE:
            raise _bad("long", most=LONGEST_VALUE)
        if not _is_template(value):
            _check_one(name, kind, value)


def _check_one(name: str, kind: OperandKind, value: Any) -> None:
    fits = _FITS.get(kind.type)
    if fits is not None and not fits(value):
        raise _bad(kind.type, left=name, right=value)
    if kind.values and text_of(value, exact=True) not in kind.values:
        raise _bad("values", left=name, right=value, values=", ".join(kind.values))
    if kind.ref == "stage" and "/" not in str(value):
        raise _bad("stage", right=value)


def _check_span(name: str, kind: OperandKind, right: Any) -> None:
    if is_unknown(right):
        raise _bad("missing", left=name)
    amount, unit = (right.get("amount"), right.get("unit")) if isinstance(right, Mapping) else (right, "days")
    if unit not in UNITS or (not _is_template(amount) and not _counts(amount)):
        raise _bad("amount")
    if kind.type == "date" and unit != "days":
        raise _bad("days", left=name)


def _counts(amount: Any) -> bool:
    number = number_of(amount)
    return number is not None and number >= 0 and number == int(number)


def _is_template(value: Any) -> bool:
    return isinstance(value, str) and "{" in value


def _is_date(value: Any) -> bool:
    moment = moment_of(value, "UTC")
    return moment is not None and not isinstance(moment, datetime)


_FITS: Mapping[str, Callable[[Any], bool]] = {
    "number": lambda value: number_of(value) is not None,
    "date": _is_date,
    "date_time": lambda value: moment_of(value, "UTC") is not None,
    "time": lambda value: time_of(value) is not None,
}


def _bad(why: str, **words: Any) -> BadCondition:
    shown = {
        name: word if isinstance(word, int) else str(word)[:60] for name, word in words.items() if name != "values"
    }
    shown["values"] = words.get("values", "")
    said = {language: text.format(**shown) for language, text in _WHY[why].items()}
    return BadCondition(said["en"], words=said)
