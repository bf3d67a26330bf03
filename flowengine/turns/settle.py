"""Carries out what is owed to the outside world: claim and commit, perform with nothing open, record the outcome."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from flowengine.effects import callback
from flowengine.effects.callback import Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.effects.retry import next_try
from flowengine.store.engine import Engine
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit, within

MOST = 8  # at once: each may wait for a slow receiver, and all must be done within the lease
LEASE = timedelta(minutes=2)  # longer than the slowest effect may take (its time limit is 15 s)


@dataclass(frozen=True, slots=True)
class _Claimed:
    order: Order
    call: callback.Call | None  # None: nothing to send any more


def settle(engine: Engine, account: UUID, outside: Outside, *, secret: str) -> int:
    """Claim up to `MOST` orders of an account and perform them; how many were claimed."""
    claimed = within(engine, account, lambda unit: _claim(unit, secret))
    if not claimed:
        return 0
    with ThreadPoolExecutor(max_workers=len(claimed), thread_name_prefix="settle") as pool:
        outcomes = list(pool.map(lambda one: callback.perform(one.call, outside) if one.call else Done(), claimed))
    for one, outcome in zip(claimed, outcomes, strict=True):
        within(engine, account, lambda unit, one=one, outcome=outcome: _record(unit, one.order, outcome))  # type: ignore[misc]
    return len(claimed)


def owes(engine: Engine, account: UUID) -> bool:
    """Whether an order of the account is due."""
    with Unit.open(engine, account) as unit:
        return unit.outbox.owes()


def _claim(unit: Unit, secret: str) -> list[_Claimed]:
    orders = unit.outbox.claim(MOST, lease=LEASE)
    return [_Claimed(order, callback.prepare(unit, order, secret=secret)) for order in orders]


def _record(unit: Unit, order: Order, outcome: Outcome) -> None:
    """Write down what became of an order, if it is still ours to say."""
    match outcome:
        case Done():
            unit.outbox.done(order)
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
