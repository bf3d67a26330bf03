"""Templates of texts and names, with filters at most, read without Jinja's parser: nine of ten that people write."""

from __future__ import annotations

import re
from functools import lru_cache

from msgspec import Struct

from flowengine.core.filters import FILTERS
from flowengine.core.pieces import Named, Pipe
from flowengine.core.template_syntax import Path

SHORT = 200  # characters; longer texts are few, and are not kept
DEEPEST = 12  # names within names, or filters behind one; what is deeper is left to the parser

_NAME = r"[A-Za-z][A-Za-z0-9_]*+"
_VALUE = r"""(?:'[^'\\{}\n]*+'|"[^"\\{}\n]*+"|[0-9]{1,9})"""
_VALUES = rf"{_VALUE}(?:\s*+,\s*+{_VALUE})*+"
_FILTER = rf"\s*+\|\s*+{_NAME}(?:\(\s*+{_VALUES}\s*+\))?+"
_EXPRESSION = re.compile(rf"\s*+({_NAME}(?:\.{_NAME})*+)((?:{_FILTER})*+)\s*+\}}\}}")
_PIPE = re.compile(rf"\|\s*+({_NAME})(?:\(\s*+({_VALUES})\s*+\))?+")
_ARGUMENT = re.compile(_VALUE)

# Words that the grammar knows as something else than names, where a name may begin.
_RESERVED = frozenset(("and", "or", "not", "if", "else", "elif", "is", "in", "recursive", "true", "false", "none"))
_WORDS = _RESERVED | {"True", "False", "None"}
_DEFAULT = FILTERS["default"]


class Read(Struct, frozen=True):
    """What is known of a template once it has been read.

    `pieces` are texts and names in their order, None of a template that only Jinja can render; `single`: it is nothing
    but one expression, blanks around it apart. `reads` and `unguarded` as in Template; `parts` are those a parser would
    make.
    """

    pieces: tuple[str | Named, ...] | None
    reads: frozenset[Path]
    unguarded: frozenset[Path]
    single: bool = False
    parts: int = 0


def read_quickly(source: str) -> Read | None:
    """None for what only the parser can tell, and for what is wrong."""
    return _kept(source) if len(source) <= SHORT else _read(source)


def _read(source: str) -> Read | None:
    if "{%" in source or "{#" in source or "\r" in source:
        return None
    first, *rest = source.split("{{")
    pieces: list[str | Named] = [first] if first else []
    reads: set[Path] = set()
    unguarded: set[Path] = set()
    parts = 2 + len(pieces)
    for part in rest:
        found = _EXPRESSION.match(part)
        if found is None:
            return None
        path = tuple(found[1].split("."))
        if path[0] in _WORDS or len(path) > DEEPEST:
            return None
        parts += len(path)
        pipes = _pipes(found[2]) if found[2] else ()
        if pipes is None:
            return None
        parts += sum(1 + len(pipe.arguments) for pipe in pipes)
        pieces.append(Named(path, pipes))
        reads.add(path)
        if not any(pipe.filter is _DEFAULT for pipe in pipes):
            unguarded.add(path)
        text = part[found.end() :]
        if text:
            pieces.append(text)
            parts += 1
    single = len(rest) == 1 and not any(isinstance(piece, str) and piece.strip() for piece in pieces)
    return Read(tuple(pieces), frozenset(reads), frozenset(unguarded), single, parts)


def _pipes(source: str) -> tuple[Pipe, ...] | None:
    """None where there are too many, or a filter that nobody knows."""
    filters = _PIPE.findall(source)
    if len(filters) > DEEPEST or not all(name in FILTERS for name, _ in filters):
        return None
    return tuple(Pipe.to(name, tuple(map(_read_value, _ARGUMENT.findall(values)))) for name, values in filters)


def _read_value(value: str) -> str | int:
    return int(value) if value.isdigit() else value[1:-1]


_kept = lru_cache(maxsize=8_192)(_read)  # read each time that a document is measured
