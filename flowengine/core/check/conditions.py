"""F022 conditions that cannot be judged, F023 names in them that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.conditions import comparisons_in, compile_condition
from flowengine.core.errors import BadCondition, BadTemplate
from flowengine.core.finding import Finding, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked


def condition_findings(subject: Subject) -> Iterator[Finding]:
    """Conditions first, then patterns and whatever else a node type compiles by itself."""
    names = Names.of(subject)
    for node in subject.sound_nodes():
        found = [
            f for condition in subject.marked(node, "x-widget", "condition") for f in _judge(subject, node, condition)
        ]
        yield from found
        if not found:
            yield from _read(subject, node)
        for condition in subject.marked(node, "x-widget", "condition"):
            yield from _unknown(subject, node, condition, names)


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


def _unknown(subject: Subject, node: Node, condition: Marked, names: Names) -> Iterator[Finding]:
    for test in comparisons_in(condition.value):
        root, _, rest = test["left"].partition(".")
        if root in ("vars", "answers") and not names.knows((root, rest)):
            pointer = subject.pointer(node, condition.path)
            yield finding("F023", node=node.id, pointer=pointer, label=subject.called(node), what=test["left"])
