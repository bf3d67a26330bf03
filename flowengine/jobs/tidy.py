"""Forgets what has served its time, so that nothing slows down with age. Any number may do it at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from flowengine.store.answers import KEPT_FOR
from flowengine.store.due import every_account
from flowengine.store.engine import Engine
from flowengine.store.unit import Unit

SEEN_FOR = timedelta(days=30)  # a repeat of an older message is taken for a new one
CURSORS_FOR = timedelta(days=30)  # of a channel's outgoing stream
FACTS_FOR = timedelta(days=400)  # a look-back sees a year, and the season before it
LIVE_FOR = timedelta(days=2)  # a screen that was away for longer reads everything anew


def tidy(engine: Engine, now: datetime | None = None) -> int:
    """Rows forgotten in all accounts, each in a transaction of its own."""
    now = now or datetime.now(UTC)
    forgotten = 0
    for account in every_account(engine):
        with Unit.open(engine, account, now=now) as unit:
            forgotten += unit.intake.forget_seen(now - SEEN_FOR)
            forgotten += unit.messages.forget_client_ids(now - SEEN_FOR)
            forgotten += unit.outgoing.forget(now - CURSORS_FOR)
            forgotten += unit.live.forget(now - LIVE_FOR)
            forgotten += unit.answers.forget(now - KEPT_FOR)
            forgotten += unit.facts.forget(now - FACTS_FOR)
    return forgotten
