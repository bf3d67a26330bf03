"""F020 templates that cannot be read, F021 names in them that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding


def template_findings(subject: Subject, names: Names) -> Iterator[Finding]:
    """In the order of the document; a name is complained of once a node."""
    for node in subject.flow.nodes:
        facts = subject.facts[node.id]
        for text, why in facts.bad_texts:
            yield finding(
                "F020",
                node=node.id,
                pointer=subject.pointer(node, text.path),
                label=subject.called(node),
                field=text.title(),
                why=why,
            )
        told = set()
        for use in facts.uses:
            if use.by == "template" and use.path not in told and not names.knows(use.path):
                told.add(use.path)
                yield finding(
                    "F021",
                    node=node.id,
                    pointer=subject.pointer(node, use.field.path),
                    label=subject.called(node),
                    field=use.field.title(),
                    what=".".join(use.path),
                )
