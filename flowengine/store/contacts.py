"""Contacts, and the identities by which channels know them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, assignments, names, text, values


@dataclass(frozen=True, slots=True)
class Contact:
    id: UUID
    name: str | None
    email: str | None
    phone: str | None
    language: str | None
    timezone: str | None
    created_at: datetime
    updated_at: datetime
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a contact is on one channel; `out_number` is the number of the last message sent there."""

    id: UUID
    contact_id: UUID
    channel_id: UUID
    external_id: str
    name: str | None
    out_number: int
    created_at: datetime


_MAY_CHANGE = {"name": "text", "email": "text", "phone": "text", "language": "text", "timezone": "text"}

_GET = text(f"select {names(Contact)} from contact where account_id = :account and id = :id")
_MANY = text(f"select {names(Contact)} from contact where account_id = :account and id = any(cast(:ids as uuid[]))")
_IDENTITIES = text(f"""
    select {names(Identity)} from contact_identity
    where account_id = :account and contact_id = :contact order by created_at, id""")
_IDENTITY = text(f"select {names(Identity)} from contact_identity where account_id = :account and id = :id")
_FIND = text(f"""
    select {names(Identity)} from contact_identity
    where account_id = :account and channel_id = :channel and external_id = :external""")
# Who meets somebody else's new row waits for it and then adds nothing: one contact for one stranger.
# In order of the address, so that two batches never wait for each other crosswise.
_ADD = text("""
    with given as (
        select * from unnest(cast(:identities as uuid[]), cast(:contacts as uuid[]), cast(:channels as uuid[]),
                             cast(:externals as text[]), cast(:names as text[]))
                 as g(identity_id, contact_id, channel_id, external_id, name)
    ), met as (
        insert into contact_identity (account_id, id, contact_id, channel_id, external_id, name, created_at)
        select :account, identity_id, contact_id, channel_id, external_id, name, :now
        from given order by channel_id, external_id
        on conflict (account_id, channel_id, external_id) do nothing
        returning contact_id, name
    ), known as (
        insert into contact (account_id, id, name, created_at, updated_at)
        select :account, contact_id, name, :now, :now from met
        returning id
    )
    insert into lane (account_id, id) select :account, id from known""")
_FIND_MANY = text(f"""
    select {names(Identity, "i")}
    from unnest(cast(:channels as uuid[]), cast(:externals as text[])) as g(channel_id, external_id)
    join contact_identity i
      on i.account_id = :account and i.channel_id = g.channel_id and i.external_id = g.external_id""")
_SEEN = text("""
    update contact set last_seen_at = :now where account_id = :account and id = any(cast(:ids as uuid[]))""")


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody a channel tells of, whom we may or may not know."""

    channel_id: UUID
    external_id: str
    name: str | None = None


class Contacts(Area):
    def get(self, contact_id: UUID) -> Contact | None:
        return self._first(Contact, _GET, id=contact_id)

    def many(self, contact_ids: Sequence[UUID]) -> dict[UUID, Contact]:
        return {contact.id: contact for contact in self._all(Contact, _MANY, ids=list(contact_ids))}

    def change(self, contact_id: UUID, **new: Any) -> Contact | None:
        """Set `name`, `email`, `phone`, `language` or `timezone`; None where nothing was different, or nobody there."""
        statement = text(f"""
            update contact set {assignments(new, _MAY_CHANGE)}, updated_at = :now
            where account_id = :account and id = :id
              and ({", ".join(sorted(new))}) is distinct from
                  ({", ".join(f"cast(:{name} as {_MAY_CHANGE[name]})" for name in sorted(new))})
            returning {names(Contact)}""")
        return self._first(Contact, statement, id=contact_id, now=self._now, **values(new, _MAY_CHANGE))

    def seen(self, contact_ids: Sequence[UUID]) -> None:
        """They have just been heard of."""
        self._run(_SEEN, ids=list(contact_ids), now=self._now)

    def identity(self, channel_id: UUID, external_id: str) -> Identity | None:
        return self._first(Identity, _FIND, channel=channel_id, external=external_id)

    def identity_by_id(self, identity_id: UUID) -> Identity | None:
        return self._first(Identity, _IDENTITY, id=identity_id)

    def identities(self, contact_id: UUID) -> list[Identity]:
        """Oldest first."""
        return self._all(Identity, _IDENTITIES, contact=contact_id)

    def meet(self, strangers: Sequence[Stranger]) -> dict[tuple[UUID, str], Identity]:
        """The identity of each, by channel and external id; whoever is new becomes a contact with a lane of its own."""
        wanted = {(stranger.channel_id, stranger.external_id): stranger for stranger in reversed(strangers)}
        found = self._find(list(wanted))
        new = [stranger for place, stranger in wanted.items() if place not in found]
        if not new:
            return found
        self._run(
            _ADD,
            identities=[self._new_id() for _ in new],
            contacts=[self._new_id() for _ in new],
            channels=[stranger.channel_id for stranger in new],
            externals=[stranger.external_id for stranger in new],
            names=[stranger.name for stranger in new],
            now=self._now,
        )
        return found | self._find([(stranger.channel_id, stranger.external_id) for stranger in new])

    def _find(self, places: Sequence[tuple[UUID, str]]) -> dict[tuple[UUID, str], Identity]:
        channels, externals = [place[0] for place in places], [place[1] for place in places]
        found = self._all(Identity, _FIND_MANY, channels=channels, externals=externals)
        return {(identity.channel_id, identity.external_id): identity for identity in found}
