"""The identities by which channels know contacts."""

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


_IDENTITIES = text(f"""
    select {names(Identity)} from contact_identity
    where account_id = :account and contact_id = :contact order by created_at, id""")
_IDENTITY = text(f"select {names(Identity)} from contact_identity where account_id = :account and id = :id")
_SOME_IDENTITIES = text(f"""
    select {names(Identity)} from contact_identity where account_id = :account and id = any(cast(:ids as uuid[]))""")
_FIND = text(f"""
    select {names(Identity)} from contact_identity
    where account_id = :account and channel_id = :channel and external_id = :external""")
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

    def identities_by_id(self, identity_ids: Sequence[UUID]) -> dict[UUID, Identity]:
        return {each.id: each for each in self._all(Identity, _SOME_IDENTITIES, ids=list(identity_ids))}

    def identities(self, contact_id: UUID) -> list[Identity]:
        """Oldest first."""
        return self._all(Identity, _IDENTITIES, contact=contact_id)

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
