"""F102 required ports without a wire, F010 ways into a beginning, F005 nodes named that there are not."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding


def wire_findings(subject: Subject) -> Iterator[Finding]:
    """Open ports in the order they are drawn, then wires that enter where they may not."""
    for node in subject.flow.nodes:
        judged = node.id not in subject.broken and subject.is_branching(node)  # of `else` F131 speaks
        for port in subject.ports[node.id]:
            if port.id == "else" and judged:
                continue
            if port.unwired == "required" and (node.id, port.id) not in subject.wires:
                yield finding(
                    "F102",
                    node=node.id,
                    edge=(node.id, port.id),
                    fix=subject.connection(node, port),
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
    for named in subject.settings_marked("x-ref", "node"):
        if named.value not in subject.nodes:
            pointer = "/".join(["/settings", *map(str, named.path)])
            label = subject.flow.name
            yield finding(
                "F005", text="F005.named", pointer=pointer, label=label, field=named.title(), target=str(named.value)
            )
    for node in subject.flow.nodes:
        for named in subject.facts[node.id].nodes:
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
