"""What the areas of a batch have in common: the rows that the batch holds, and what it keeps back."""

from __future__ import annotations

from flowengine.store.area import Area, Scope
from flowengine.store.batch.held import Rows


class Holding(Area):
    """Comes before the area whose methods it changes."""

    def __init__(self, scope: Scope, rows: Rows) -> None:
        super().__init__(scope)
        self._batch = rows
