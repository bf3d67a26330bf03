"""Writes down what became of orders: all that are over at the same moment in one transaction.

Whoever comes while another writes waits for him, and the first of those who wait writes for all of them. So nobody
waits for company, and the more there is to write the more a transaction holds.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import sleep
from uuid import UUID

from flowengine.effects import callback
from flowengine.effects.outcome import Done, Outcome, Refused
from flowengine.store.engine import Engine, StoreFault, is_away
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit, within
from flowengine.turns.observed import OrderTried
from flowengine.turns.performers import record

log = logging.getLogger(__name__)

PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)  # between looks for a database that is away: it may be starting again


@dataclass(eq=False, slots=True)
class Entry:
    """An order, what became of it, and once it is written what that came to; None where the lease was lost."""

    order: Order
    outcome: Outcome
    tried: OrderTried | None = None
    more: bool = True  # whether another order of the account is due
    written: bool = False
    fault: Exception | None = None  # why it could not be written


@dataclass(eq=False, slots=True)
class _Line:
    """Of one account."""

    pen: Lock = field(default_factory=Lock)
    waiting: list[Entry] = field(default_factory=list)


class Outcomes:
    """One a worker process; safe for threads."""

    def __init__(self) -> None:
        self._lines: defaultdict[UUID, _Line] = defaultdict(_Line)
        self._lock = Lock()

    def write(self, engine: Engine, account: UUID, entries: Sequence[Entry]) -> None:
        """Write these down, and whatever else waits; raises where one of these could not be written."""
        with self._lock:
            line = self._lines[account]
            line.waiting += entries
        with line.pen:
            if not all(entry.written or entry.fault for entry in entries):
                with self._lock:
                    due, line.waiting = line.waiting, []
                _write(engine, account, due)
        for entry in entries:
            if entry.fault is not None:
                raise entry.fault


def _write(engine: Engine, account: UUID, entries: Sequence[Entry]) -> None:
    """Together; where that fails for another reason than a database that is away, each for itself."""
    try:
        _patiently(engine, account, entries)
    except Exception as fault:
        if is_away(fault):
            for entry in entries:
                entry.fault = fault
            return
        for entry in entries:
            _write_singly(engine, account, entry)


def _write_singly(engine: Engine, account: UUID, entry: Entry) -> None:
    """An outcome that the database cannot hold is given up."""
    try:
        try:
            _patiently(engine, account, [entry])
        except Exception as fault:
            if is_away(fault):
                raise
            log.error("outcome of an order cannot be kept: id=%s", entry.order.id, exc_info=fault)
            entry.outcome = Refused("what came of it cannot be kept")
            _patiently(engine, account, [entry])
    except Exception as fault:
        entry.fault = fault


def _patiently(engine: Engine, account: UUID, entries: Sequence[Entry]) -> None:
    """What was done is done: a database that is away is waited for."""
    for pause in (*PAUSES_S, None):
        try:
            tried, more = within(engine, account, lambda unit: (_record(unit, entries), unit.outbox.owes()))
            break
        except StoreFault as fault:
            if pause is None or not is_away(fault):
                raise
            sleep(pause)
    for entry in entries:
        entry.tried, entry.more, entry.written = tried.get(entry.order.id), more, True


def _record(unit: Unit, entries: Sequence[Entry]) -> dict[str, OrderTried | None]:
    """What each came to, by the order's id. Messages that arrived, the many, in one go."""
    arrived = [each.order for each in entries if each.order.kind == "callback" and isinstance(each.outcome, Done)]
    ours = unit.outbox.all_done(arrived) if arrived else []
    if ours:
        callback.all_done(unit, ours)
    tried: dict[str, OrderTried | None] = {order.id: OrderTried(order.kind, "done") for order in ours}
    others = [each for each in entries if each.order.kind != "callback" or not isinstance(each.outcome, Done)]
    return tried | {each.order.id: record(unit, each.order, each.outcome) for each in others}
