"""Counts what events, turns and orders came to, and logs each turn with whom and what it was about."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from uuid import UUID

from flowengine.jobs.measures import measures
from flowengine.store.intake import BULK, REPLY, TIMER
from flowengine.turns.observed import EventFailed, EventTaken, OrderTried, Told, TurnTaken

log = logging.getLogger(__name__)

PRIORITIES = {REPLY: "reply", TIMER: "timer", BULK: "bulk"}


def observe(account: UUID, told: Told) -> None:
    """For `turns`, which knows neither measures nor logs of a process."""
    match told:
        case EventTaken(kind, priority, arrived):
            seconds = max(0.0, (datetime.now(UTC) - arrived).total_seconds())
            measures.took("flowengine_event_seconds", seconds, kind=kind, priority=PRIORITIES.get(priority, "other"))
        case EventFailed(kind, error, outcome):
            measures.add("flowengine_events_failed_total", kind=kind, error=error, outcome=outcome)
        case TurnTaken():
            _turn(account, told)
        case OrderTried(kind, outcome):
            measures.add("flowengine_orders_total", kind=kind, outcome=outcome)


def _turn(account: UUID, turn: TurnTaken) -> None:
    measures.add("flowengine_turns_total", outcome=turn.outcome)
    if turn.outcome == "failed":
        measures.add("flowengine_runs_failed_total", error=turn.error)
        log.warning(
            "run failed: account=%s contact=%s run=%s turn=%d flow=%s node=%s error=%s",
            account, turn.contact, turn.run, turn.number, turn.flow, turn.node, turn.error,
        )  # fmt: skip
        return
    log.info(
        "turn taken: account=%s contact=%s run=%s turn=%d flow=%s outcome=%s",
        account, turn.contact, turn.run, turn.number, turn.flow, turn.outcome,
    )  # fmt: skip
