"""A difference as lines for people, in each language: what a terminal and a review show."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.diff import Diff, NodeChange, WireChange
from flowengine.core.differing import FieldChange

LONGEST = 72  # characters of a value in a line

TEXTS: Mapping[str, Mapping[str, str]] = {
    "same": {"pt-BR": "Fazem o mesmo.", "en": "They do the same."},
    "added": {"pt-BR": "+ {name} ({type})", "en": "+ {name} ({type})"},
    "removed": {"pt-BR": "- {name} ({type})", "en": "- {name} ({type})"},
    "changed": {"pt-BR": "~ {name}", "en": "~ {name}"},
    "renamed": {"pt-BR": "= {name}: o id {was} agora é {id}", "en": "= {name}: the id {was} is now {id}"},
    "moved": {"pt-BR": "↔ mudaram de lugar: {names}", "en": "↔ moved: {names}"},
    "reordered": {"pt-BR": "as etapas estão em outra ordem", "en": "the nodes stand in another order"},
    "drawn": {"pt-BR": "notas ou molduras mudaram", "en": "notes or frames differ"},
    "wires": {"pt-BR": "Ligações", "en": "Wires"},
    "settings": {"pt-BR": "Configurações", "en": "Settings"},
    "variables": {"pt-BR": "Variáveis", "en": "Variables"},
    "flow": {"pt-BR": "Fluxo", "en": "Flow"},
    "true": {"pt-BR": "sim", "en": "yes"},
    "false": {"pt-BR": "não", "en": "no"},
}


def lines_of(found: Diff, language: str) -> list[str]:
    """Nodes first, then wires, settings, variables and the flow's own fields; what only moved comes last."""
    return list(_lines(found, language)) or [TEXTS["same"][language]]


def _lines(found: Diff, language: str) -> Iterator[str]:
    for kind in ("removed", "added", "renamed", "changed"):
        nodes: tuple[NodeChange, ...] = getattr(found, kind)
        for node in nodes:
            words = {"name": node.name[language], "type": node.type, "id": node.id, "was": node.was}
            yield TEXTS[kind][language].format(**words)
            yield from (f"    {_field(each, language)}" for each in node.fields)
    if found.wires:
        yield TEXTS["wires"][language]
        yield from (f"    {_wire(each, found, language)}" for each in found.wires)
    for kind in ("settings", "variables", "flow"):
        fields: tuple[FieldChange, ...] = getattr(found, kind)
        if fields:
            yield TEXTS[kind][language]
            yield from (f"    {_field(each, language)}" for each in fields)
    if found.moved:
        yield TEXTS["moved"][language].format(names=", ".join(found.names[id][language] for id in found.moved))
    for kind in ("reordered", "drawn"):
        if getattr(found, kind):
            yield TEXTS[kind][language]


def _field(change: FieldChange, language: str) -> str:
    return f"{change.title[language]}: {shown(change.before, language)} → {shown(change.after, language)}"


def _wire(change: WireChange, found: Diff, language: str) -> str:
    def name(id: str | None) -> str:
        return "∅" if id is None else found.names.get(id, {}).get(language, id)

    return f"{name(change.source)} [{change.port}]: {name(change.before)} → {name(change.after)}"


def shown(value: Any, language: str) -> str:
    """A value in a line."""
    match value:
        case None:
            return "∅"
        case bool():
            return TEXTS[str(value).lower()][language]
        case str():
            text = f"“{' '.join(value.split())}”"
        case {"amount": amount, "unit": unit} if len(value) == 2:
            text = f"{amount} {unit}"
        case _:
            text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"
