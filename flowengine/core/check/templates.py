"""F020 templates that cannot be read, F021 names in them that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.check.uses import UsesByNode
from flowengine.core.errors import BadTemplate
from flowengine.core.finding import Finding, finding
from flowengine.core.text import compile_template


def template_findings(subject: Subject, uses: UsesByNode, names: Names) -> Iterator[Finding]:
    """In the order of the document; a name is complained of once a text."""
    for node in subject.sound_nodes():
        for text in subject.marked(node, "format", "template"):
            try:
                compile_template(text.value)
            except BadTemplate as mistake:
                yield finding(
                    "F020",
                    node=node.id,
                    pointer=subject.pointer(node, text.path),
                    label=subject.called(node),
                    field=text.title(),
                    why=mistake.words,
                )
        for use in uses[node.id]:
            if use.by == "template" and not names.knows(use.path):
                yield finding(
                    "F021",
                    node=node.id,
                    pointer=subject.pointer(node, use.field.path),
                    label=subject.called(node),
                    field=use.field.title(),
                    what=".".join(use.path),
                )
