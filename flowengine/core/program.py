"""A compiled flow: types, params, ports and wires resolved once per version, then only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.errors import FlowError
from flowengine.core.flow import Flow, Node
from flowengine.core.steps import NodeType, NodeTypes, Port


@dataclass(frozen=True, slots=True)
class Place:
    """A node with everything the walk needs resolved: its type, its params, its ways out, where its wires lead.

    `mistake` is what was wrong with its params: raised when the walk comes here, so that the rest of the flow works.
    """

    node: Node
    params: Any
    mistake: FlowError | None
    enter: Any
    resume: Any
    ports: Mapping[str, Port]
    wires: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled flow: made once per version and process, then only read."""

    flow: Flow
    places: Mapping[str, Place]
    initial: Mapping[str, Any]


def compile_flow(flow: Flow, types: NodeTypes) -> Program:
    """Resolve types, ports and wires. The flow has been read, so every type is known and every wire leads somewhere."""
    wires: dict[str, dict[str, str]] = {node.id: {} for node in flow.nodes}
    for edge in flow.edges:
        wires[edge.source][edge.port] = edge.target
    places = {}
    for node in flow.nodes:
        kind = types[node.type]
        ports = {port.id: port for port in kind.ports(node.params)}
        params, mistake = _read_params(kind, node)
        places[node.id] = Place(node, params, mistake, kind.enter, kind.resume, ports, wires[node.id])
    initial = {variable["name"]: variable.get("default") for variable in flow.variables}
    return Program(flow, places, initial)


def _read_params(kind: NodeType, node: Node) -> tuple[Any, FlowError | None]:
    try:
        return kind.read(node.params), None
    except FlowError as mistake:
        return None, mistake
