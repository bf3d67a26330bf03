"""A Unit that holds what its lanes are about, and writes what it keeps back before anything else is sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection, TextClause, text

from flowengine.store.area import Scope
from flowengine.store.batch.held import Kept, Rows
from flowengine.store.batch.people import BatchAccounts, BatchChannels, BatchContacts, BatchFacts, BatchTags
from flowengine.store.batch.reading import Reading
from flowengine.store.batch.talks import (
    BatchConversations,
    BatchLive,
    BatchMessages,
    BatchOutgoing,
    BatchSurroundings,
)
from flowengine.store.batch.walks import BatchIntake, BatchOutbox, BatchRuns, BatchTurns
from flowengine.store.batch.writing import Writing
from flowengine.store.engine import StoreFault
from flowengine.store.intake import Waiting
from flowengine.store.unit import ENTER, Undone, Unit, passes

# Between the statements of a pipeline no other time limit holds for a worker that is frozen; 17 has this one.
_ENTER = text(f"""
    {ENTER.text}, case when cast(current_setting('server_version_num') as integer) >= 170000
                       then set_config('transaction_timeout', '30s', true) end""")


class Batch(Unit):
    """`hold` reads ahead; `write` comes before the commit."""

    _enter = _ENTER

    def __init__(self, connection: Connection, account_id: UUID, *, now: datetime, ids: Callable[[], UUID]) -> None:
        super().__init__(connection, account_id, now=now, ids=ids, before=self._before)
        self._own = Scope(connection, account_id, now, ids)  # for what it reads and writes of itself
        self._rows = rows = Rows()
        self._changes = 0  # statements sent that only the end of the transaction could undo
        scope = self._scope
        self.accounts = BatchAccounts(scope, rows)
        self.around = BatchSurroundings(scope, rows)
        self.channels = BatchChannels(scope, rows)
        self.contacts = BatchContacts(scope, rows)
        self.conversations = BatchConversations(scope, rows)
        self.facts = BatchFacts(scope, rows)
        self.intake = BatchIntake(scope, rows)
        self.live = BatchLive(scope, rows)
        self.messages = BatchMessages(scope, rows)
        self.outbox = BatchOutbox(scope, rows)
        self.outgoing = BatchOutgoing(scope, rows)
        self.runs = BatchRuns(scope, rows)
        self.tags = BatchTags(scope, rows, self.write)
        self.turns = BatchTurns(scope, rows)

    def hold(self, waiting: Sequence[Waiting]) -> None:
        Reading(self._own).read(self._rows.held, self._rows.shared, waiting)

    def write(self) -> None:
        """Everything that was kept back; Undone where the database will not have it."""
        kept = self._rows.kept
        if not kept:
            return
        self._rows.kept = Kept()
        self._changes += 1
        try:
            ours = Writing(self._own).write(self._rows.held, kept)
        except Exception as fault:  # the database will not have it, or it is no JSON
            if passes(fault):
                raise
            raise Undone("what was kept back cannot be written") from fault
        if not ours:
            raise Undone("somebody else has saved a run of this lane")

    @contextmanager
    def savepoint(self) -> Iterator[object]:
        """What the block kept back is forgotten with an exception; Undone where it had sent something already."""
        mark, changes = self._rows.mark(), self._changes
        try:
            yield None
        except Undone:
            raise
        except StoreFault as fault:
            if passes(fault):
                raise
            raise Undone("a statement failed") from fault
        except Exception as fault:
            if self._changes > changes:
                raise Undone("what was sent cannot be taken back alone") from fault
            self._rows.back_to(mark)
            raise

    def _before(self, statement: TextClause, apart: bool) -> None:
        if not apart:
            self.write()
        self._changes += _changes_something(statement.text)


@lru_cache(maxsize=1000)
def _changes_something(statement: str) -> bool:
    return not statement.lstrip().startswith("select")
