"""Ways of wires between cards: straight down a chain, else in right angles with round corners."""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.cli.drawing.cards import ENTRY, WIDTH, Card, Point

AROUND = 22  # how far a wire keeps from a card
ROUND = 8  # radius of its corners


def route(source: Card, target: Card, port: str) -> list[Point]:
    """The corners of a wire, from the port's handle to the card it enters."""
    if source.only == port and target.x == source.x and target.y >= source.y + source.height:
        return [(source.x + ENTRY, source.y + source.height), (target.x + ENTRY, target.y)]
    start, end = source.exit(port), (target.x, target.y + ENTRY)
    if end[0] >= start[0] + 2 * AROUND:
        middle = end[0] - AROUND - 6 * (_rank(source, port) % 5)
        return [start, (middle, start[1]), (middle, end[1]), end]
    above = target.y - AROUND if target.y > source.y else min(source.y, target.y) - AROUND
    out, into = source.x + WIDTH + AROUND, target.x - AROUND
    return [start, (out, start[1]), (out, above), (into, above), (into, end[1]), end]


def path_of(corners: Sequence[Point]) -> str:
    """The `d` of a path through these corners."""
    pieces = [f"M{corners[0][0]:g} {corners[0][1]:g}"]
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        start, end = _towards(corner, before), _towards(corner, after)
        pieces.append(f"L{start[0]:g} {start[1]:g}Q{corner[0]:g} {corner[1]:g} {end[0]:g} {end[1]:g}")
    pieces.append(f"L{corners[-1][0]:g} {corners[-1][1]:g}")
    return "".join(pieces)


def _towards(corner: Point, other: Point) -> Point:
    """A point of the wire just beside a corner."""
    x, y = other[0] - corner[0], other[1] - corner[1]
    length = abs(x) + abs(y)  # one of them is 0
    step = min(ROUND, length / 2) / length if length else 0
    return corner[0] + x * step, corner[1] + y * step


def _rank(card: Card, port: str) -> int:
    return next((place for place, row in enumerate(card.rows) if row.port == port), 0)
