"""What each node looks at: the names in its templates and conditions, and whether it minds that they may be empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from flowengine.core.check.knowing import NOTHING, known_if, looks
from flowengine.core.check.subject import Subject
from flowengine.core.errors import BadTemplate
from flowengine.core.flow import Node
from flowengine.core.marks import Marked, PathPart
from flowengine.core.template_syntax import Path
from flowengine.core.text import Template, compile_template


@dataclass(frozen=True, slots=True)
class Use:
    """A name that a node looks at. `guarded`: the author has said what happens where it has no value."""

    path: Path
    field: Marked
    guarded: bool
    by: Literal["template", "condition"]

    @property
    def fact(self) -> str:
        """The variable or answer it stands on ("vars.total"), "" for what comes from elsewhere."""
        return fact_of(self.path)


UsesByNode = Mapping[str, tuple[Use, ...]]  # of the nodes whose params are sound


def fact_of(path: Path) -> str:
    """("vars", "total", "part") → "vars.total"; "" for a name that no node gives."""
    return f"{path[0]}.{path[1]}" if len(path) > 1 and path[0] in ("vars", "answers") else ""


def uses_of(subject: Subject, node: Node) -> Iterator[Use]:
    """In the order of the schema, templates before conditions."""
    sets = {variable.path[:-1]: variable.value for variable in subject.marked(node, "x-widget", "variable")}
    given: set[str] = set()  # by earlier items of a list of assignments
    last: tuple[PathPart, ...] = ()
    for text, template in templates_of(subject, node):
        if text.path[:-1] != last:
            if last in sets:
                given.add(f"vars.{sets[last]}")
            last = text.path[:-1]
        for path in sorted(template.reads):
            guarded = path not in template.unguarded or fact_of(path) in given
            yield Use(path, text, guarded, "template")
    known: frozenset[str] = NOTHING
    for condition in subject.marked(node, "x-widget", "condition"):
        for look in looks(condition.value, known):
            yield Use(look.path, condition, look.guarded, "condition")
        if branch_of(node, condition):  # the next branch is judged where this one does not hold
            known |= known_if(condition.value, holds=False)


def templates_of(subject: Subject, node: Node) -> Iterator[tuple[Marked, Template]]:
    """The texts of a node that can be read as templates."""
    for text in subject.marked(node, "format", "template"):
        if isinstance(text.value, str) and "{" in text.value:
            try:
                yield text, compile_template(text.value)
            except BadTemplate:
                continue  # F020 says so


def branch_of(node: Node, condition: Marked) -> str:
    """The port that is taken where this condition holds; "" for a condition that is no branch."""
    match condition.path:
        case (str() as branches, int() as place, _):
            branch = node.params[branches][place]
            return str(branch.get("id", "")) if isinstance(branch, Mapping) else ""
    return ""
