"""F022 conditions that cannot be judged, F023 names in them that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.check.uses import UsesByNode
from flowengine.core.conditions import compile_condition
from flowengine.core.errors import BadCondition, BadTemplate
from flowengine.core.finding import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked

NAMED_BY_THE_FLOW = ("vars", "answers")  # the other operands are in the catalogue: F022 says what is not


def condition_findings(subject: Subject, uses: UsesByNode, names: Names) -> Iterator[Finding]:
    """Conditions first, then patterns and whatever else a node type compiles by itself."""
    for node in subject.sound_nodes():
        found = [
            f for condition in subject.marked(node, "x-widget", "condition") for f in _judge(subject, node, condition)
        ]
        yield from found
        if not found:
            yield from _read(subject, node)
        for use in uses[node.id]:
            if use.by == "condition" and use.path[0] in NAMED_BY_THE_FLOW and not names.knows(use.path):
                pointer = subject.pointer(node, use.field.path)
                yield finding(
                    "F023", node=node.id, pointer=pointer, label=subject.called(node), what=".".join(use.path)
                )


def _judge(subject: Subject, node: Node, condition: Marked) -> Iterator[Finding]:
    try:
        compile_condition(condition.value)
    except (BadCondition, BadTemplate) as mistake:
        pointer = subject.pointer(node, condition.path)
        yield finding("F022", node=node.id, pointer=pointer, label=subject.called(node), why=mistake.words)


def _read(subject: Subject, node: Node) -> Iterator[Finding]:
    try:
        subject.types[node.type].read(node.params)
    except BadCondition as mistake:
        yield finding(
            "F022", node=node.id, pointer=subject.pointer(node), label=subject.called(node), why=mistake.words
        )
    except BadTemplate:
        return  # its own family says so, at the field
