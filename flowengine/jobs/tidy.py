"""Forgets what has served its time, so that nothing slows down with age. Any number may do it at once."""

from __future__ import annotations

import logging
from datetime import UTC, datetime, timedelta
from uuid import UUID

from flowengine.files.folder import Folder
from flowengine.store.answers import KEPT_FOR
from flowengine.store.due import every_account
from flowengine.store.engine import Engine
from flowengine.store.outgoing import KEPT_FOR as CURSORS_FOR
from flowengine.store.partitions import keep_partitions
from flowengine.store.unit import Unit

log = logging.getLogger(__name__)

SEEN_FOR = timedelta(days=30)  # a repeat of an older message is taken for a new one
FACTS_FOR = timedelta(days=400)  # a look-back sees a year, and the season before it
FILES_FOR = timedelta(days=30)  # a file that no draft, point or version names and that was never sent
LATE_FOR = timedelta(days=1)  # after an erasure nothing is on its way any more
MOST_ROWS = 5_000  # of a kind, an account and a transaction
MOST_TIMES = 20  # in a row for one account; the next tidying goes on


def tidy(engine: Engine, now: datetime | None = None, *, files: Folder | None = None) -> int:
    """Rows forgotten in all accounts, each in a transaction of its own; tables by time are made and dropped."""
    made, dropped = keep_partitions(engine)
    if made or dropped:
        log.info("partitions made: %s; dropped: %s", made, dropped)
    now = now or datetime.now(UTC)
    forgotten = 0
    for account in every_account(engine):
        with Unit.open(engine, account, now=now) as unit:
            forgotten += unit.intake.forget_seen(now - SEEN_FOR)
            forgotten += unit.messages.forget_client_ids(now - SEEN_FOR)
            forgotten += unit.outgoing.forget(now - CURSORS_FOR)
            forgotten += unit.answers.forget(now - KEPT_FOR)
            forgotten += unit.facts.forget(now - FACTS_FOR)
            forgotten += unit.erasure.erase_what_came_late(now - LATE_FOR)
        forgotten += _past_retention(engine, account, now)
        forgotten += _unused_files(engine, account, now, files) if files else 0
    if files:
        files.forget_unfinished((now - LATE_FOR).timestamp())
    return forgotten


def _unused_files(engine: Engine, account: UUID, now: datetime, files: Folder) -> int:
    """Their bytes go before the commit: whoever sends the same file in meanwhile waits, then puts it there anew."""
    with Unit.open(engine, account, now=now) as unit:
        unused = unit.files.forget(unused_for=FILES_FOR)
        for content in unused:
            files.remove(account, content)
    return len(unused)


def _past_retention(engine: Engine, account: UUID, now: datetime) -> int:
    forgotten = 0
    for _ in range(MOST_TIMES):
        with Unit.open(engine, account, now=now) as unit:
            some = unit.retention.forget(MOST_ROWS)
        forgotten += some
        if not some:
            break
    return forgotten
