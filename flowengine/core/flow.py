"""A flow as a value: reading a document, writing it canonically, and its hash."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson
from msgspec import Struct

from flowengine.core.errors import FlowEngineError, InvalidFlow
from flowengine.core.schema import FlowSchema
from flowengine.core.shape import examine, label_of
from flowengine.core.upgrade import upgraded


class Node(Struct, frozen=True, gc=False):  # there may be thousands, and JSON has no circles to be collected
    """A step of a flow. `name` is what people call it, or its id where they did not name it."""

    id: str
    type: str
    params: Mapping[str, Any] = {}
    name: str = ""


class Edge(Struct, frozen=True, gc=False):  # likewise
    """A wire from a port to a node."""

    source: str
    port: str
    target: str


@dataclass(frozen=True, slots=True)
class Flow:
    """What the interpreter walks: a document without what only the canvas needs."""

    key: str
    name: str
    kind: str = "chatbot"
    language: str = "pt-BR"
    settings: Mapping[str, Any] = field(default_factory=dict)
    variables: tuple[Mapping[str, Any], ...] = ()
    nodes: tuple[Node, ...] = ()
    edges: tuple[Edge, ...] = ()


def read_flow(document: Any, schema: FlowSchema) -> Flow:
    """The flow a document describes, older formats upgraded; raises InvalidFlow with findings that say what to mend."""
    document = upgraded(document, schema)
    shape = examine(document, schema)
    if shape.findings:
        raise InvalidFlow(shape.findings)
    return flow_of(document)


def flow_of(document: Mapping[str, Any]) -> Flow:
    """The same for a document that has been proved to be one, or at least to have sound nodes and wires."""
    return Flow(
        key=document["key"],
        name=document["name"],
        kind=document["kind"],
        language=document.get("language", "pt-BR"),
        settings=document["settings"],
        variables=tuple(document.get("variables", ())),
        nodes=tuple(Node(n["id"], n["type"], n["params"], label_of(n)) for n in document["nodes"]),
        edges=tuple(Edge(e["source"], e["port"], e["target"]) for e in document["edges"]),
    )


# The order in which a person reads a document; keys that are not here follow by name.
_READING_ORDER = (
    *("format", "format_version", "kind", "key", "name", "description", "language", "settings", "variables"),
    *("nodes", "edges", "notes", "frames"),
    *("id", "type", "label", "params", "position", "source", "port", "target"),
)
_RANK = {key: rank for rank, key in enumerate(_READING_ORDER)}


def canonical(document: Mapping[str, Any]) -> bytes:
    """The one way to write a document: saving without a change gives no difference.

    Nodes keep their order, since among equal triggers the first wins; wires follow the order of their nodes.
    """
    order = {node["id"]: place for place, node in enumerate(document["nodes"])}
    edges = sorted(document["edges"], key=lambda e: (order.get(e["source"], len(order)), e["port"], e["target"]))
    ordered = _sorted({**document, "edges": edges}, inside_params=False)
    return orjson.dumps(ordered, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def content_hash(document: Mapping[str, Any]) -> str:
    """SHA-256 of what the flow does: two versions that behave the same have the same hash, however they are drawn."""
    behaviour = {key: value for key, value in document.items() if key not in ("notes", "frames")}
    behaviour["nodes"] = [
        {key: value for key, value in node.items() if key != "position"} for node in document["nodes"]
    ]
    return hashlib.sha256(canonical(behaviour)).hexdigest()


def draft_hash(document: Mapping[str, Any]) -> str:
    """The content hash; for a draft that is no flow yet, a hash of it as it stands.

    Raises orjson.JSONEncodeError for one that is nested more deeply than can be written.
    """
    try:
        return content_hash(document)
    except (KeyError, TypeError, AttributeError, ValueError, RecursionError, FlowEngineError):
        return hashlib.sha256(orjson.dumps(document, option=orjson.OPT_SORT_KEYS)).hexdigest()


def _sorted(value: Any, *, inside_params: bool) -> Any:
    if isinstance(value, list):
        return [_sorted(item, inside_params=inside_params) for item in value]
    if not isinstance(value, Mapping):
        return value
    keys = sorted(value) if inside_params else sorted(value, key=lambda key: (_RANK.get(key, len(_RANK)), key))
    return {key: _sorted(value[key], inside_params=inside_params or key in ("params", "settings")) for key in keys}
