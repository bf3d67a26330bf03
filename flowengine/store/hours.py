"""Business hours: of the account, overridden by a team's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.store.aliases import resolved
from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class Hours:
    """As the core judges them (core.hours): spans of each weekday, in `timezone`, and holidays."""

    id: UUID
    slug: str
    name: str
    timezone: str
    week: dict[str, Any]
    holidays: list[Any]
    is_account_default: bool


_ADD = text(f"""
    insert into business_hours (account_id, {names(Hours)})
    values (:account, :id, :slug, :name, :timezone, cast(:week as jsonb), cast(:holidays as jsonb), :is_default)
    returning {names(Hours)}""")
_GET = text(f"select {names(Hours)} from business_hours where account_id = :account and id = :id")
_OF_ACCOUNT = text(f"select {names(Hours)} from business_hours where account_id = :account and is_account_default")
_OF_TEAM = text(f"""
    select {names(Hours, "h")}
    from team t
    join business_hours h
      on h.account_id = t.account_id and (h.id = t.hours_id or t.hours_id is null and h.is_account_default)
    where t.account_id = :account and t.slug = {resolved("team")} and t.archived_at is null""")
_OF_CHANNEL = text(f"""
    select {names(Hours, "h")}
    from channel c
    join team t on t.account_id = c.account_id and t.id = c.team_id
    join business_hours h
      on h.account_id = t.account_id and (h.id = t.hours_id or t.hours_id is null and h.is_account_default)
    where c.account_id = :account and c.id = :channel""")
_BY_SLUG = text(f"select {names(Hours)} from business_hours where account_id = :account and slug = :slug")
_ALL = text(f"select {names(Hours)} from business_hours where account_id = :account order by name")
_SET = text(f"""
    update business_hours
    set timezone = :timezone, week = cast(:week as jsonb), holidays = cast(:holidays as jsonb)
    where account_id = :account and id = :id
    returning {names(Hours)}""")
_RENAME = text("update business_hours set name = :name where account_id = :account and id = :id")
_NO_DEFAULT = text("update business_hours set is_account_default = false where account_id = :account")
_MAKE_DEFAULT = text("update business_hours set is_account_default = true where account_id = :account and id = :id")
_MOVE = text("update team set hours_id = cast(:to as uuid) where account_id = :account and hours_id = :id")
_REMOVE = text("delete from business_hours where account_id = :account and id = :id")


class BusinessHours(Area):
    apart = True

    def add(
        self,
        slug: str,
        name: str,
        *,
        timezone: str,
        week: Mapping[str, Any],
        holidays: Sequence[Any] = (),
        is_account_default: bool = False,
    ) -> Hours:
        (row,) = self._rows(
            _ADD,
            id=self._new_id(),
            slug=slug,
            name=name,
            timezone=timezone,
            week=json(dict(week)),
            holidays=json(list(holidays)),
            is_default=is_account_default,
        )
        return Hours(*row)

    def get(self, hours_id: UUID) -> Hours | None:
        return self._first(Hours, _GET, id=hours_id)

    def by_slug(self, slug: str) -> Hours | None:
        return self._first(Hours, _BY_SLUG, slug=slug)

    def of_account(self) -> Hours | None:
        """None: the account is always open."""
        return self._first(Hours, _OF_ACCOUNT)

    def of_team(self, slug: str) -> Hours | None:
        """The team's own, else the account's; None: always open, or no such team."""
        return self._first(Hours, _OF_TEAM, slug=slug)

    def of_channel(self, channel_id: UUID) -> Hours | None:
        """Those of the team that its conversations belong to; None: always open."""
        return self._first(Hours, _OF_CHANNEL, channel=channel_id)

    def all(self) -> list[Hours]:
        return self._all(Hours, _ALL)

    def set(self, hours_id: UUID, *, timezone: str, week: Mapping[str, Any], holidays: Sequence[Any]) -> Hours | None:
        return self._first(
            Hours, _SET, id=hours_id, timezone=timezone, week=json(dict(week)), holidays=json(list(holidays))
        )

    def rename(self, hours_id: UUID, name: str) -> None:
        self._run(_RENAME, id=hours_id, name=name)

    def make_account_default(self, hours_id: UUID | None) -> None:
        """They hold where a team has none of its own; None: such teams are always open."""
        self._run(_NO_DEFAULT)
        if hours_id is not None:
            self._run(_MAKE_DEFAULT, id=hours_id)

    def remove(self, hours_id: UUID, to: UUID | None = None) -> None:
        """Teams that had these have those of `to`; None: the account's."""
        self._run(_MOVE, id=hours_id, to=to)
        self._run(_REMOVE, id=hours_id)
