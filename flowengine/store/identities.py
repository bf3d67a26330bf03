"""The identities by which channels know contacts; whoever is met for the first time becomes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.area import Area, names, text


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


@dataclass(frozen=True, slots=True)
class Stranger:
    """Somebody a channel tells of, whom we may or may not know."""

    channel_id: UUID
    external_id: str
    name: str | None = None


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
_IDENTIFY = text(f"""
    insert into contact_identity (account_id, id, contact_id, channel_id, external_id, name, created_at)
    values (:account, :id, :contact, :channel, :external, :name, :now)
    on conflict (account_id, channel_id, external_id) do nothing
    returning {names(Identity)}""")
# One that has been written to or has written stays: a conversation leans on it.
_FORGET_IDENTITY = text("""
    delete from contact_identity i
    where i.account_id = :account and i.contact_id = :contact and i.id = :id
      and not exists (select from conversation c where c.account_id = i.account_id and c.contact_id = i.contact_id
                      and c.identity_id = i.id)""")


class Identities(Area):
    """A part of `unit.contacts`."""

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

    def identify(self, contact_id: UUID, channel_id: UUID, external_id: str, name: str | None) -> Identity | None:
        """One more identity of the contact; None where it is somebody's already."""
        return self._first(
            Identity,
            _IDENTIFY,
            id=self._new_id(),
            contact=contact_id,
            channel=channel_id,
            external=external_id,
            name=name,
            now=self._now,
        )

    def forget_identity(self, contact_id: UUID, identity_id: UUID) -> bool:
        """False where there is none such, or a conversation leans on it."""
        return bool(self._run(_FORGET_IDENTITY, contact=contact_id, id=identity_id))
