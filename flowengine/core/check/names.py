"""Which names a template or a condition may count on in this flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from flowengine.core.check.subject import Subject

Path = tuple[str, ...]

# What every turn knows; "*" is whatever the account calls it.
_GIVEN: dict[str, frozenset[str]] = {
    "contact": frozenset({"id", "name", "email", "phone", "language", "timezone", "fields"}),
    "conversation": frozenset({"id", "state", "priority"}),
    "account": frozenset({"name", "language", "timezone", "vars"}),
    "channel": frozenset({"kind", "key", "name"}),
    "event": frozenset({"kind", "text", "choice"}),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The variables that something in the flow sets, and the nodes that keep an answer."""

    variables: frozenset[str]
    answering: frozenset[str]

    @classmethod
    def of(cls, subject: Subject) -> Self:
        variables = {str(variable["name"]) for variable in subject.flow.variables if "name" in variable}
        for node in subject.flow.nodes:
            variables |= {str(found.value) for found in subject.marked(node, "x-widget", "variable")}
        answering = {n.id for n in subject.flow.nodes if "save_to" in subject.types[n.type].schema["properties"]}
        return cls(frozenset(variables), frozenset(answering))

    def knows(self, path: Path) -> bool:
        """Whether something may be there; a bare root ("vars") is no name to complain of."""
        root, *rest = path
        if root == "now":
            return True
        if root not in ("vars", "answers", *_GIVEN):
            return False
        if not rest:
            return True
        known = {"vars": self.variables, "answers": self.answering}.get(root) or _GIVEN.get(root, frozenset())
        return rest[0] in known
