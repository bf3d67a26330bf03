"""What a channel brought in: each message once, each sender known."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, text
from flowengine.store.contacts import Contacts, Identity, Stranger


@dataclass(frozen=True, slots=True)
class Inbound:
    """A message as it came. `provider_id` is the sender's own id of it, unique per channel.

    `event` is the fact as data; its `id`, `channel` and `identity` are filled in here.
    """

    channel_id: UUID
    external_id: str
    provider_id: str
    event: Mapping[str, Any]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Received:
    """What became of an Inbound. A repeat has the event id of the first and no identity: nothing was done."""

    event_id: UUID
    identity: Identity | None
    duplicate: bool


# In order of the ids, so that two batches never wait for each other crosswise.
_SEE = text("""
    insert into seen (account_id, channel_id, provider_id, event_id, at)
    select :account, channel_id, provider_id, event_id, :now
    from unnest(cast(:channels as uuid[]), cast(:providers as text[]), cast(:events as uuid[]))
         as g(channel_id, provider_id, event_id)
    order by channel_id, provider_id
    on conflict do nothing
    returning channel_id, provider_id""")
_FIRST = text("""
    select s.channel_id, s.provider_id, s.event_id
    from unnest(cast(:channels as uuid[]), cast(:providers as text[])) as g(channel_id, provider_id)
    join seen s on s.account_id = :account and s.channel_id = g.channel_id and s.provider_id = g.provider_id""")
_FORGET = text("delete from seen where account_id = :account and at < :before")

Place = tuple[UUID, str]


class Reception(Area):
    def sort(self, inbound: Sequence[Inbound]) -> list[Received]:
        """In the order given; a repeat, also within the list, points to its first."""
        events: dict[Place, UUID] = {}
        for message in inbound:
            if _place(message) not in events:
                events[_place(message)] = self._new_id()
        fresh = self._see(events)
        events |= self._first_events([place for place in events if place not in fresh])
        seen: set[Place] = set()
        new = [message for message in inbound if _place(message) in fresh]
        met = Contacts(self._scope).meet([Stranger(m.channel_id, m.external_id, m.name) for m in new]) if new else {}
        received = []
        for message in inbound:
            place = _place(message)
            duplicate = place not in fresh or place in seen
            seen.add(place)
            identity = None if duplicate else met[message.channel_id, message.external_id]
            received.append(Received(events[place], identity, duplicate))
        return received

    def forget(self, before: datetime) -> int:
        return self._run(_FORGET, before=before)

    def _see(self, events: Mapping[Place, UUID]) -> set[Place]:
        channels, providers = _columns(list(events))
        rows = self._rows(_SEE, channels=channels, providers=providers, events=list(events.values()), now=self._now)
        return {(channel, provider) for channel, provider in rows}

    def _first_events(self, repeats: Sequence[Place]) -> dict[Place, UUID]:
        """A statement of its own: what another transaction has just committed is seen by a new snapshot only."""
        if not repeats:
            return {}
        channels, providers = _columns(repeats)
        rows = self._rows(_FIRST, channels=channels, providers=providers)
        return {(channel, provider): event for channel, provider, event in rows}


def _place(message: Inbound) -> Place:
    return message.channel_id, message.provider_id


def _columns(places: Sequence[Place]) -> tuple[list[UUID], list[str]]:
    return [place[0] for place in places], [place[1] for place in places]
