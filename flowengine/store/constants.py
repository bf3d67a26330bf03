"""Constants of an account: shop name, links, price list, as `account.vars.<name>` in texts and conditions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import text
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


_VALUES = text("""
    select slug, value from constant where account_id = :account
    union all
    select a.alias, c.value from alias a join constant c on c.account_id = a.account_id and c.slug = a.target
    where a.account_id = :account and a.kind = 'constant'""")


class Constants(Things[Constant]):
    table, kind, row, order = "constant", "constant", Constant, "slug"
    columns = {"type": "text", "value": "jsonb", "description": "text"}

    def values(self) -> dict[str, Any]:
        """Each by its name, and by its aliases."""
        return {name: value for name, value in self._rows(_VALUES)}
