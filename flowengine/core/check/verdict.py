"""Which branches can be taken, and whether they leave anything to `else`: judged once for the same conditions.

A branch is taken where its condition holds and none before it does. So its boxes, less those of the branches before,
must leave something over; and what all of them together leave over is what `else` is for.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from flowengine.core.check.boxes import Box, Space, TooMany, space_of
from flowengine.core.check.cells import Cell, literals_of
from flowengine.core.check.domains import Domain
from flowengine.core.conditions import comparisons_in

KEPT = 4_096  # nodes
MOST_TESTS = 60  # of one node, and
MOST_LITERALS = 200  # values in them; people write five

Why = Literal["itself", "after", "together"]
Example = tuple[tuple[str, Cell], ...]


@dataclass(frozen=True, slots=True)
class Never:
    """The branch at `place` is never taken: it contradicts itself, or the one at `other` or all before shadow it."""

    place: int
    why: Why
    other: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """`left` are values of which no branch holds; None where there are none, () where there is no telling."""

    never: tuple[Never, ...] = ()
    left: Example | None = ()


GIVEN_UP = Verdict()


@lru_cache(maxsize=KEPT)
def verdict_on(conditions: bytes, domains: tuple[tuple[str, Domain], ...]) -> Verdict:
    """`conditions` is a list of them as JSON, in the order they are tried; `domains` are those of their operands."""
    branches = json.loads(conditions)
    tests = [test for branch in branches for test in comparisons_in(branch)]
    if len(tests) > MOST_TESTS or sum(len(literals_of(test)) for test in tests) > MOST_LITERALS:
        return GIVEN_UP
    space = space_of(branches, dict(domains))
    try:
        taken = [space.boxes(branch) for branch in branches]
        never = [found for place in range(len(taken)) if (found := _never(space, taken, place)) is not None]
        rest = space.left_over([{}], [box for boxes in taken for box in boxes])
    except TooMany:
        return GIVEN_UP
    return Verdict(tuple(never), _example(space, rest))


def _never(space: Space, taken: Sequence[Sequence[Box]], place: int) -> Never | None:
    before = [box for boxes in taken[:place] for box in boxes]
    if space.left_over(taken[place], before):
        return None
    if not taken[place]:
        return Never(place, "itself")
    for first in range(place):
        if not space.left_over(taken[place], taken[first]):
            return Never(place, "after", first)
    return Never(place, "together")


def _example(space: Space, rest: Sequence[Box]) -> Example | None:
    """Of the tests that stand for themselves nothing can be shown."""
    if not rest:
        return None
    values = space.some_value(min(rest, key=len))
    return tuple((operand, cell) for operand, cell in values.items() if not operand.startswith("{"))
