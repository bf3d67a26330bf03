"""What channels bring in: each message once, each sender known, each lane woken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, text
from flowengine.store.identities import Identity
from flowengine.store.waking import WAKE


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message as it came. `provider_id` is the sender's own id of it, unique per channel.

    `event` is the fact as data; its `id`, `channel` and `identity` are filled in here. `name` and `language` are
    what a contact begins with who is met for the first time.
    """

    channel_id: UUID
    external_id: str
    provider_id: str
    event: Mapping[str, Any]
    name: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an Inbound. A repeat has the event id of the first and no identity: nothing was done."""

    event_id: UUID
    identity: Identity | None
    duplicate: bool


# All that a message needs, in one statement. Whoever is met for the first time becomes a contact with a lane that is
# due; of several messages of theirs the first one's name counts. A repeat, and a message of somebody whom another
# transaction meets at this moment, is left out and not put anywhere; `receive` asks again. What is inserted is in
# order of its keys, so that two batches never wait for each other crosswise. Who is known is looked up one by one,
# whatever is believed of how many an account has: `offset 0` keeps that apart.
_RECEIVE = text(f"""
    with brought as (
        select * from rows from (json_to_recordset(cast(:rows as json)) as (
            event_id uuid, channel_id uuid, provider_id text, external_id text, kind text, fact jsonb, name text,
            language text, new_identity uuid, new_contact uuid)) with ordinality
            as g(event_id, channel_id, provider_id, external_id, kind, fact, name, language, new_identity,
                 new_contact, place)
    ), fresh as (
        insert into seen as s (account_id, channel_id, provider_id, event_id, at)
        select :account, channel_id, provider_id, event_id, :now from brought order by channel_id, provider_id
        on conflict (account_id, channel_id, provider_id) do update set at = s.at
            where s.event_id = excluded.event_id
        returning s.event_id
    ), known as (
        select b.*, i.id, i.contact_id, i.name as known_as, i.out_number, i.created_at
        from brought b
        join fresh f on f.event_id = b.event_id
        left join lateral (
            select * from contact_identity
            where account_id = :account and channel_id = b.channel_id and external_id = b.external_id
            offset 0
        ) i on true
    ), met as (
        insert into contact_identity (account_id, id, contact_id, channel_id, external_id, name, created_at)
        select distinct on (channel_id, external_id)
            :account, new_identity, new_contact, channel_id, external_id, name, :now
        from known where id is null
        order by channel_id, external_id, place
        on conflict (account_id, channel_id, external_id) do nothing
        returning id, contact_id, channel_id, external_id, name
    ), contact_of as (
        insert into contact (account_id, id, name, language, created_at, updated_at)
        select :account, m.contact_id, m.name, k.language, :now, :now
        from met m join known k on k.new_identity = m.id
    ), lane_of as (
        insert into lane (account_id, id, due_at, priority) select :account, contact_id, :now, 0 from met
    ), given as (
        select k.place, k.event_id, k.kind, k.fact, k.channel_id, k.external_id, cast(0 as smallint) as priority,
               m.id is not null as is_new, coalesce(k.id, m.id) as identity_id,
               coalesce(k.contact_id, m.contact_id) as lane_id,
               coalesce(k.known_as, m.name) as name, coalesce(k.out_number, 0) as out_number,
               coalesce(k.created_at, :now) as created_at
        from known k
        left join met m on k.id is null and m.channel_id = k.channel_id and m.external_id = k.external_id
        where k.id is not null or m.id is not null
    ), {WAKE}, taken_in as (
        insert into intake (account_id, id, lane_id, priority, kind, event, channel_id, identity_id, generation,
                            unheard, at)
        select :account, event_id, lane_id, priority, kind,
               fact || jsonb_build_object('identity', identity_id), channel_id, identity_id, 0,
               not is_new and lane_id not in (select id from free), :now
        from given order by place
    )
    select event_id, identity_id, lane_id, channel_id, external_id, name, out_number, created_at from given""")
_FIRST = text("""
    select s.channel_id, s.provider_id, s.event_id
    from unnest(cast(:channels as uuid[]), cast(:providers as text[])) as g(channel_id, provider_id)
    join seen s on s.account_id = :account and s.channel_id = g.channel_id and s.provider_id = g.provider_id""")
_FORGET = text("delete from seen where account_id = :account and at < :before")

Place = tuple[UUID, str]


class Reception(Area):
    """A part of `unit.intake`."""

    def receive(self, inbound: Sequence[Inbound]) -> list[Received]:
        """In the order given; a repeat, also within the list, points to its first."""
        events: dict[Place, UUID] = {}
        left: dict[Place, Inbound] = {}
        for message in inbound:
            if _place(message) not in left:
                left[_place(message)] = message
                events[_place(message)] = self._new_id()
        stored: dict[UUID, Identity] = {}
        while left:  # again for strangers whom somebody else has just met: the next statement knows them
            stored |= self._store(events, left)
            left = {place: message for place, message in left.items() if events[place] not in stored}
            firsts = self._firsts(list(left))
            left = {place: message for place, message in left.items() if firsts[place] == events[place]}
            events |= firsts
        received = []
        for message in inbound:
            event_id = events[_place(message)]
            identity = stored.pop(event_id, None)  # it is the first of this list that was stored
            received.append(Received(event_id, identity, duplicate=identity is None))
        return received

    def forget(self, before: datetime) -> int:
        return self._run(_FORGET, before=before)

    def _store(self, events: Mapping[Place, UUID], left: Mapping[Place, Inbound]) -> dict[UUID, Identity]:
        """Whose the messages are that have been stored, by their events."""
        rows = [
            {
                "event_id": events[place],
                "channel_id": message.channel_id,
                "provider_id": message.provider_id,
                "external_id": message.external_id,
                "kind": message.event["kind"],
                "fact": {**message.event, "id": events[place], "channel": message.channel_id},
                "name": message.name,
                "language": message.language,
                "new_identity": self._new_id(),
                "new_contact": self._new_id(),
            }
            for place, message in left.items()
        ]
        stored = self._rows(_RECEIVE, rows=json(rows), now=self._now)
        return {event_id: Identity(*identity) for event_id, *identity in stored}

    def _firsts(self, places: Sequence[Place]) -> dict[Place, UUID]:
        """The events that count. A statement of its own: a new snapshot shows what another has just committed."""
        if not places:
            return {}
        channels, providers = [channel for channel, _ in places], [provider for _, provider in places]
        rows = self._rows(_FIRST, channels=channels, providers=providers)
        return {(channel, provider): event for channel, provider, event in rows}


def _place(message: Inbound) -> Place:
    return message.channel_id, message.provider_id
