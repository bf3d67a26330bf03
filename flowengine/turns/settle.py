"""Carries out what is owed to the outside world: claim and commit, perform with nothing open, record the outcome."""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flowengine.effects import callback
from flowengine.effects.callback import Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.effects.retry import next_try
from flowengine.store.engine import Engine, StoreFault
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit, within

log = logging.getLogger(__name__)

MOST = 8  # at once: each may wait for a slow receiver, and all must be done within the lease
LEASE = timedelta(minutes=2)  # longer than the slowest effect may take (its time limit is 15 s)


@dataclass(frozen=True, slots=True)
class _Claimed:
    order: Order
    call: callback.Call | Outcome  # what became of it, where there is nothing to send


def settle(engine: Engine, account: UUID, outside: Outside, *, secret: str) -> int:
    """Claim up to `MOST` orders of an account and perform them; how many were claimed."""
    claimed = within(engine, account, lambda unit: _claim(unit, secret))
    if not claimed:
        return 0
    with ThreadPoolExecutor(max_workers=len(claimed), thread_name_prefix="settle") as pool:
        outcomes = list(pool.map(lambda one: _perform(one, outside), claimed))
    for one, outcome in zip(claimed, outcomes, strict=True):
        within(engine, account, lambda unit, one=one, outcome=outcome: _record(unit, one.order, outcome))  # type: ignore[misc]
    return len(claimed)


def owes(engine: Engine, account: UUID) -> bool:
    """Whether an order of the account is due."""
    with Unit.open(engine, account) as unit:
        return unit.outbox.owes()


def _claim(unit: Unit, secret: str) -> list[_Claimed]:
    orders = unit.outbox.claim(MOST, lease=LEASE)
    return [_Claimed(order, _prepare(unit, order, secret)) for order in orders]


def _prepare(unit: Unit, order: Order, secret: str) -> callback.Call | Outcome:
    try:
        return callback.prepare(unit, order, secret=secret) or Done()
    except StoreFault:
        raise
    except Exception as fault:
        return _ours(order, fault)


def _perform(one: _Claimed, outside: Outside) -> Outcome:
    if not isinstance(one.call, callback.Call):
        return one.call
    try:
        return callback.perform(one.call, outside)
    except Exception as fault:
        return _ours(one.order, fault)


def _ours(order: Order, fault: Exception) -> Later:
    """A failure of ours is this order's alone: what was claimed with it is sent and recorded all the same."""
    log.error("order not carried out: id=%s attempt=%d", order.id, order.attempts, exc_info=fault)
    return Later(f"{type(fault).__name__}: {fault}")


def _record(unit: Unit, order: Order, outcome: Outcome) -> None:
    """Write down what became of an order, if it is still ours to say."""
    match outcome:
        case Done():
            if unit.outbox.done(order):
                callback.sent(unit, order)
        case Later(why):
            again = next_try(order.id, order.attempts, unit.now)
            if again is None or (order.deadline is not None and again > order.deadline):
                _give_up(unit, order, why)
            else:
                unit.outbox.again(order, again, why)
        case Refused(why):
            _give_up(unit, order, why)


def _give_up(unit: Unit, order: Order, why: str) -> None:
    if unit.outbox.give_up(order, why):
        callback.given_up(unit, order, why)
