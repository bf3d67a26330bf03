"""Conditions as unions of boxes: sets of values, one for each operand, that hold together.

A condition in disjunctive normal form is a union of boxes; what it leaves over of another one is a difference of
boxes. Both can grow without end, so both give up at a limit: then nothing is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flowengine.core.check.cells import Cell, Split, Test, key_of, split
from flowengine.core.check.domains import Domain
from flowengine.core.conditions import comparisons_in

MOST_BOXES = 64
MOST_CUTS = 2_000  # of one box by another, for all the branches of a node: some milliseconds

Box = Mapping[str, int]  # by operand: the cells it may be in, as bits; an operand that is not named may be in any


class TooMany(Exception):  # noqa: N818 - no error: there is no telling within reason
    """More boxes than are looked at."""


@dataclass(frozen=True, slots=True)
class Space:
    """The cells of every operand that these conditions look at."""

    splits: Mapping[str, Split]
    cuts: Iterator[int] = field(default_factory=lambda: iter(range(MOST_CUTS)))

    def all_of(self, operand: str) -> int:
        return (1 << len(self.splits[operand].cells)) - 1

    def boxes(self, condition: Mapping[str, Any], *, holds: bool = True) -> list[Box]:
        """Where the condition holds, or where it does not. Raises TooMany."""
        match condition:
            case {"not": part}:
                return self.boxes(part, holds=not holds)
            case {"all": parts} if holds:
                return self._met(self.boxes(part) for part in parts)
            case {"any": parts} if not holds:
                return self._met(self.boxes(part, holds=False) for part in parts)
            case {"all": parts} | {"any": parts}:
                return _few([box for part in parts for box in self.boxes(part, holds=holds)])
        operand, cells = self._test(condition)
        cells = cells if holds else self.all_of(operand) & ~cells
        return [{operand: cells}] if cells else []

    def left_over(self, boxes: Iterable[Box], taken: Sequence[Box]) -> list[Box]:
        """The part of `boxes` that lies outside every box of `taken`. Raises TooMany."""
        rest = list(boxes)
        for other in taken:
            rest = _few([part for box in rest for part in self._without(box, other)])
        return rest

    def some_value(self, box: Box) -> dict[str, Cell]:
        """For each operand of a box a cell that it may be in; one with a value where there is one."""
        found = {}
        for operand, bits in box.items():
            cells = [cell for place, cell in enumerate(self.splits[operand].cells) if bits >> place & 1]
            found[operand] = min(cells, key=lambda cell: cell.empty)
        return found

    def _test(self, test: Test) -> tuple[str, int]:
        key = key_of(test)
        operand = test["left"]
        if operand in self.splits and key in self.splits[operand].holds_in:
            return operand, self.splits[operand].holds_in[key]
        return key.decode(), 1  # one that could not be put beside the others: it holds, or it does not

    def _met(self, unions: Iterable[list[Box]]) -> list[Box]:
        met: list[Box] = [{}]
        for union in unions:
            met = _few([both for one in met for other in union if (both := _together(one, other)) is not None])
        return met

    def _without(self, box: Box, other: Box) -> list[Box]:
        """Cuts off one slice for each operand of `other`; what remains lies within it, and is gone."""
        if next(self.cuts, None) is None:
            raise TooMany
        slices: list[Box] = []
        within = dict(box)
        for operand, cells in other.items():
            mine = within.get(operand, self.all_of(operand))
            if not mine & cells:
                return [box]
            if mine & ~cells:
                slices.append({**within, operand: mine & ~cells})
            within[operand] = mine & cells
        return slices


def space_of(conditions: Sequence[Mapping[str, Any]], domains: Mapping[str, Domain]) -> Space:
    """`domains` are those of the operands that the conditions look at."""
    tests: dict[str, dict[bytes, Test]] = {}
    for condition in conditions:
        for test in comparisons_in(condition):
            tests.setdefault(test["left"], {})[key_of(test)] = test
    splits = {}
    for operand, mine in tests.items():
        splits[operand] = split(operand, domains[operand], mine)
        for key in mine.keys() - splits[operand].holds_in.keys():
            alone = key.decode()
            splits[alone] = Split(alone, (Cell(True), Cell(False)), {})
    return Space(splits)


def _together(one: Box, other: Box) -> Box | None:
    both = dict(one)
    for operand, cells in other.items():
        both[operand] = both[operand] & cells if operand in both else cells
        if not both[operand]:
            return None
    return both


def _few(boxes: list[Box]) -> list[Box]:
    if len(boxes) > MOST_BOXES:
        raise TooMany
    return boxes
