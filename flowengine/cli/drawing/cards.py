"""Cards: what each node shows, how big it is, where its ports sit. The measures are the canvas's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flowengine.cli.drawing.summary import filled, in_language, summary_of
from flowengine.core.naming import called
from flowengine.core.ports import ports_of
from flowengine.core.schema import FlowSchema

WIDTH = 232
HEAD = 50
LINE = 18
ROW = 26
ENTRY = 25  # the middle of the head, where wires come in

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Row:
    """A way out with a line of its own; `fate` is what follows while it is open, "" once it is wired."""

    port: str
    title: str
    fate: str


@dataclass(frozen=True, slots=True)
class Card:
    """A node as it is drawn. A single way out has no row: `only` is its port."""

    id: str
    type: str
    kind: str
    name: str
    group: str
    tile: str
    lines: tuple[str, ...]
    rows: tuple[Row, ...]
    only: str | None
    x: float = 0
    y: float = 0
    placed: bool = False

    @property
    def height(self) -> float:
        lines = LINE * len(self.lines) + 10 if self.lines else 0
        return HEAD + lines + (13 + ROW * len(self.rows) if self.rows else 0)

    def row_middle(self, place: int) -> float:
        above = HEAD + (LINE * len(self.lines) + 10 if self.lines else 0)
        return self.y + above + 7 + ROW * place + ROW / 2

    def exit(self, port: str) -> Point:
        """Where the wire of a port begins."""
        for place, row in enumerate(self.rows):
            if row.port == port:
                return self.x + WIDTH, self.row_middle(place)
        return self.x + WIDTH, self.y + ENTRY

    def at(self, x: float, y: float) -> Card:
        return replace(self, x=x, y=y, placed=True)


def cards_of(
    document: Mapping[str, Any], schema: FlowSchema, definitions: Mapping[str, Any], language: str
) -> list[Card]:
    """The cards in the order of the document, at its places where it has some."""
    wired = {(edge["source"], edge["port"]) for edge in document["edges"]}
    return [_card(node, document, schema, definitions, language, wired) for node in document["nodes"]]


def _card(
    node: Mapping[str, Any],
    document: Mapping[str, Any],
    schema: FlowSchema,
    definitions: Mapping[str, Any],
    language: str,
    wired: set[tuple[str, str]],
) -> Card:
    about = schema.nodes[node["type"]]
    kind = called("", about, node["type"])[language]
    rows = _rows(node, document, schema, definitions, language, wired)
    shown = [row for row, quiet in rows if not quiet or not row.fate]
    place = node.get("position")
    card = Card(
        id=node["id"],
        type=node["type"],
        kind=kind,
        name=called(node.get("label"), about, node["id"])[language],
        group=str(about.get("x-group", "")),
        tile=str(about.get("x-tile", "square")),
        lines=tuple(summary_of(node, document, schema, language)),
        rows=tuple(shown) if len(shown) != 1 else (),
        only=shown[0].port if len(shown) == 1 else None,
    )
    return card.at(place["x"], place["y"]) if place else card


def _rows(
    node: Mapping[str, Any],
    document: Mapping[str, Any],
    schema: FlowSchema,
    definitions: Mapping[str, Any],
    language: str,
    wired: set[tuple[str, str]],
) -> list[tuple[Row, bool]]:
    """Every way out, with whether it only shows once it is wired."""
    about = schema.nodes[node["type"]]
    declared = about.get("x-ports", ())
    fixed = {port["id"]: port for port in (declared.get("and", ()) if isinstance(declared, Mapping) else declared)}
    fates = {each["id"]: str(in_language(each, "title", language)) for each in definitions.get("x-unwired", ())}
    rows = []
    for port in ports_of(declared, node["params"]):
        own = fixed.get(port.id, {})
        title = str(in_language(own, "title", language) or port.title)
        is_wired = (node["id"], port.id) in wired
        said = str(in_language(own, "fate", language) or "")
        fate = filled(said, node, document, schema, language) or fates.get(port.unwired, "·")
        rows.append((Row(port.id, title, "" if is_wired else fate), bool(own.get("quiet"))))
    return rows
