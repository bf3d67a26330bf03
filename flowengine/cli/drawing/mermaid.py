"""A flow as Mermaid text: for README files, issues and wikis that draw it themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from flowengine.cli.drawing.cards import Card

SHAPES = {"round": '(["{}"])', "diamond": '{{"{}"}}', "square": '["{}"]'}


def mermaid_of(document: Mapping[str, Any], cards: Sequence[Card]) -> str:
    """One line a node, then one a wire, in the order of the document."""
    lines = ["flowchart TD"]
    for card in cards:
        name = card.name if card.name == card.kind else f"{card.kind}: {card.name}"
        lines.append("    " + f"n_{card.id}" + SHAPES.get(card.tile, SHAPES["square"]).replace("{}", _text(name)))
    by_id = {card.id: card for card in cards}
    for edge in document["edges"]:
        card = by_id[edge["source"]]
        title = "" if edge["port"] == card.only else next((r.title for r in card.rows if r.port == edge["port"]), "")
        label = f'|"{_text(title)}"|' if title else ""
        lines.append(f"    n_{edge['source']} -->{label} n_{edge['target']}")
    return "\n".join(lines) + "\n"


def _text(text: str) -> str:
    """Quoted text as Mermaid takes it: entities for what would end it."""
    plain = " ".join(text.split())
    return re.sub(r'["#;<>&|{}\[\]]', lambda found: f"#{ord(found[0])};", plain)
