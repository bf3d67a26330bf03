"""What happened to contacts: kept for look-backs, and put into the contact's lane where a flow listens for it."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text
from flowengine.store.intake import TIMER, Intake, NewEvent

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


# A version's events are kept beside its document (tables/flows.py), so no document is read here.
_KEEP = text("""
    with given as (
        select * from unnest(cast(:ids as uuid[]), cast(:names as text[]), cast(:data as text[])) as g(id, name, data)
    ), kept as (
        insert into happened (account_id, id, lane_id, name, data, at)
        select :account, id, :lane, name, cast(data as jsonb), :now from given
    )
    select id from given g
    where exists (
        select from flow f join flow_version v on v.account_id = f.account_id and v.id = f.live_version_id
        where f.account_id = :account and f.archived_at is null and v.events ? g.name
    ) or exists (
        select from run r join flow_version v on v.account_id = r.account_id and v.id = r.version_id
        where r.account_id = :account and r.contact_id = :lane and r.status = 'open' and v.events ? g.name
    )""")
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
        if not facts:
            return
        new = {self._new_id(): fact for fact in facts}
        heard = self._rows(
            _KEEP,
            ids=list(new),
            lane=contact_id,
            names=[name for name, _ in facts],
            data=[json(dict(data)) for _, data in facts],
            now=self._now,
        )
        wanted = {id for (id,) in heard}
        if wanted and generation > GENERATIONS:
            log.warning("a chain of facts ends: account=%s contact=%s", self._scope.account_id, contact_id)
            return
        Intake(self._scope).append(
            [self._event(contact_id, id, *fact, generation, by) for id, fact in new.items() if id in wanted]
        )

    def since(
        self, contact_id: UUID, name: str, since: datetime | None = None, *, node: str | None = None, most: int = 100
    ) -> list[Fact]:
        """The latest facts of this name from then on, oldest first; `node` is the one that they answer."""
        found = self._all(Fact, _SINCE, lane=contact_id, name=name, since=since, node=node, most=most)
        return found[::-1]

    def forget(self, before: datetime) -> int:
        """How many were forgotten."""
        return self._run(_FORGET, before=before)

    def _event(
        self, lane: UUID, id: UUID, name: str, data: Mapping[str, Any], generation: int, by: UUID | None
    ) -> NewEvent:
        fact = {"kind": "happened", "at": self._now.isoformat(), "name": name, "data": dict(data)}
        fact |= {"by": str(by)} if by else {}
        return NewEvent(lane, fact, id=id, priority=TIMER, generation=generation)
