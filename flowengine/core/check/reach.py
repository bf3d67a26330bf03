"""F101 nodes that no trigger reaches, F103 no trigger at all."""

from __future__ import annotations

from collections.abc import Iterator

import networkx as nx

from flowengine.core.check.subject import Subject
from flowengine.core.finding import Finding, finding


def reach_findings(subject: Subject) -> Iterator[Finding]:
    """Without a trigger one finding says it all."""
    if not subject.triggers:
        yield finding("F103")
        return
    reached = set(subject.triggers)
    for trigger in subject.triggers:
        reached |= nx.descendants(subject.graph, trigger)
    for node in subject.flow.nodes:
        if node.id not in reached:
            yield finding("F101", node=node.id, label=subject.called(node))
