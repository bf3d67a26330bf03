"""A node by itself: its type, its params, its ports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from flowengine.core.marks import Marked, marked
from flowengine.core.schema import FlowSchema
from flowengine.core.steps import NodeType, Port

JUMP = "jump"  # stands for a port where a node goes on elsewhere without a wire


@dataclass(frozen=True, slots=True)
class Local:
    """What the looks at one node share."""

    schema: FlowSchema
    kind: NodeType
    params: Mapping[str, Any]
    ports: tuple[Port, ...]

    @classmethod
    def of(cls, schema: FlowSchema, kind: NodeType, params: Mapping[str, Any]) -> Self:
        return cls(schema, kind, params, kind.ports(params))

    @property
    def about(self) -> Mapping[str, Any]:
        return self.kind.schema

    def marked(self, mark: str, value: str | None = None) -> Iterator[Marked]:
        """The params whose schema carries this mark."""
        return marked(self.params, self.schema.marks(self.kind.name, mark, value))

    def in_use(self, found: Marked) -> bool:
        """Whether the field counts: one that is shown only beside other values (`x-show-if`) is left over without."""
        beside: Any = self.params
        for part in found.path[:-1]:
            beside = beside[part]
        for name, wanted in found.about.get("x-show-if", {}).items():
            value: Any = beside
            for part in str(name).split("."):
                value = value.get(part) if isinstance(value, Mapping) else None
            if value is None:
                value = self.schema.about(self.kind.name, (*found.path[:-1], *str(name).split("."))).get("default")
            if value not in (wanted if isinstance(wanted, list) else [wanted]):
                return False
        return True

    def ways_out(self) -> frozenset[str]:
        """Its ports, and JUMP where it goes on without a wire."""
        ports = frozenset(port.id for port in self.ports)
        return ports | {JUMP} if self.kind.does("jumps") else ports


def branch_of(node: Local, condition: Marked) -> str:
    """The port that is taken where this condition holds; "" for a condition that is no branch."""
    match condition.path:
        case (str() as branches, int() as place, _):
            branch = node.params[branches][place]
            return str(branch.get("id", "")) if isinstance(branch, Mapping) else ""
    return ""
