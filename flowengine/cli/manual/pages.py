"""What the pages of the manual hold, as plain values in one language, from schemas and catalogues alone."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from flowengine.cli.drawing.cards import cards_of
from flowengine.cli.drawing.layout import placed
from flowengine.cli.drawing.summary import in_language
from flowengine.cli.drawing.svg import svg_of
from flowengine.cli.manual.params import rows_of
from flowengine.core.findings.texts import TEXTS
from flowengine.core.schema import FlowSchema

Page = dict[str, Any]
Definitions = Mapping[str, Any]


def groups(schema: FlowSchema, definitions: Definitions, language: str) -> list[Page]:
    """The palette: groups in its order, the types of each by their titles."""
    shown = []
    for group in definitions["x-groups"]:
        types = [about_type(name, schema, definitions, language) for name in schema.nodes]
        mine = sorted((each for each in types if each["group"] == group["id"]), key=lambda each: each["title"])
        shown.append({"id": group["id"], "title": in_language(group, "title", language), "types": mine})
    return [group for group in shown if group["types"]]


def about_type(name: str, schema: FlowSchema, definitions: Definitions, language: str) -> Page:
    """A node type in a list."""
    about = schema.nodes[name]
    return {
        "name": name,
        "title": in_language(about, "title", language),
        "description": in_language(about, "description", language) or "",
        "group": about.get("x-group", ""),
        "tile": about.get("x-tile", "square"),
    }


def type_page(name: str, schema: FlowSchema, definitions: Definitions, language: str) -> Page:
    """Everything that a node type's schema says."""
    about = schema.nodes[name]
    kinds = about.get("x-flow-kinds") or about.get("x-kinds") or schema.document["properties"]["kind"]["enum"]
    return {
        **about_type(name, schema, definitions, language),
        "kinds": [_kind(kind, schema, language) for kind in kinds],
        "version": about.get("x-version", 1),
        "entry": about.get("x-entry", True),
        "does": list(about.get("x-does", ())),
        "effects": list(about.get("x-effects", ())),
        "ports": _ports(about, schema, definitions, language),
        "rows": rows_of(about, schema, language),
        "examples": [
            {
                "json": json.dumps(example, ensure_ascii=False, indent=2),
                "card": _card(name, example, schema, definitions, language),
            }
            for example in about.get("examples", ())
        ],
    }


def settings_page(schema: FlowSchema, language: str) -> list[Page]:
    """The settings of each kind of flow."""
    return [
        {
            "kind": kind,
            "title": _kind(kind, schema, language),
            "rows": rows_of(schema.document["$defs"][f"{kind}_settings"], schema, language),
        }
        for kind in schema.document["properties"]["kind"]["enum"]
    ]


def conditions_page(definitions: Definitions, language: str) -> Page:
    """What can be compared, and how."""
    return {
        "operands": [
            {**_named(each, language), "type": each["type"], "names": each.get("x-ref", "")}
            for each in definitions["x-operands"]
        ],
        "operators": [
            {**_named(each, language), "types": each["types"], "right": each["right"]}
            for each in definitions["x-operators"]
        ],
    }


def texts_page(definitions: Definitions, language: str) -> list[Page]:
    """Filters: what each does, and what comes of an example."""
    return [
        {
            **_named(each, language),
            "group": each.get("group", ""),
            "example": each.get("example", ""),
            "shows": each.get("shows", {}).get(language, ""),
        }
        for each in definitions.get("x-filters", ())
    ]


def events_page(schema: FlowSchema, definitions: Definitions, language: str) -> list[Page]:
    """The catalogue of events: what each starts, whether it can be waited for, what it brings along."""
    return [
        {
            **_named(each, language),
            "kinds": [_kind(kind, schema, language) for kind in each.get("kinds", ())],
            "awaited": bool(each.get("awaited")),
            "data": [_named(part, language) for part in each.get("data", ())],
        }
        for each in definitions.get("x-events", ())
    ]


def findings_page(language: str) -> list[Page]:
    """The sentences of the checker by their codes; what stands in braces is filled in."""
    codes: dict[str, Page] = {}
    for text, entry in sorted(TEXTS.items()):
        code = text.partition(".")[0]
        page = codes.setdefault(code, {"code": code, "severities": set(), "sentences": []})
        page["severities"].add(entry.get("severity", "error"))
        page["sentences"].append(entry[language])
    return [{**page, "severities": sorted(page["severities"])} for page in codes.values()]


def _ports(about: Mapping[str, Any], schema: FlowSchema, definitions: Definitions, language: str) -> list[Page]:
    declared = about.get("x-ports", ())
    fates = {each["id"]: in_language(each, "title", language) for each in definitions["x-unwired"]}
    fixed = declared.get("and", ()) if isinstance(declared, Mapping) else declared
    ports = []
    if isinstance(declared, Mapping):
        items = declared["each"].strip("/").split("/")[0]
        of = rows_of({"properties": {items: about["properties"][items]}}, schema, language)[0]
        fate = declared.get("unwired", "required")
        ports.append({"id": "", "each": of.title, "title": of.title, "unwired": fate, "fate": fates.get(fate, fate)})
    for port in fixed:
        fate = port.get("unwired", "required")
        own = _with_titles(str(in_language(port, "fate", language) or ""), about, schema, language)
        title = in_language(port, "title", language) or port["id"]
        ports.append(
            {"id": port["id"], "each": "", "title": title, "unwired": fate, "fate": own or fates.get(fate, fate)}
        )
    return ports


def _with_titles(text: str, about: Mapping[str, Any], schema: FlowSchema, language: str) -> str:
    """A text about a node's params in general: their titles stand for them."""

    def title(found: re.Match[str]) -> str:
        name, _, words = found[1].partition("|")
        part = schema.resolve(about.get("properties", {}).get(name, {}))
        return words.rpartition("|")[2] or f"“{in_language(part, 'title', language) or name}”"

    return re.sub(r"\{([^{}]+)\}", title, text)


def _card(name: str, params: Any, schema: FlowSchema, definitions: Definitions, language: str) -> str:
    """The node as it stands on the canvas, alone; in base 64, so that its styles stay its own."""
    document = {"name": name, "settings": {}, "nodes": [{"id": "a", "type": name, "params": params}], "edges": []}
    drawn = svg_of(document, placed(cards_of(document, schema, definitions, language), ()), margin=16)
    return b64encode(drawn.encode()).decode()


def _named(each: Mapping[str, Any], language: str) -> Page:
    return {"id": each["id"], "title": in_language(each, "title", language) or each["id"]}


def _kind(kind: str, schema: FlowSchema, language: str) -> str:
    about = schema.document["properties"]["kind"]
    titles = {**about.get("x-enum", {}), **about.get("x-i18n", {}).get(language, {}).get("enum", {})}
    return str(titles.get(kind, kind))
