"""Writes what a batch has kept back: a statement a table, all of them in one round trip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

import psycopg
from sqlalchemy import TextClause

from flowengine.store.area import AnyRow, Area, json, names, text
from flowengine.store.batch.held import Held, Kept
from flowengine.store.contacts import Contacts
from flowengine.store.conversation_story import ConversationEvent
from flowengine.store.conversations import MAY_CHANGE, Conversation
from flowengine.store.facts import Facts
from flowengine.store.intake import Intake
from flowengine.store.live import Live
from flowengine.store.messages import Message
from flowengine.store.outbox import Outbox
from flowengine.store.runs import StoredRun
from flowengine.store.turns import Turns


def _insert(table: str, row: type[Any]) -> str:
    return f"""
        insert into {table} (account_id, {names(row)})
        select :account, {names(row)} from jsonb_populate_recordset(null::{table}, cast(:rows as jsonb))"""


_SAID = ("last_message_at", "last_message", "last_inbound_at", "updated_at", "version")
_NEW_OF_TALK = ", ".join((*MAY_CHANGE, *(name for name in _SAID if name not in MAY_CHANGE)))
_NEW_OF_RUN = "state, state_version, turn, status, reason, error, ended_at"

_OPENED = text(_insert("conversation", Conversation))
# Rows are looked up one by one by their ids, whatever is believed of how many an account has.
_CHANGED = text(f"""
    update conversation c set ({_NEW_OF_TALK}) = row({", ".join("r." + name for name in _NEW_OF_TALK.split(", "))})
    from jsonb_populate_recordset(null::conversation, cast(:rows as jsonb)) r
    where c.account_id = :account and c.id = r.id and c.id = any(cast(:ids as uuid[]))""")
_STARTED = text(_insert("run", StoredRun))
# By compare-and-set, although the lane is ours: who has lost it must not overwrite what another has saved.
_SAVED = text(f"""
    update run u set ({_NEW_OF_RUN}) = row({", ".join("r." + name for name in _NEW_OF_RUN.split(", "))})
    from jsonb_populate_recordset(null::run, cast(:rows as jsonb)) r
    join unnest(cast(:ids as uuid[]), cast(:befores as integer[])) as was(id, turn) on was.id = r.id
    where u.account_id = :account and u.id = r.id and u.id = any(cast(:ids as uuid[]))
      and u.turn = was.turn and u.status = 'open'""")
_SPOKEN = text(f"""
    with given as (
        select * from jsonb_populate_recordset(null::message, cast(:rows as jsonb))
    ), kept as (
        insert into message (account_id, {names(Message)}) select :account, {names(Message)} from given
    ), counted as (
        update contact_identity i set out_number = n.last
        from (select identity_id, max(number) as last from given where number is not null group by identity_id) n
        where i.account_id = :account and i.id = n.identity_id
          and i.id = any(array(select identity_id from given where number is not null))
    )
    insert into outgoing (account_id, channel_id, message_id, identity_id, number, at)
    select :account, channel_id, id, identity_id, number, :now
    from given where id = any(cast(:put as uuid[]))
    on conflict do nothing""")
_STORY = text(_insert("conversation_event", ConversationEvent))


class Writing(Area):
    """Rows that others lean on come first; what is over makes room for what begins."""

    apart = True

    def write(self, held: Held, kept: Kept) -> bool:
        """False where a run was saved by somebody else: then nothing of this may be committed."""
        driver = cast("psycopg.Connection[AnyRow]", self._scope.connection.connection.driver_connection)
        try:
            with driver.pipeline():
                saved = self._send(held, kept)
        except psycopg.Error as fault:
            raise self._fault(fault, _SPOKEN, driver) from fault
        return saved is None or saved.rowcount == len(kept.saved.keys() - kept.started)

    def _send(self, held: Held, kept: Kept) -> psycopg.Cursor[AnyRow] | None:
        scope = self._scope
        changed = sorted(kept.changed - kept.opened)
        self._rows_of(_CHANGED, [held.talks[id] for id in changed], ids=changed)
        self._rows_of(_OPENED, [held.talks[id] for id in kept.opened])
        saved = self._saved(held, {id: turn for id, turn in kept.saved.items() if id not in kept.started})
        self._rows_of(_STARTED, [held.runs[id] for id in kept.started])
        if kept.messages:
            self._run(_SPOKEN, rows=json(kept.messages), put=list(kept.put), now=self._now)
        self._rows_of(_STORY, kept.story)
        Live(scope).keep(kept.live)
        Turns(scope).record(kept.turns)
        if kept.timers_off:
            Outbox(scope).cancel_timers(list(kept.timers_off))
        Outbox(scope).owe(kept.owed)
        Facts(scope).keep(kept.facts)
        if kept.seen:
            Contacts(scope).seen(list(kept.seen))
        if kept.done:
            Intake(scope).done(kept.done)
        return saved

    def _saved(self, held: Held, befores: Mapping[UUID, int]) -> psycopg.Cursor[AnyRow] | None:
        if not befores:
            return None
        rows = json([held.runs[id] for id in befores])
        return self._execute(_SAVED, {"rows": rows, "ids": list(befores), "befores": list(befores.values())})

    def _rows_of(self, statement: TextClause, rows: Sequence[Any], **more: Any) -> None:
        if rows:
            self._run(statement, rows=json(rows), **more)
