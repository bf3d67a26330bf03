"""A compiled flow: types, params, ports and wires resolved once per version, then only read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from flowengine.core.errors import FlowError
from flowengine.core.exits import Exit, exits_of
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
    wired: frozenset[str]
    asks: bool = False
    awaits: Mapping[str, Any] = field(default_factory=dict)
    renew: Any = None


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled flow: made once per version and process, then only read.

    `inputs` and `outputs` are the variables that a calling flow gives and gets. `called_at` is where a sub-flow begins.
    `watched` are nodes whose passing a look-back counts from; `keeps`: some question hears what was said before it.
    """

    flow: Flow
    places: Mapping[str, Place]
    initial: Mapping[str, Any]
    inputs: frozenset[str] = frozenset()
    outputs: frozenset[str] = frozenset()
    called_at: str = ""
    exits: tuple[Exit, ...] = ()
    watched: frozenset[str] = frozenset()
    keeps: bool = False


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
        places[node.id] = Place(
            node=node,
            params=params,
            mistake=mistake,
            enter=kind.enter,
            resume=kind.resume,
            ports=ports,
            wires=wires[node.id],
            wired=frozenset(wires[node.id]),
            asks=kind.does("asks"),
            awaits=kind.awaits(node.params),
            renew=kind.renew,
        )
    declared = flow.variables
    return Program(
        flow=flow,
        places=places,
        initial={variable["name"]: variable.get("default") for variable in declared},
        inputs=frozenset(variable["name"] for variable in declared if variable.get("input")),
        outputs=frozenset(variable["name"] for variable in declared if variable.get("output")),
        called_at=_called_at(flow),
        exits=exits_of(flow.settings),
        watched=_watched(places),
        keeps=any(getattr(getattr(place.params, "asking", None), "early_answers", False) for place in places.values()),
    )


def _watched(places: Mapping[str, Place]) -> frozenset[str]:
    """The nodes that look-backs count from, and those that look back: what they have found counts once."""
    looking = {id: place.params for id, place in places.items() if getattr(place.params, "lookback", "now") != "now"}
    return frozenset(looking) | {params.since_node for params in looking.values() if params.since_node is not None}


def _called_at(flow: Flow) -> str:
    """Where the flow begins for another flow: its manual trigger, else its first."""
    triggers = [node for node in flow.nodes if node.type == "trigger"]
    manual = [node for node in triggers if node.params.get("event") == "manual"]
    return next((node.id for node in (*manual, *triggers)), "")


def _read_params(kind: NodeType, node: Node) -> tuple[Any, FlowError | None]:
    try:
        return kind.read(node.params), None
    except FlowError as mistake:
        return None, mistake
