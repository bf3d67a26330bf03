"""Lanes: what is walked one event at a time, by whoever holds the row's lock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.area import Area, names, text
from flowengine.store.intake import BULK


@dataclass(frozen=True, slots=True)
class Lane:
    """Its id is its contact's."""

    id: UUID
    due_at: datetime | None
    priority: int


# Lanes due, and those whose events could not wake them since a turn held them (intake.py). Bulk work is taken a part
# at a time, with replies or without: who writes waits for no more than that, and bulk work never starves.
_CLAIM = text(f"""
    with due as (
        select {names(Lane)} from lane
        where account_id = :account and due_at <= :now
          and (priority < {BULK} or not (select scarce from installation))
        order by priority, due_at
        limit :most
        for no key update skip locked
    ), unheard as (
        select {names(Lane)} from lane
        where account_id = :account and id = any(array(
            select distinct lane_id from intake where account_id = :account and unheard limit :most))
        for no key update skip locked
    )
    select {names(Lane)} from due where priority < {BULK}
    union select {names(Lane)} from (select * from due where priority >= {BULK} order by due_at limit :bulk) part
    union select {names(Lane)} from unheard
    order by priority, due_at limit :most""")
_LOCK = text(f"""
    select {names(Lane)} from lane
    where account_id = :account and id = any(cast(:ids as uuid[])) order by id for no key update""")
_SETTLE = text("""
    update lane l
    set due_at = case when left_over.priority is null then null else :now end,
        priority = coalesce(left_over.priority, 0)
    from unnest(cast(:ids as uuid[])) as given(id)
    left join lateral (
        select min(i.priority) as priority from intake i where i.account_id = :account and i.lane_id = given.id
    ) left_over on true
    where l.account_id = :account and l.id = given.id and l.id = any(cast(:ids as uuid[]))""")
_PUT_OFF = text("""
    with heard as (
        update intake set unheard = false where account_id = :account and lane_id = :id and unheard
    )
    update lane set due_at = :until where account_id = :account and id = :id""")


class Lanes(Area):
    def claim(self, most: int, *, bulk: int | None = None) -> list[Lane]:
        """Up to `most` lanes with work, locked until the transaction ends; never waits for another's.

        Up to `bulk` of them are those of bulk work.

        Read their events (`intake.waiting`) in the next statement, then `settle` each of them.
        """
        return self._all(Lane, _CLAIM, now=self._now, most=most, bulk=bulk or most)

    def lock(self, lane_ids: Sequence[UUID]) -> list[Lane]:
        """These lanes, waiting for whoever holds them; in order of id, as all locks are."""
        return self._all(Lane, _LOCK, ids=list(lane_ids))

    def settle(self, lane_ids: Sequence[UUID]) -> None:
        """They have been walked: each sleeps until the next event, or stays due if any is left."""
        self._run(_SETTLE, ids=list(lane_ids), now=self._now)

    def put_off(self, lane_id: UUID, until: datetime) -> None:
        """Its walk failed: not again before `until`, unless something new happens there."""
        self._run(_PUT_OFF, id=lane_id, until=until)
