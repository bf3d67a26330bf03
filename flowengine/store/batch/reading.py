"""Reads ahead what the events of the claimed lanes will ask for: three round trips, however many lanes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast
from uuid import UUID

import psycopg

from flowengine.store.accounts import READ as READ_ACCOUNT
from flowengine.store.accounts import Account
from flowengine.store.area import AnyRow, Area, names, text
from flowengine.store.batch.held import Held, Shared
from flowengine.store.channels import READ_ANSWERING, Channel, LiveFlow
from flowengine.store.contacts import READ_MANY, Contact
from flowengine.store.conversations import Conversation
from flowengine.store.intake import Waiting
from flowengine.store.runs import READ_OPEN, StoredRun

Cursor = psycopg.Cursor[AnyRow]

# What a conversation is found by when a message comes: the one that is not over, else the last.
_LATEST = text("""
    select g.contact_id, g.channel_id, coalesce(
        (select c.id from conversation c
         where c.account_id = :account and c.contact_id = g.contact_id and c.channel_id = g.channel_id
           and c.state <> 'finished'),
        (select c.id from conversation c
         where c.account_id = :account and c.contact_id = g.contact_id and c.channel_id = g.channel_id
         order by c.opened_at desc, c.id desc limit 1))
    from unnest(cast(:contacts as uuid[]), cast(:channels as uuid[])) as g(contact_id, channel_id)""")
# One that a person holds this moment is not waited for here: whoever needs it waits for it alone.
_LOCK = text(f"""
    select {names(Conversation)} from conversation
    where account_id = :account and id = any(cast(:ids as uuid[])) order by id for no key update skip locked""")
_TAGS = text("""
    select c.conversation_id, array_agg(t.slug order by t.slug)
    from conversation_tag c join tag t on t.account_id = c.account_id and t.id = c.tag_id
    where c.account_id = :account and c.conversation_id = any(cast(:ids as uuid[])) group by c.conversation_id""")
_NUMBERS = text("""
    select id, out_number from contact_identity
    where account_id = :account and id = any(array(
        select identity_id from conversation where account_id = :account and id = any(cast(:ids as uuid[]))
        union select * from unnest(cast(:identities as uuid[]))))
    order by id for no key update skip locked""")

_CHANNELS = text(f"""
    select {names(Channel)} from channel where account_id = :account and id = any(cast(:ids as uuid[]))""")
_SLUGS = text("""
    select t.id, t.slug from team t where t.account_id = :account and t.id = any(array(
        select team_id from conversation where account_id = :account and id = any(cast(:ids as uuid[]))
        union select team_id from channel where account_id = :account and id = any(cast(:channels as uuid[]))))""")


class Reading(Area):
    """Fills what is empty."""

    apart = True

    def read(self, held: Held, shared: Shared, waiting: Sequence[Waiting]) -> None:
        lanes = list(dict.fromkeys(event.lane_id for event in waiting))
        places = {
            (event.lane_id, event.channel_id): event.identity_id
            for event in waiting
            if event.channel_id is not None and event.identity_id is not None
        }
        channels = list(dict.fromkeys(channel for _, channel in places))
        driver = cast("psycopg.Connection[AnyRow]", self._scope.connection.connection.driver_connection)
        try:
            with driver.pipeline():
                common = self._common(channels)
                self._contacts_and_runs(held, lanes, places)
                self._share(shared, *common)
            with driver.pipeline():
                self._talks(held, set(places.values()))
            # Alone, and last: at a pipeline's end the driver sends a flush, upon which PostgreSQL forgets
            # idle_in_transaction_session_timeout until the next statement, and a frozen worker would keep its lanes.
            shared.slugs = dict(self._execute(_SLUGS, {"ids": _talk_ids(held), "channels": channels}).fetchall())
        except psycopg.Error as fault:
            raise self._fault(fault, _LATEST, driver) from fault

    def _common(self, channels: list[UUID]) -> tuple[Cursor, Cursor, Cursor]:
        flows = self._execute(READ_ANSWERING, {"channels": channels})
        return self._execute(READ_ACCOUNT, {}), self._execute(_CHANNELS, {"ids": channels}), flows

    def _share(self, shared: Shared, account: Cursor, channels: Cursor, flows: Cursor) -> None:
        row = account.fetchone()
        shared.account = Account(*row) if row else None
        shared.channels = {row[0]: Channel(*row) for row in channels.fetchall()}
        shared.answering = {channel: [] for channel in shared.channels}
        for channel, *flow in flows.fetchall():
            shared.answering.setdefault(channel, []).append(LiveFlow(*flow))

    def _contacts_and_runs(self, held: Held, lanes: list[UUID], places: dict[tuple[UUID, UUID], UUID]) -> None:
        contacts = self._execute(READ_MANY, {"ids": lanes})
        runs = self._execute(READ_OPEN, {"contacts": lanes})
        pairs = {"contacts": [contact for contact, _ in places], "channels": [channel for _, channel in places]}
        latest = self._execute(_LATEST, pairs)
        held.contacts = {row[0]: Contact(*row) for row in contacts.fetchall()}
        held.runs = {row[0]: StoredRun(*row) for row in runs.fetchall()}
        held.known = set(lanes)
        held.latest = {(contact, channel): talk for contact, channel, talk in latest.fetchall()}

    def _talks(self, held: Held, identities: set[UUID]) -> None:
        ids = _talk_ids(held)
        talks = self._execute(_LOCK, {"ids": ids})
        tags = self._execute(_TAGS, {"ids": ids})
        numbers = self._execute(_NUMBERS, {"ids": ids, "identities": list(identities)})
        held.talks = {row[0]: Conversation(*row) for row in talks.fetchall()}
        held.tags = {**{id: [] for id in ids}, **dict(tags.fetchall())}
        held.numbers = dict(numbers.fetchall())


def _talk_ids(held: Held) -> list[UUID]:
    of_runs = {run.conversation_id for run in held.runs.values() if run.conversation_id}
    return sorted({talk for talk in held.latest.values() if talk} | of_runs)
