"""What happened to contacts: kept for look-backs, and put into the contact's lane where a flow listens for it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text
from flowengine.store.intake import TIMER, WAKE

log = logging.getLogger(__name__)

GENERATIONS = 5  # of facts that flows bring about since the last input from outside; then the chain ends

NewFact = tuple[str, Mapping[str, Any]]  # an event of the catalogue (x-events) and its data


@dataclass(frozen=True, slots=True)
class Fact:
    """`name` is an event of the catalogue (x-events)."""

    id: UUID
    name: str
    data: dict[str, Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class ToldFact:
    """A fact on its way to be kept; `once`: only the first of its name counts for this contact."""

    id: UUID
    contact_id: UUID
    name: str
    data: Mapping[str, Any]
    generation: int = 0
    by: UUID | None = None
    once: bool = False


# A version's events are kept beside its document (tables/flows.py), so no document is read here.
_TELL = text(f"""
    with told as (
        select * from jsonb_to_recordset(cast(:facts as jsonb))
             as g(id uuid, contact_id uuid, name text, data jsonb, by uuid, generation smallint, once boolean)
    ), fresh as (
        select * from told t
        where not t.once or not exists (
            select from happened h where h.account_id = :account and h.lane_id = t.contact_id and h.name = t.name)
    ), kept as (
        insert into happened (account_id, id, lane_id, name, data, at)
        select :account, id, contact_id, name, data, :now from fresh
    ), given as (
        select f.*, f.contact_id as lane_id, cast({TIMER} as smallint) as priority from fresh f
        where f.generation <= :longest and (exists (
            select from flow w join flow_version v on v.account_id = w.account_id and v.id = w.live_version_id
            where w.account_id = :account and w.archived_at is null and v.events ? f.name
        ) or exists (
            select from run r join flow_version v on v.account_id = r.account_id and v.id = r.version_id
            where r.account_id = :account and r.contact_id = f.contact_id and r.status = 'open' and v.events ? f.name
        ))
    ), {WAKE}
    insert into intake (account_id, id, lane_id, priority, kind, event, generation, unheard, at)
    select :account, id, lane_id, priority, 'happened', jsonb_strip_nulls(jsonb_build_object(
               'id', id, 'kind', 'happened', 'at', to_jsonb(cast(:now as timestamptz)), 'name', name, 'by', by
           )) || jsonb_build_object('data', data), generation, lane_id not in (select id from free), :now
    from given order by id""")
_SINCE = text(f"""
    select {names(Fact)} from happened
    where account_id = :account and lane_id = :lane and name = :name
      and (cast(:since as timestamptz) is null or at >= cast(:since as timestamptz))
      and (cast(:node as text) is null or data ->> 'node' = cast(:node as text))
    order by at desc, id desc limit :most""")
_FORGET = text("delete from happened where account_id = :account and at < :before")


class Facts(Area):
    def tell(self, contact_id: UUID, facts: Sequence[NewFact], *, generation: int = 0, by: UUID | None = None) -> None:
        """Keep them; those that somebody listens for go into the contact's lane too, to be taken in a later turn.

        Somebody listens where a live flow of the account names the event, or the version of an open run of the
        contact's: another fact would be taken by nobody, and costs this one statement instead of a turn.
        `generation` counts since the last input from outside: flows that answer each other come to an end. `by` is
        the run that brought them about.
        """
        if generation > GENERATIONS:
            log.warning("a chain of facts ends: account=%s contact=%s", self._scope.account_id, contact_id)
        self.keep([ToldFact(self._new_id(), contact_id, name, data, generation, by) for name, data in facts])

    def tell_once(self, contact_id: UUID, name: str) -> None:
        """The same for what happens to a contact a single time: told again, it is not kept again."""
        self.keep([ToldFact(self._new_id(), contact_id, name, {}, once=True)])

    def keep(self, told: Sequence[ToldFact]) -> None:
        """In one statement, of however many contacts."""
        if told:
            self._run(_TELL, facts=json(told), longest=GENERATIONS, now=self._now)

    def since(
        self, contact_id: UUID, name: str, since: datetime | None = None, *, node: str | None = None, most: int = 100
    ) -> list[Fact]:
        """The latest facts of this name from then on, oldest first; `node` is the one that they answer."""
        found = self._all(Fact, _SINCE, lane=contact_id, name=name, since=since, node=node, most=most)
        return found[::-1]

    def forget(self, before: datetime) -> int:
        """How many were forgotten."""
        return self._run(_FORGET, before=before)
