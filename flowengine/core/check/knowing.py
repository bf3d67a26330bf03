"""What a condition lets us know: which names have a value where it holds, and where it does not.

A test passes on what is unknown, or fails on it, as its operator says (`of_unknown`). So if `vars.city equals Recife`
holds, vars.city has a value; if `vars.city is_empty` does not hold, it has one as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.conditions.operators import OPERATORS
from flowengine.core.errors import BadTemplate
from flowengine.core.template_syntax import Path
from flowengine.core.text import compile_template

NOTHING: frozenset[str] = frozenset()
ASKING = ("is_known", "is_empty")  # these look whether there is a value, so they need none


@dataclass(frozen=True, slots=True)
class Look:
    """A name that a condition looks at; `guarded` when the author has said what happens if it has no value."""

    path: Path
    guarded: bool


def known_if(condition: Mapping[str, Any], *, holds: bool) -> frozenset[str]:
    """The operands that surely have a value where the condition holds, or where it does not."""
    match condition:
        case {"all": parts} if holds:
            return NOTHING.union(*(known_if(part, holds=True) for part in parts))
        case {"any": parts} if not holds:
            return NOTHING.union(*(known_if(part, holds=False) for part in parts))
        case {"all": [first, *rest]} | {"any": [first, *rest]}:
            return known_if(first, holds=holds).intersection(*(known_if(part, holds=holds) for part in rest))
        case {"not": part}:
            return known_if(part, holds=not holds)
        case {"left": left, "op": op} if op in OPERATORS:
            return frozenset({left}) if OPERATORS[op].of_unknown is not holds else NOTHING
    return NOTHING


def looks(condition: Mapping[str, Any], known: frozenset[str] = NOTHING) -> Iterator[Look]:
    """What a condition looks at where the names in `known` have a value.

    Groups are judged from left to right and end early: a part of `all` is judged where those before it hold, a part
    of `any` where they do not.
    """
    match condition:
        case {"not": part}:
            yield from looks(part, known)
        case {"all": parts} | {"any": parts}:
            for part in parts:
                yield from looks(part, known)
                known |= known_if(part, holds="all" in condition)
        case {"left": left, "op": op}:
            yield Look(tuple(left.split(".")), guarded=op in ASKING or left in known)
            yield from _right(condition.get("right"))


def _right(right: Any) -> Iterator[Look]:
    for text in right if isinstance(right, list) else [right]:
        if isinstance(text, str) and "{" in text:
            try:
                template = compile_template(text)
            except BadTemplate:
                continue  # F022 says so
            for path in sorted(template.reads):
                yield Look(path, guarded=path not in template.unguarded)
