"""What each node looks at: the names in its templates and conditions, and whether it minds that they may be empty."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from msgspec import Struct

from flowengine.core.check.knowing import NOTHING, known_if, looks
from flowengine.core.check.local import Local, branch_of
from flowengine.core.errors import BadTemplate
from flowengine.core.marks import Marked, PathPart
from flowengine.core.template_syntax import Path
from flowengine.core.text import Template, compile_template


class Use(Struct, frozen=True, gc=False):  # as Marked
    """A name that a node looks at. `guarded`: the author has said what happens where it has no value."""

    path: Path
    field: Marked
    guarded: bool
    by: Literal["template", "condition"]

    @property
    def fact(self) -> str:
        """The variable or answer it stands on ("vars.total"), "" for what comes from elsewhere."""
        return fact_of(self.path)


def fact_of(path: Path) -> str:
    """("vars", "total", "part") → "vars.total"; "" for a name that no node gives."""
    return f"{path[0]}.{path[1]}" if len(path) > 1 and path[0] in ("vars", "answers") else ""


def uses_of(node: Local, variables: Iterable[Marked], conditions: Iterable[Marked]) -> Iterator[Use]:
    """In the order of the schema, templates before conditions; `variables` are those that the node sets."""
    sets = {variable.path[:-1]: variable.value for variable in variables}
    given: set[str] = set()  # by earlier items of a list of assignments
    last: tuple[PathPart, ...] = ()
    for text, template in _templates(node):
        if text.path[:-1] != last:
            if last in sets:
                given.add(f"vars.{sets[last]}")
            last = text.path[:-1]
        for path in sorted(template.reads):
            guarded = path not in template.unguarded or fact_of(path) in given
            yield Use(path, text, guarded, "template")
    known: frozenset[str] = NOTHING
    for condition in conditions:
        for look in looks(condition.value, known):
            yield Use(look.path, condition, look.guarded, "condition")
        if branch_of(node, condition):  # the next branch is judged where this one does not hold
            known |= known_if(condition.value, holds=False)


def _templates(node: Local) -> Iterator[tuple[Marked, Template]]:
    """The texts of a node that can be read as templates."""
    for text in node.marked("format", "template"):
        if isinstance(text.value, str) and "{" in text.value:
            try:
                yield text, compile_template(text.value)
            except BadTemplate:
                continue  # F020 says so
