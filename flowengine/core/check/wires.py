"""F102 required ports without a wire, F010 wires into a beginning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flowengine.core.check.subject import Subject
from flowengine.core.finding import Finding, Words, finding
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
                    port=_port_title(subject, node, port),
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


def _connect(subject: Subject, node: Node, port: Port) -> Mapping[str, Any] | None:
    """To the first node that nothing leads to yet, else to the first one where people help."""
    beginnings = set(subject.triggers)
    free = [n.id for n in subject.flow.nodes if not subject.graph.in_degree(n.id) and n.id not in beginnings]
    people = [n.id for n in subject.flow.nodes if subject.types[n.type].schema.get("x-group") == "handoff"]
    targets = [target for target in (*free, *people) if target != node.id]
    return {"kind": "connect", "source": node.id, "port": port.id, "target": targets[0]} if targets else None


def _port_title(subject: Subject, node: Node, port: Port) -> Words:
    """A port that the type declares has a title in each language; one of an option has the author's."""
    declared = subject.types[node.type].schema["x-ports"]
    fixed = declared.get("and", ()) if isinstance(declared, Mapping) else declared
    for one in fixed:
        if one["id"] == port.id:
            return {"en": one["title"], "pt-BR": one.get("x-i18n", {}).get("pt-BR", {}).get("title", one["title"])}
    return port.title
