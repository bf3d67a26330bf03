"""What the families of the checker look at: a flow with its ports and wires at hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Self

import networkx as nx

from flowengine.core.flow import Flow, Node
from flowengine.core.marks import Marked, PathPart, marked
from flowengine.core.naming import called
from flowengine.core.schema import FlowSchema
from flowengine.core.steps import NodeTypes, Port


@dataclass(frozen=True, slots=True)
class Subject:
    """`places` are positions of nodes in the document; `broken` nodes have params that do not fit their schema."""

    flow: Flow
    schema: FlowSchema
    types: NodeTypes
    broken: frozenset[str]
    nodes: Mapping[str, Node]
    places: Mapping[str, int]
    ports: Mapping[str, tuple[Port, ...]]
    wires: Mapping[tuple[str, str], str]
    graph: nx.DiGraph[str]

    @classmethod
    def of(cls, flow: Flow, schema: FlowSchema, types: NodeTypes, broken: frozenset[str]) -> Self:
        graph: nx.DiGraph[str] = nx.DiGraph()
        graph.add_nodes_from(node.id for node in flow.nodes)
        graph.add_edges_from((edge.source, edge.target) for edge in flow.edges)
        return cls(
            flow=flow,
            schema=schema,
            types=types,
            broken=broken,
            nodes={node.id: node for node in flow.nodes},
            places={node.id: place for place, node in enumerate(flow.nodes)},
            ports={node.id: types[node.type].ports(node.params) for node in flow.nodes},
            wires={(edge.source, edge.port): edge.target for edge in flow.edges},
            graph=graph,
        )

    @property
    def triggers(self) -> list[str]:
        """Beginnings: nodes of the types that no wire may enter."""
        return [node.id for node in self.flow.nodes if self.types[node.type].schema.get("x-entry") is False]

    def sound_nodes(self) -> Iterator[Node]:
        """The nodes whose params fit their schema."""
        return (node for node in self.flow.nodes if node.id not in self.broken)

    def called(self, node: Node) -> dict[str, str]:
        """What an author calls this node, in each language."""
        return called("" if node.name == node.id else node.name, self.types[node.type].schema, node.id)

    def pointer(self, node: Node, path: tuple[PathPart, ...] = ()) -> str:
        return "/".join(["", "nodes", str(self.places[node.id]), "params", *map(str, path)])

    def marked(self, node: Node, mark: str, value: str | None = None) -> Iterator[Marked]:
        """The params whose schema carries this mark."""
        return marked(node.params, self.schema.marks(node.type, mark, value))
