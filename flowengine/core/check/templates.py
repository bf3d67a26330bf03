"""F020 templates that cannot be read, F021 names in them that nothing defines."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.core.check.names import Names
from flowengine.core.check.subject import Subject
from flowengine.core.errors import BadTemplate
from flowengine.core.finding import Finding, finding
from flowengine.core.text import compile_template


def template_findings(subject: Subject) -> Iterator[Finding]:
    """In the order of the document; a name is complained of once a text."""
    names = Names.of(subject)
    for node in subject.sound_nodes():
        for text in subject.marked(node, "format", "template"):
            pointer = subject.pointer(node, text.path)
            try:
                template = compile_template(text.value)
            except BadTemplate as mistake:
                yield finding(
                    "F020",
                    node=node.id,
                    pointer=pointer,
                    label=subject.called(node),
                    field=text.title(),
                    why=mistake.words,
                )
                continue
            for path in sorted(template.reads):
                if not names.knows(path):
                    yield finding(
                        "F021",
                        node=node.id,
                        pointer=pointer,
                        label=subject.called(node),
                        field=text.title(),
                        what=".".join(path),
                    )
