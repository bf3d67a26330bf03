"""F022 conditions and patterns that cannot be judged, F023 names in them that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.finding import Finding, finding

NAMED_BY_THE_FLOW = ("vars", "answers")  # the other operands are in the catalogue: F022 says what is not


def condition_findings(subject: Subject, names: Names) -> Iterator[Finding]:
    """In the order of the document."""
    for node in subject.flow.nodes:
        facts = subject.facts[node.id]
        for path, why in facts.bad_conditions:
            yield finding(
                "F022", node=node.id, pointer=subject.pointer(node, path), label=subject.called(node), why=why
            )
        for use in facts.uses:
            if use.by == "condition" and use.path[0] in NAMED_BY_THE_FLOW and not names.knows(use.path):
                pointer = subject.pointer(node, use.field.path)
                what = ".".join(use.path)
                yield finding("F023", node=node.id, pointer=pointer, label=subject.called(node), what=what)
