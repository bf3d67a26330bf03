"""What the families of the checker look at: a flow with its ports and wires at hand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, Self

from msgspec.structs import replace

from flowengine.core.check.facts import Facts, facts_of
from flowengine.core.check.graphs import DiGraph, directed
from flowengine.core.check.local import JUMP
from flowengine.core.findings import Words
from flowengine.core.flow import Flow, Node
from flowengine.core.marks import Marked, PathPart, marked
from flowengine.core.naming import called
from flowengine.core.references import Reference
from flowengine.core.schema import FlowSchema
from flowengine.core.steps import NodeTypes, Port

__all__ = ["JUMP", "Subject"]


@dataclass(frozen=True, slots=True)
class Subject:
    """`places` are positions of nodes in the document; `broken` nodes have params that do not fit their schema.

    `wires` are all ways from node to node: jumps are among them, under the port JUMP. `summoned` are the nodes that
    the settings send a run to from wherever it waits (a command, a goal). `facts` are what each node says by itself.
    `triggers` are beginnings: nodes of the types that no wire may enter. `untaken` are where an open port may lead.
    """

    flow: Flow
    schema: FlowSchema
    types: NodeTypes
    broken: frozenset[str]
    nodes: Mapping[str, Node]
    places: Mapping[str, int]
    facts: Mapping[str, Facts]
    ports: Mapping[str, tuple[Port, ...]]
    wires: Mapping[tuple[str, str], str]
    summoned: tuple[str, ...]
    graph: DiGraph[str]
    triggers: tuple[str, ...]
    untaken: tuple[str, ...]

    @classmethod
    def of(cls, flow: Flow, schema: FlowSchema, types: NodeTypes, broken: frozenset[str]) -> Self:
        nodes = {node.id: node for node in flow.nodes}
        facts = {n.id: facts_of(schema, types[n.type], n.params, sound=n.id not in broken) for n in flow.nodes}
        wires = {(edge.source, edge.port): edge.target for edge in flow.edges}
        for id, mine in facts.items():
            if mine.nodes and types[nodes[id].type].does("jumps") and mine.nodes[0].value in nodes:
                wires[id, JUMP] = mine.nodes[0].value
        named = marked(flow.settings, schema.marks(None, "x-ref", "node"))
        triggers = tuple(node.id for node in flow.nodes if types[node.type].schema.get("x-entry") is False)
        graph: DiGraph[str] = directed()
        graph.add_nodes_from(nodes)
        graph.add_edges_from((source, target) for (source, _), target in wires.items())
        return cls(
            flow=flow,
            schema=schema,
            types=types,
            broken=broken,
            nodes=nodes,
            places={id: place for place, id in enumerate(nodes)},
            facts=facts,
            ports={id: mine.ports for id, mine in facts.items()},
            wires=wires,
            summoned=tuple(found.value for found in named if found.value in nodes),
            graph=graph,
            triggers=triggers,
            untaken=_untaken(flow, types, {*wires.values(), *triggers}),
        )

    def begins(self, node: Node) -> bool:
        """Whether runs begin at this node."""
        return self.types[node.type].schema.get("x-entry") is False

    def handed_over_at(self) -> Collection[str]:
        """The beginnings at which inputs are given: those that are started by hand, else the first."""
        by_hand = {id for id in self.triggers if self.nodes[id].params.get("event") == "manual"}
        return by_hand or self.triggers[:1]

    def sound_nodes(self) -> Iterator[Node]:
        """The nodes whose params fit their schema."""
        return (node for node in self.flow.nodes if node.id not in self.broken)

    def called(self, node: Node) -> dict[str, str]:
        """What an author calls this node, in each language."""
        return called("" if node.name == node.id else node.name, self.types[node.type].schema, node.id)

    def pointer(self, node: Node, path: tuple[PathPart, ...] = ()) -> str:
        return "/".join(["", "nodes", str(self.places[node.id]), "params", *map(str, path)])

    def located(self, node: Node, reference: Reference) -> Reference:
        """What a node refers to, with its place in this flow."""
        field = reference.pointer.split("/params", 1)[1]
        return replace(reference, node=node.id, pointer=self.pointer(node) + field)

    def marked(self, node: Node, mark: str, value: str | None = None) -> Iterator[Marked]:
        """The params whose schema carries this mark."""
        return marked(node.params, self.schema.marks(node.type, mark, value))

    def port_called(self, node: Node, port: str) -> Words:
        """A port that the type declares has a title in each language; one of an option has the author's."""
        declared = self.types[node.type].schema["x-ports"]
        fixed = declared.get("and", ()) if isinstance(declared, Mapping) else declared
        for one in fixed:
            if one["id"] == port:
                return {"en": one["title"], "pt-BR": one.get("x-i18n", {}).get("pt-BR", {}).get("title", one["title"])}
        return next((own.title for own in self.ports[node.id] if own.id == port), port)

    def settings_marked(self, mark: str, value: str | None = None) -> Iterator[Marked]:
        """The same of the flow's settings."""
        return marked(self.flow.settings, self.schema.marks(None, mark, value))

    def is_branching(self, node: Node) -> bool:
        """Whether it leaves by the first of some conditions that holds."""
        return bool(self.schema.marks(node.type, "x-widget", "branches"))

    def connection(self, node: Node, port: Port) -> Mapping[str, Any] | None:
        """The fix for an open port: to the first node that nothing leads to yet, else to where people help."""
        target = next((target for target in self.untaken if target != node.id), None)
        return {"kind": "connect", "source": node.id, "port": port.id, "target": target} if target else None


def _untaken(flow: Flow, types: NodeTypes, taken: Collection[str]) -> tuple[str, ...]:
    """The first nodes that nothing leads to, then the first where people help; two are enough to name another one."""
    free = (node.id for node in flow.nodes if node.id not in taken)
    people = (node.id for node in flow.nodes if types[node.type].schema.get("x-group") == "handoff")
    return (*islice(free, 2), *islice(people, 2))
