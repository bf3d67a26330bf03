"""Contacts, what happened to them and their conversations' tags, as a batch holds them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any
from uuid import UUID

from flowengine.store.accounts import Account, Accounts
from flowengine.store.area import Scope
from flowengine.store.batch.held import Rows
from flowengine.store.batch.holding import Holding
from flowengine.store.channels import Channel, Channels, LiveFlow
from flowengine.store.contacts import Contact, Contacts
from flowengine.store.facts import Facts, ToldFact
from flowengine.store.tags import Tags


class BatchAccounts(Holding, Accounts):
    def read(self) -> Account:
        shared = self._batch.shared
        if shared.account is None:
            shared.account = super().read()
        return shared.account


class BatchChannels(Holding, Channels):
    def get(self, channel_id: UUID) -> Channel | None:
        return self._batch.shared.channels.get(channel_id) or super().get(channel_id)

    def live_flows(self, channel_id: UUID) -> list[LiveFlow]:
        answering = self._batch.shared.answering
        if channel_id not in answering:
            answering[channel_id] = super().live_flows(channel_id)
        return answering[channel_id]


class BatchContacts(Holding, Contacts):
    """Whoever changes one by statements of its own says what it is by then (`renew`)."""

    apart = True

    def get(self, contact_id: UUID) -> Contact | None:
        return self._batch.held.contacts.get(contact_id) or super().get(contact_id)

    def change(self, contact_id: UUID, **new: Any) -> Contact | None:
        changed = super().change(contact_id, **new)
        if changed is not None:
            self.renew(changed)
        return changed

    def seen(self, contact_ids: Sequence[UUID]) -> None:
        held = self._batch.held.contacts
        for id in contact_ids:
            if id in held:
                held[id] = held[id].heard(self._now)
        self._batch.kept.seen.update(contact_ids)

    def renew(self, contact: Contact) -> None:
        self._batch.held.contacts[contact.id] = contact


class BatchFacts(Holding, Facts):
    def keep(self, told: Sequence[ToldFact]) -> None:
        self._batch.kept.facts += told


class BatchTags(Holding, Tags):
    """A conversation must be in the database before it is tagged."""

    apart = True

    def __init__(self, scope: Scope, rows: Rows, write: Callable[[], None]) -> None:
        super().__init__(scope, rows)
        self._write = write

    def put(self, on: str, thing: UUID, tag_ids: Collection[UUID]) -> set[UUID]:
        if thing in self._batch.kept.opened:
            self._write()
        self._batch.held.tags.pop(thing, None)
        return super().put(on, thing, tag_ids)

    def take_off(self, on: str, thing: UUID, tag_ids: Collection[UUID]) -> set[UUID]:
        self._batch.held.tags.pop(thing, None)
        return super().take_off(on, thing, tag_ids)
