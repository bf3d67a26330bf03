"""Places for cards that have none: columns are chains. A single way out goes down, branches go right."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping, Sequence
from typing import Any

from flowengine.cli.drawing.cards import ROW, Card

PITCH = 324  # a column and its gutter
GAP = 28  # between the cards of a chain
APART = 40  # between chains of a column

Chain = tuple[int, list[str]]  # its column and its cards, from the top


def placed(cards: Sequence[Card], edges: Sequence[Mapping[str, Any]]) -> list[Card]:
    """The cards where the document has them; all of them laid out as soon as one has no place."""
    if all(card.placed for card in cards):
        return list(cards)
    by_id = {card.id: card for card in cards}
    places: dict[str, tuple[float, float]] = {}
    foot: dict[int, float] = {}
    chains = _chains(by_id, edges)
    for column in sorted({column for column, _ in chains}):
        here = [ids for of, ids in chains if of == column]
        wanted = {ids[0]: _wanted(ids[0], by_id, edges, places) for ids in here}
        for ids in sorted(here, key=lambda ids: wanted[ids[0]]):
            y = max(wanted[ids[0]], foot.get(column, 0))
            for id in ids:
                places[id] = (column * PITCH, y)
                y += by_id[id].height + GAP
            foot[column] = y - GAP + APART
    return [card.at(*places[card.id]) for card in cards]


def _chains(cards: Mapping[str, Card], edges: Sequence[Mapping[str, Any]]) -> list[Chain]:
    outs: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for edge in edges:
        outs[edge["source"]].append(edge)
    entered = {edge["target"] for edge in edges}
    roots = [id for id in cards if id not in entered] + list(cards)
    seen: set[str] = set()
    chains: list[Chain] = []
    for root in roots:
        waiting = deque([(0, root)])
        while waiting:
            column, id = waiting.popleft()
            if id in seen:
                continue
            chain: list[str] = []
            here: str | None = id
            while here is not None and here not in seen:
                seen.add(here)
                chain.append(here)
                here, branches = _on(cards[here], outs[here])
                waiting.extend((column + 1, target) for target in branches)
            chains.append((column, chain))
    return chains


def _on(card: Card, wires: Sequence[Mapping[str, Any]]) -> tuple[str | None, list[str]]:
    """The next card of the chain, or the beginnings of other chains in the order of their ports."""
    if card.only is not None:
        return next((wire["target"] for wire in wires if wire["port"] == card.only), None), []
    rank = {row.port: place for place, row in enumerate(card.rows)}
    return None, [wire["target"] for wire in sorted(wires, key=lambda wire: rank.get(wire["port"], len(rank)))]


def _wanted(
    id: str,
    cards: Mapping[str, Card],
    edges: Sequence[Mapping[str, Any]],
    places: Mapping[str, tuple[float, float]],
) -> float:
    """Beside the highest port that leads here."""
    heights = [
        places[edge["source"]][1] + ROW * max(_rank(cards[edge["source"]], edge["port"]), 0)
        for edge in edges
        if edge["target"] == id and edge["source"] in places
    ]
    return min(heights, default=0)


def _rank(card: Card, port: str) -> int:
    return next((place for place, row in enumerate(card.rows) if row.port == port), -1)
