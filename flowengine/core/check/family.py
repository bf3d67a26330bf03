"""A flow among the others of its account, which it may call, start or wake."""

from __future__ import annotations

from dataclasses import dataclass, field

from flowengine.core.check.account import Account
from flowengine.core.check.subject import Subject
from flowengine.core.check.wakes import Wake, wakes_of
from flowengine.core.flow import Node, flow_of
from flowengine.core.shape import examine


@dataclass(frozen=True, slots=True)
class Family:
    """The flow that is looked at, and the live versions of others, read when they are asked for."""

    own: Subject
    account: Account
    read: dict[str, Subject | None] = field(default_factory=dict)
    woken: dict[tuple[str, str], list[Wake]] = field(default_factory=dict)

    def subject(self, key: str) -> Subject | None:
        """A flow by its key; None where it is not known, or its live version cannot be walked any more."""
        if key == self.own.flow.key:
            return self.own
        if key not in self.read:
            self.read[key] = self._read(key)
        return self.read[key]

    def wakes(self, subject: Subject, node: Node) -> list[Wake]:
        """What this node sets off elsewhere."""
        about = subject.types[node.type].schema
        if "x-causes" not in about or node.id in subject.broken:
            return []
        place = (subject.flow.key, node.id)
        if place not in self.woken:
            self.woken[place] = list(wakes_of(node, about))
        return self.woken[place]

    def led_to(self, subject: Subject, node: Node) -> list[str]:
        """The flows that this node calls or starts, by their own keys."""
        kind = subject.types[node.type]
        if not (kind.does("calls_flow") or kind.does("starts_flow")):
            return []
        return [self.account.meant("flow", str(found.value)) for found in subject.marked(node, "x-ref", "flow")]

    def _read(self, key: str) -> Subject | None:
        document = self.account.flows.get(key)
        shape = None if document is None else examine(document, self.own.schema)
        if document is None or shape is None or not shape.walkable:
            return None
        return Subject.of(flow_of(document), self.own.schema, self.own.types, shape.broken)


def entry_of(subject: Subject) -> str | None:
    """Where a flow begins for another flow: its manual trigger, else its first."""
    manual = (node for node in subject.triggers if subject.nodes[node].params.get("event") == "manual")
    return next(manual, subject.triggers[0] if subject.triggers else None)
