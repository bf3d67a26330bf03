"""Which names a template or a condition may count on in this flow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from flowengine.core.check.subject import Subject
from flowengine.core.template_syntax import Path

# What every turn knows (steps.py, World). What an event carries beside these depends on what happened.
_GIVEN: dict[str, frozenset[str]] = {
    "contact": frozenset(
        ("id", "name", "email", "phone", "language", "timezone", "score")
        + ("tags", "fields", "consent", "owner", "created_at")
    ),
    "deal": frozenset(("id", "title", "value", "pipeline", "stage", "status", "owner", "fields", "tags", "created_at")),
    "conversation": frozenset({"id", "state", "priority", "team", "tags", "opened_at"}),
    "account": frozenset({"name", "language", "timezone", "vars"}),
    "channel": frozenset({"kind", "key", "name"}),
    "agent": frozenset({"name"}),
}
_ANYTHING = ("now", "event")


@dataclass(frozen=True, slots=True)
class Names:
    """The variables that something in the flow sets, and the nodes that keep an answer."""

    variables: frozenset[str]
    answering: frozenset[str]

    @classmethod
    def of(cls, subject: Subject) -> Self:
        variables = {str(variable["name"]) for variable in subject.flow.variables if "name" in variable}
        variables |= {variable.value for facts in subject.facts.values() for variable in facts.variables}
        answering = {id for id, facts in subject.facts.items() if facts.answers}
        return cls(frozenset(variables), frozenset(answering))

    def knows(self, path: Path) -> bool:
        """Whether something may be there; a bare root ("vars") is no name to complain of."""
        root, *rest = path
        if root in _ANYTHING:
            return True
        if root not in ("vars", "answers", *_GIVEN):
            return False
        if not rest:
            return True
        known = {"vars": self.variables, "answers": self.answering}.get(root) or _GIVEN.get(root, frozenset())
        return rest[0] in known
