"""F101 nodes that no trigger reaches, F103 no trigger at all."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding


def reach_findings(subject: Subject) -> Iterator[Finding]:
    """Without a trigger one finding says it all."""
    if not subject.triggers:
        yield finding("F103")
        return
    reached = {*subject.triggers, *subject.summoned}
    to_see = list(reached)
    while to_see:
        new = set(subject.graph.successors(to_see.pop())) - reached
        reached |= new
        to_see += new
    for node in subject.flow.nodes:
        if node.id not in reached:
            yield finding("F101", node=node.id, label=subject.called(node))
