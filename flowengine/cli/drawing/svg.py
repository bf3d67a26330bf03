"""A flow as one SVG file without references, in light and dark, for documents, reviews and walls."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

from flowengine.cli.drawing.cards import ENTRY, HEAD, LINE, WIDTH, Card, Point
from flowengine.cli.drawing.routes import path_of, route

MARGIN = 48
COLOURS = {  # by palette group
    "start": ("#E6E7E9", "#2D3947"),
    "say": ("#E0F1FB", "#006DB3"),
    "ask": ("#EEE9F8", "#7046C1"),
    "decide": ("#EFECE0", "#7B5F00"),
    "flows": ("#E1ECED", "#045E66"),
    "crm": ("#ECF1EA", "#4B6E37"),
    "connect": ("#ECE7E1", "#603601"),
    "handoff": ("#F9EAF3", "#B03A84"),
}
STYLE = """
  svg { font: 13px Inter, "Segoe UI", system-ui, sans-serif; background: #EFEEE9 }
  .card { fill: #fff; stroke: #E3E2DD } .rule { stroke: #E3E2DD }
  .kind, .fate { fill: #696861; font-size: 10.5px } .name { fill: #1E1D17; font-weight: 600 }
  .line, .port { fill: #37362F; font-size: 12px } .wire { fill: none; stroke: #85847D; stroke-width: 1.5 }
  .dot { fill: #85847D } .open { fill: #fff; stroke: #85847D; stroke-width: 1.5 } .arrow { fill: #85847D }
  .note { fill: #FFF6DF; stroke: #E9D6A4 } 
  .frame { fill: none; stroke: #CFCEC8; stroke-dasharray: 5 4 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0E1518 } .card { fill: #1C2529; stroke: #2C383D } .rule { stroke: #2C383D }
    .kind, .fate { fill: #9DA6AA } .name { fill: #E5EAEC } .line, .port { fill: #C4CCCF } .open { fill: #1C2529 }
    .wire { stroke: #66747A } .dot, .arrow { fill: #66747A } .note { fill: #332A17; stroke: #5B4A22 }
  }"""


def svg_of(document: Mapping[str, Any], cards: Sequence[Card], *, margin: int = MARGIN) -> str:
    """The drawing of cards that have their places."""
    notes = [note for note in document.get("notes", ()) if "position" in note]
    left, top, right, bottom = _bounds(cards, notes)
    width, height = right - left + 2 * margin, bottom - top + 2 * margin
    title = escape(str(document.get("name", "")))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}"'
        f' viewBox="{left - margin:g} {top - margin:g} {width:g} {height:g}" role="img" aria-labelledby="title">',
        f'<title id="title">{title}</title>',
        f"<style>{STYLE}\n</style>",
        '<marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="arrow" d="M0 0 8 4 0 8z"/></marker>',
        *_frames(document, cards),
        *_wires(document, cards),
        *(part for card in cards for part in _card(card)),
        *(part for note in notes for part in _note(note)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _wires(document: Mapping[str, Any], cards: Sequence[Card]) -> Iterable[str]:
    by_id = {card.id: card for card in cards}
    for edge in document["edges"]:
        source, target = by_id[edge["source"]], by_id[edge["target"]]
        line = path_of(route(source, target, edge["port"]))
        name = _attribute(f"{source.name} → {target.name}")
        yield f'<path class="wire" marker-end="url(#arrow)" d="{line}"><title>{escape(name)}</title></path>'


def _card(card: Card) -> Iterable[str]:
    fill, ink = COLOURS.get(card.group, COLOURS["start"])
    yield f'<g transform="translate({card.x:g} {card.y:g})" id="{_attribute(card.id)}">'
    yield f'<rect class="card" width="{WIDTH}" height="{card.height:g}" rx="8"/>'
    yield _tile(card.tile, fill)
    yield f'<text x="24" y="29" text-anchor="middle" font-weight="600" fill="{ink}">{escape(card.kind[:1])}</text>'
    yield f'<text class="kind" x="46" y="20">{_short(card.kind, 30)}</text>'
    yield f'<text class="name" x="46" y="36">{_short(card.name, 25)}</text>'
    for place, line in enumerate(card.lines):
        yield f'<text class="line" x="12" y="{HEAD + LINE * place + 14}">{_short(line, 31)}</text>'
    if card.rows:
        rule = card.row_middle(0) - card.y - 20
        yield f'<path class="rule" d="M0 {rule:g}h{WIDTH}"/>'
    for place, row in enumerate(card.rows):
        y = card.row_middle(place) - card.y
        yield f'<text class="port" x="12" y="{y + 4:g}">{_short(row.title, 22 if row.fate else 34)}</text>'
        if row.fate:
            yield f'<text class="fate" x="{WIDTH - 12}" y="{y + 4:g}" text-anchor="end">{_short(row.fate, 18)}</text>'
        yield _handle((WIDTH, y), is_open=bool(row.fate))
    yield "</g>"


def _handle(place: Point, *, is_open: bool) -> str:
    return f'<circle class="{"open" if is_open else "dot"}" cx="{place[0]:g}" cy="{place[1]:g}" r="3.5"/>'


def _tile(tile: str, fill: str) -> str:
    if tile == "round":
        return f'<circle cx="24" cy="{ENTRY}" r="13" fill="{fill}"/>'
    turn = ' transform="rotate(45 24 25) translate(24 25) scale(.8) translate(-24 -25)"' if tile == "diamond" else ""
    return f'<rect x="11" y="12" width="26" height="26" rx="6" fill="{fill}"{turn}/>'


def _note(note: Mapping[str, Any]) -> Iterable[str]:
    size, place = note.get("size", {"width": 200, "height": 80}), note["position"]
    yield f'<g transform="translate({place["x"]:g} {place["y"]:g})">'
    yield f'<rect class="note" width="{size["width"]:g}" height="{size["height"]:g}" rx="4"/>'
    for number, line in enumerate(str(note["text"]).splitlines()[: max(1, int(size["height"] // LINE) - 1)]):
        yield f'<text class="line" x="10" y="{LINE * (number + 1)}">{_short(line, int(size["width"] // 6.4))}</text>'
    yield "</g>"


def _frames(document: Mapping[str, Any], cards: Sequence[Card]) -> Iterable[str]:
    for frame in document.get("frames", ()):
        held = [card for card in cards if card.id in frame["nodes"]]
        if held:
            left, top, right, bottom = _bounds(held, ())
            box = f'x="{left - 20:g}" y="{top - 36:g}" width="{right - left + 40:g}" height="{bottom - top + 56:g}"'
            yield f'<rect class="frame" {box} rx="10"/>'
            yield f'<text class="kind" x="{left - 10:g}" y="{top - 20:g}">{escape(str(frame.get("label", "")))}</text>'


def _bounds(cards: Sequence[Card], notes: Iterable[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    boxes = [(card.x, card.y, card.x + WIDTH, card.y + card.height) for card in cards]
    for note in notes:
        size, place = note.get("size", {"width": 200, "height": 80}), note["position"]
        boxes.append((place["x"], place["y"], place["x"] + size["width"], place["y"] + size["height"]))
    boxes = boxes or [(0, 0, WIDTH, HEAD)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _short(text: str, most: int) -> str:
    line = " ".join(text.split())
    return escape(line if len(line) <= most else line[: most - 1] + "…")


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})
