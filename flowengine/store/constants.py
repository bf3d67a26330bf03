"""Constants of an account: shop name, links, price list, as `account.vars.<name>` in texts and conditions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.known import SHOW
from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Constant:
    """`slug` is its name in templates; `value` is of `type`: text, number, yes_no, date, list."""

    id: UUID
    slug: str
    type: str
    value: Any
    description: str
    created_at: datetime


class Constants(Things[Constant]):
    """Each write is seen by flows in their next turn."""

    table, kind, row, order = "constant", "constant", Constant, "slug"
    columns = {"type": "text", "value": "jsonb", "description": "text"}

    def add(self, slug: str, **new: Any) -> Constant:
        made = super().add(slug, **new)
        self._run(SHOW)
        return made

    def change(self, slug: str, **new: Any) -> Constant | None:
        changed = super().change(slug, **new)
        self._run(SHOW)
        return changed

    def remove(self, slug: str) -> bool:
        gone = super().remove(slug)
        self._run(SHOW)
        return gone
