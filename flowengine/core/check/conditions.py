"""F022 conditions and patterns that cannot be judged, F023 names in them that nothing defines, F024 other params."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.check.uses import Use
from flowengine.core.findings import Finding, finding

NAMED_BY_THE_FLOW = ("vars", "answers")
HAPPENED = "contact.happened:"


def condition_findings(subject: Subject, names: Names) -> Iterator[Finding]:
    """In the order of the document; a name is complained of once a node."""
    for node in subject.flow.nodes:
        facts = subject.facts[node.id]
        for path, why in facts.bad_conditions:
            yield finding(
                "F022", node=node.id, pointer=subject.pointer(node, path), label=subject.called(node), why=why
            )
        if facts.bad_params is not None:
            pointer, label = subject.pointer(node), subject.called(node)
            yield finding("F024", node=node.id, pointer=pointer, label=label, why=facts.bad_params)
        told = set()
        for use in facts.uses:
            if use.by == "condition" and use.path not in told and _is_unknown(subject, use, names):
                told.add(use.path)
                pointer = subject.pointer(node, use.field.path)
                what = ".".join(use.path)
                yield finding("F023", node=node.id, pointer=pointer, label=subject.called(node), what=what)


def _is_unknown(subject: Subject, use: Use, names: Names) -> bool:
    """Of the other operands the catalogue tells, but for the events of `contact.happened:`, which are data."""
    event = ".".join(use.path).removeprefix(HAPPENED)
    if event != ".".join(use.path):
        return event not in subject.schema.events
    return use.path[0] in NAMED_BY_THE_FLOW and not names.knows(use.path)
