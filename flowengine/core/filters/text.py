"""Filters of words and lists: names, case, length, joining, what goes into a link or a JSON body."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import Undefined, pass_context

from flowengine.core.filters.shown import joined
from flowengine.core.filters.values import (
    LONGEST_VALUE,
    TooLong,
    as_json,
    digits_of,
    language_of,
    number_of,
    short,
    text_of,
)

MOST_PARTS = 1_000  # of a text that is split

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")  # RFC 3986, 2.3
_SMALL = {"da", "das", "de", "di", "do", "dos", "du", "e", "van", "von", "der", "of", "the", "and"}


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


def _truncate(value: Any, most: int = 80) -> str:
    text = text_of(value)
    return text if len(text) <= most else text[: max(most - 1, 0)].rstrip() + "…"


def _replace(value: Any, old: str, new: str = "") -> str:
    """Every `old` by `new`; a text that would grow beyond what a message holds is refused before it grows."""
    text, old, new = text_of(value), text_of(old), text_of(new)
    if old == "":
        return text
    if len(text) + text.count(old) * (len(new) - len(old)) > LONGEST_VALUE:
        raise TooLong
    return text.replace(old, new)


def _split(value: Any, between: str = ",") -> list[str]:
    """The parts of a text, blanks around them and empty ones left out."""
    parts = text_of(value).split(text_of(between) or ",", MOST_PARTS)
    return [part.strip() for part in parts[:MOST_PARTS] if part.strip()]


def _url(value: Any) -> str:
    """For a part of an address: "São João" → "S%C3%A3o%20Jo%C3%A3o"."""
    plain = text_of(value).encode()
    return short("".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in plain))


def _json(value: Any) -> str:
    """As JSON writes it, quotes included: for the body of an HTTP request."""
    return short(json.dumps(as_json(value), ensure_ascii=False))


def _length(value: Any) -> int:
    return len(value) if isinstance(value, str | list | tuple | Mapping) else 0


@pass_context
def _join(context: Any, value: Any, between: str = ", ") -> str:
    return joined(context, value if isinstance(value, list | tuple) else [value], str(between))


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, str | list | tuple) and value else ""


def _last(value: Any) -> Any:
    return value[-1] if isinstance(value, str | list | tuple) and value else ""


@pass_context
def _plural(context: Any, value: Any, one: str, many: str) -> str:
    """The word that goes with a number: {{ n }} {{ n | plural("item", "itens") }}."""
    number = number_of(value)
    single = number is not None and (1 <= abs(number) < 2 if language_of(context) == "pt-BR" else number == 1)
    return one if single else many


TEXT_FILTERS: Mapping[str, Callable[..., Any]] = {
    "default": _default,
    "first_name": _first_name,
    "upper": lambda value: short(text_of(value).upper()),
    "lower": lambda value: short(text_of(value).lower()),
    "title": _title,
    "capitalize": lambda value: text_of(value)[:1].upper() + text_of(value)[1:],
    "trim": lambda value: text_of(value).strip(),
    "truncate": _truncate,
    "replace": _replace,
    "digits": digits_of,
    "split": _split,
    "join": _join,
    "length": _length,
    "first": _first,
    "last": _last,
    "plural": _plural,
    "url": _url,
    "json": _json,
    # Marks a link whose clicks are to be counted. Whoever sends the message puts the counting address in its place;
    # in a text by itself it is the link.
    "track": text_of,
}
