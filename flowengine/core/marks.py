"""Values whose schema carries a mark (a template, a reference, a condition …), wherever in the params they lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from msgspec import Struct

PathPart = str | int
Resolve = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class MarkedPath(Struct, frozen=True):
    """A path with None for "each item", and that part of the schema."""

    path: tuple[str | None, ...]
    about: Mapping[str, Any]


class Marked(Struct, frozen=True, gc=False):  # there are many, and JSON has no circles to be collected
    """A value whose schema carries a mark, where it lies, and that part of the schema."""

    path: tuple[PathPart, ...]
    value: Any
    about: Mapping[str, Any]

    def title(self) -> dict[str, str]:
        """What people call the field."""
        english = str(self.about.get("title", self.path[-1]))
        return {"en": english, "pt-BR": self.about.get("x-i18n", {}).get("pt-BR", {}).get("title", english)}


def marked_paths(about: Mapping[str, Any], mark: str, wanted: str | None, resolve: Resolve) -> Iterator[MarkedPath]:
    """Where a schema says `mark` (with the value `wanted`, or any); what lies below a mark is not looked at."""
    to_see: list[MarkedPath] = [MarkedPath((), about)]
    while to_see:
        here = to_see.pop()
        says = resolve(here.about)
        if mark in says and (wanted is None or says[mark] == wanted):
            yield MarkedPath(here.path, says)
            continue
        below = [MarkedPath((*here.path, name), part) for name, part in says.get("properties", {}).items()]
        if isinstance(says.get("items"), Mapping):
            below.append(MarkedPath((*here.path, None), says["items"]))
        if len(here.path) < 8:  # a condition holds conditions: params nest three deep, no schema needs eight
            to_see.extend(reversed(below))


def marked(params: Mapping[str, Any], paths: tuple[MarkedPath, ...]) -> Iterator[Marked]:
    """The values at these paths, in the order of the schema."""
    for place in paths:
        for path, value in _values(params, place.path):
            yield Marked(path, value, place.about)


def _values(params: Any, path: tuple[str | None, ...]) -> list[tuple[tuple[PathPart, ...], Any]]:
    found: list[tuple[tuple[PathPart, ...], Any]] = [((), params)]
    for part in path:
        if part is None:
            found = [
                ((*way, place), item)
                for way, items in found
                if isinstance(items, list)
                for place, item in enumerate(items)
            ]
        else:
            found = [((*way, part), v[part]) for way, v in found if isinstance(v, dict) and part in v]
        if not found:
            break
    return found
