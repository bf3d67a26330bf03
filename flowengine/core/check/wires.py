"""F102 required ports without a wire, F010 ways into a beginning, F005 nodes named that there are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from flowengine.core.check.subject import Subject
from flowengine.core.finding import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.steps import Port


def wire_findings(subject: Subject) -> Iterator[Finding]:
    """Open ports in the order they are drawn, then wires that enter where they may not."""
    for node in subject.flow.nodes:
        for port in subject.ports[node.id]:
            if port.unwired == "required" and (node.id, port.id) not in subject.wires:
                yield finding(
                    "F102",
                    node=node.id,
                    edge=(node.id, port.id),
                    fix=_connect(subject, node, port),
                    port=subject.port_called(node, port.id),
                    label=subject.called(node),
                )
    beginnings = set(subject.triggers)
    for place, edge in enumerate(subject.flow.edges):
        if edge.target in beginnings:
            yield finding(
                "F010",
                node=edge.target,
                edge=(edge.source, edge.port),
                pointer=f"/edges/{place}",
                fix={"kind": "removeEdge", "source": edge.source, "port": edge.port, "target": edge.target},
                label=subject.called(subject.nodes[edge.target]),
            )
    yield from _named_nodes(subject, beginnings)


def _named_nodes(subject: Subject, beginnings: Collection[str]) -> Iterator[Finding]:
    """Nodes that params name instead of wires: they must be there, and a jump may not end at a beginning."""
    for node in subject.sound_nodes():
        for named in subject.marked(node, "x-ref", "node"):
            pointer = subject.pointer(node, named.path)
            if named.value not in subject.nodes:
                yield finding(
                    "F005",
                    text="F005.named",
                    node=node.id,
                    pointer=pointer,
                    label=subject.called(node),
                    field=named.title(),
                    target=named.value,
                )
            elif named.value in beginnings and subject.types[node.type].does("jumps"):
                yield finding("F010", node=node.id, pointer=pointer, label=subject.called(subject.nodes[named.value]))


def _connect(subject: Subject, node: Node, port: Port) -> Mapping[str, Any] | None:
    """To the first node that nothing leads to yet, else to the first one where people help."""
    beginnings = set(subject.triggers)
    free = [n.id for n in subject.flow.nodes if not subject.graph.in_degree(n.id) and n.id not in beginnings]
    people = [n.id for n in subject.flow.nodes if subject.types[n.type].schema.get("x-group") == "handoff"]
    targets = [target for target in (*free, *people) if target != node.id]
    return {"kind": "connect", "source": node.id, "port": port.id, "target": targets[0]} if targets else None
