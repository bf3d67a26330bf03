"""What all effects have in common: an order with a kind, that survives JSON."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct, to_builtins


class Order(Struct, frozen=True):
    kind: ClassVar[str]

    def as_data(self) -> dict[str, Any]:
        return {"kind": self.kind, **to_builtins(self)}
