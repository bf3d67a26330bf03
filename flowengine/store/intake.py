"""The intake: events that wait to be taken, and the lanes they wake."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text
from flowengine.store.receive import Inbound, Received, Reception
from flowengine.store.waking import WAKE

REPLY, TIMER, BULK = 0, 1, 2  # priorities: people are answered before clocks, clocks before campaigns


@dataclass(frozen=True, slots=True)
class NewEvent:
    """`event` is the fact as data, with its `kind`. `generation` counts since the last input from outside."""

    lane_id: UUID
    event: Mapping[str, Any]
    id: UUID | None = None
    priority: int = REPLY
    channel_id: UUID | None = None
    identity_id: UUID | None = None
    generation: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """An event that waits; `arrival` gives the order within its lane and priority."""

    id: UUID
    lane_id: UUID
    arrival: int
    priority: int
    kind: str
    event: dict[str, Any]
    channel_id: UUID | None
    identity_id: UUID | None
    generation: int
    attempts: int
    at: datetime


_APPEND = text(f"""
    with given as (
        select * from unnest(cast(:ids as uuid[]), cast(:lanes as uuid[]), cast(:priorities as smallint[]),
                             cast(:kinds as text[]), cast(:events as text[]), cast(:channels as uuid[]),
                             cast(:identities as uuid[]), cast(:generations as smallint[]))
             with ordinality as g(id, lane_id, priority, kind, event, channel_id, identity_id, generation, place)
    ), {WAKE}
    insert into intake (account_id, id, lane_id, priority, kind, event, channel_id, identity_id, generation,
                        unheard, at)
    select :account, id, lane_id, priority, kind, cast(event as jsonb), channel_id, identity_id, generation,
           lane_id not in (select id from free), :now
    from given order by place""")
_WAITING = text(f"""
    select {names(Waiting)} from intake
    where account_id = :account and lane_id = any(cast(:lanes as uuid[]))
    order by lane_id, priority, arrival limit :most""")
_DONE = text("delete from intake where account_id = :account and id = any(cast(:ids as uuid[]))")
_FAILED = text("""
    update intake set attempts = attempts + 1 where account_id = :account and id = :id returning attempts""")
_GIVE_UP = text("""
    with gone as (delete from intake where account_id = :account and id = :id returning *)
    insert into dead_letter (account_id, id, kind, payload, error, at, was)
    select :account, :id, 'event', event, :error, :now, to_jsonb(gone) - 'event' from gone""")


class Intake(Area):
    apart = True

    def receive(self, inbound: Sequence[Inbound]) -> list[Received]:
        """Take in what channels brought, in order; a repeat is a no-op. Whoever is new becomes a contact."""
        return Reception(self._scope).receive(inbound)

    def forget_seen(self, before: datetime) -> int:
        """Repeats of what came before then are taken for new; how many were forgotten."""
        return Reception(self._scope).forget(before)

    def append(self, events: Sequence[NewEvent]) -> None:
        """Events of ours: a timer, a person's finish, what a turn caused. Wakes their lanes, waits for no turn."""
        if not events:
            return
        ids = [event.id or self._new_id() for event in events]
        self._run(
            _APPEND,
            ids=ids,
            lanes=[event.lane_id for event in events],
            priorities=[event.priority for event in events],
            kinds=[event.event["kind"] for event in events],
            events=[json({"id": str(id), **event.event}) for id, event in zip(ids, events, strict=True)],
            channels=[event.channel_id for event in events],
            identities=[event.identity_id for event in events],
            generations=[event.generation for event in events],
            now=self._now,
        )

    def waiting(self, lane_ids: Sequence[UUID], most: int | None = None) -> list[Waiting]:
        """Of lanes this transaction has claimed, in the order in which they are to be taken; the first `most`."""
        return self._all(Waiting, _WAITING, lanes=list(lane_ids), most=most)

    def done(self, event_ids: Sequence[UUID]) -> None:
        """They have been taken in this transaction."""
        self._run(_DONE, ids=list(event_ids))

    def failed(self, event_id: UUID) -> int:
        """One more attempt came to nothing; how many that makes."""
        attempts: int = self._value(_FAILED, id=event_id)
        return attempts

    def give_up(self, event_id: UUID, error: str) -> None:
        """To the dead letters, so that later events can go on."""
        self._run(_GIVE_UP, id=event_id, error=error, now=self._now)


__all__ = ["BULK", "Intake", "NewEvent", "REPLY", "TIMER", "WAKE", "Waiting"]
