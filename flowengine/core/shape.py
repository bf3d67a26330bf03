"""F0xx: whether a document has the shape of a flow: schema, ids, wires, ports."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from flowengine.core.findings import Finding, Words, finding
from flowengine.core.naming import called
from flowengine.core.ports import Declaration, ports_of
from flowengine.core.schema import FlowSchema, SchemaError
from flowengine.core.size import too_big
from flowengine.core.wording import in_words

MOST_ERRORS = 200  # nobody reads more


@dataclass(frozen=True, slots=True)
class Shape:
    """What is wrong with a document's shape.

    `walkable`: nodes, wires and ports can be relied on nevertheless, so that the other checks may go on;
    `broken` are the ids of nodes whose params cannot.
    """

    findings: tuple[Finding, ...]
    walkable: bool
    broken: frozenset[str] = frozenset()


def examine(document: Any, schema: FlowSchema) -> Shape:
    """Everything the interpreter could not stand on; no findings for a flow that it can walk."""
    big = too_big(document)
    if big is not None:
        return Shape((big,), walkable=False)
    errors = []
    for error in schema.errors(document):
        errors.append(error)
        if len(errors) == MOST_ERRORS:
            break
    findings = [in_words(error, document, schema) for error in errors]
    if len(errors) == MOST_ERRORS or not all(_is_local(error) for error in errors):  # who is broken is not known
        return Shape(tuple(findings), walkable=False)
    graph = list(islice(_graph(document, schema), MOST_ERRORS))
    broken = frozenset(document["nodes"][e.path[1]]["id"] for e in errors if e.path[0] == "nodes")
    return Shape((*findings, *graph), walkable=not graph, broken=broken)


def label_of(node: Mapping[str, Any]) -> str:
    """What people call a node of a document."""
    label = node.get("label")
    return label if isinstance(label, str) and label else str(node.get("id", ""))


def _is_local(error: SchemaError) -> bool:
    """Whether the graph can be relied on in spite of this error: it is within params, settings or words."""
    match error.path:
        case ("nodes", int(), "params", _, *_) | ("settings", _, *_):
            return True
        case ("nodes", int(), "params") | ("settings",):
            return error.keyword in ("required", "additionalProperties", "minProperties")
        case ("nodes", int(), "label" | "position", *_):
            return True
        case ("key" | "name" | "description" | "language" | "notes" | "frames", *_):
            return True
    return False


def _graph(document: Mapping[str, Any], schema: FlowSchema) -> Iterator[Finding]:
    """Ids, ports and wires; the lists of nodes and edges are known to be well formed."""
    nodes: dict[str, Mapping[str, Any]] = {}
    ports: dict[str, Collection[str]] = {}
    fixed = {name: _fixed_ports(about["x-ports"]) for name, about in schema.nodes.items()}
    for place, node in enumerate(document["nodes"]):
        if node["id"] in nodes:
            yield finding("F004", node=node["id"], pointer=f"/nodes/{place}/id", id=node["id"])
            continue
        nodes[node["id"]] = node
        ports[node["id"]] = mine = fixed[node["type"]] or [p.id for p in ports_of(*_declared(node, schema))]
        for port in {port for port in mine if mine.count(port) > 1} if len(set(mine)) < len(mine) else ():
            label = _called(node, schema)
            yield finding("F008", node=node["id"], pointer=f"/nodes/{place}/params", port=port, label=label)
    yield from _wires(document["edges"], nodes, ports, schema)
    declared: set[str] = set()
    for place, variable in enumerate(document.get("variables", ())):
        name = variable["name"]
        if name in declared:
            yield finding("F009", pointer=f"/variables/{place}/name", name=name)
        declared.add(name)


def _fixed_ports(declaration: Declaration) -> tuple[str, ...]:
    """The ports of a type whose ports are the same whatever its params; () where they are not, or where it has none."""
    return () if isinstance(declaration, Mapping) else tuple(port["id"] for port in declaration)


def _declared(node: Mapping[str, Any], schema: FlowSchema) -> tuple[Declaration, Mapping[str, Any]]:
    return schema.nodes[node["type"]]["x-ports"], node["params"]


def _called(node: Mapping[str, Any], schema: FlowSchema) -> Words:
    return called(node.get("label"), schema.nodes[node["type"]], node["id"])


def _wires(
    edges: Sequence[Mapping[str, Any]],
    nodes: Mapping[str, Mapping[str, Any]],
    ports: Mapping[str, Collection[str]],
    schema: FlowSchema,
) -> Iterator[Finding]:
    taken: set[tuple[str, str]] = set()
    for place, edge in enumerate(edges):
        source, port, target = edge["source"], edge["port"], edge["target"]
        wire, pointer = (source, port), f"/edges/{place}"
        if source in nodes and target in nodes and port in ports[source] and wire not in taken:
            taken.add(wire)
            continue
        remove = {"kind": "removeEdge", "source": source, "port": port, "target": target}
        if source not in nodes:
            yield finding("F005", text="F005.source", edge=wire, pointer=pointer, fix=remove, source=source)
            continue
        label = _called(nodes[source], schema)
        if target not in nodes:
            yield finding(
                "F005", node=source, edge=wire, pointer=pointer, fix=remove, source=label, port=port, target=target
            )
        if port not in ports[source]:
            yield finding("F006", node=source, edge=wire, pointer=pointer, fix=remove, port=port, label=label)
        if wire in taken:
            yield finding("F007", node=source, edge=wire, pointer=pointer, fix=remove, port=port, label=label)
        taken.add(wire)
