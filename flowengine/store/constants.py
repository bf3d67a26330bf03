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


# Every turn reads the account's row: what its texts name lies there as well.
_SHOW = text("""
    update account set settings = jsonb_set(settings, '{vars}', (
        select coalesce(jsonb_object_agg(known.name, known.value), '{}') from (
            select slug as name, value from constant where account_id = :account
            union all
            select a.alias, c.value from alias a join constant c on c.account_id = a.account_id and c.slug = a.target
            where a.account_id = :account and a.kind = 'constant'
        ) known))
    where id = :account""")


class Constants(Things[Constant]):
    table, kind, row, order = "constant", "constant", Constant, "slug"
    columns = {"type": "text", "value": "jsonb", "description": "text"}

    def show(self) -> None:
        """Let flows see them as they are now, under their aliases too; to be called after a change of either."""
        self._run(_SHOW)
