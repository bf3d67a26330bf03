"""Texts, names and filters: what nine of ten templates are made of, and how they are put together without Jinja."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from flowengine.core.filters import FILTERS, shown
from flowengine.core.filters.values import TooLong, short
from flowengine.core.nothing import Nothing

LONGEST_OUTPUT = 20_000  # four times the longest message any channel takes

MAPPINGS = (dict, Mapping)  # dict first: asking an abstract class takes five times as long

Steps = tuple[str | int, ...]

_NOTHING = Nothing()


class Pipe(Struct, frozen=True):
    """A filter and what stands in its brackets; `looks_round`: it is told the language and the zone as well."""

    filter: Callable[..., Any]
    arguments: tuple[str | int, ...] = ()
    looks_round: bool = False

    @classmethod
    def to(cls, name: str, arguments: tuple[str | int, ...] = ()) -> Pipe:
        filter = FILTERS[name]
        return cls(filter, arguments, hasattr(filter, "jinja_pass_arg"))  # Jinja's mark for `pass_context`


class Named(Struct, frozen=True):
    """A name, and the filters that its value goes through."""

    path: Steps
    pipes: tuple[Pipe, ...] = ()

    def value(self, known: Mapping[str, Any]) -> Any:
        """What it comes to; None, or what filters make of nothing, where nothing is there."""
        value = reach(known, self.path)
        if not self.pipes:
            return value
        value = _NOTHING if value is None else short(value) if isinstance(value, str) else value
        for pipe in self.pipes:
            given = (known, value) if pipe.looks_round else (value,)
            value = pipe.filter(*given, *pipe.arguments)
        return value


Pieces = Sequence[str | Named]


def put_together(pieces: Pieces, known: Mapping[str, Any]) -> str:
    """Raises TooLong, and whatever filters raise for values that are not theirs."""
    written, length = [], 0
    for piece in pieces:
        text = piece if isinstance(piece, str) else shown(known, piece.value(known))
        written.append(text)
        length += len(text)
        if length > LONGEST_OUTPUT:
            raise TooLong
    return "".join(written)


def reach(names: Any, path: Steps) -> Any:
    """What lies at the end of the path; None where it leads nowhere."""
    for part in path:
        names = names.get(part) if type(names) is dict else item(names, part)
    return names


def item(holder: Any, part: Any) -> Any:
    """Of a mapping or a list, and of nothing else: no attribute of Python's can be reached."""
    if isinstance(holder, MAPPINGS):
        return holder.get(part) if isinstance(part, str | int) else None
    if isinstance(holder, list | tuple) and isinstance(part, int) and -len(holder) <= part < len(holder):
        return holder[part]
    return None
