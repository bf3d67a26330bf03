"""What all effects have in common: an order with a kind, that survives JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, ClassVar


@dataclass(frozen=True, slots=True)
class Order:
    kind: ClassVar[str]

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, **asdict(self)}
