"""Carries out what is owed to the outside world: claim and commit, perform with nothing open, record the outcome."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from time import sleep
from typing import Any, Protocol
from uuid import UUID

from flowengine.effects import ask_ai, call_http, callback
from flowengine.effects.outcome import Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.store.engine import Engine, StoreFault, is_away
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit, within
from flowengine.turns.hands import Hands
from flowengine.turns.observed import Observer, OrderTried, nobody

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)  # beyond the order's own time limit: a callback's 15 s, a slow look-up, writing it down


class Performer(Protocol):
    """How one kind of order is carried out: a module of `effects`."""

    def prepare(self, unit: Unit, order: Order, *, secret: str) -> Any: ...
    def perform(self, call: Any, outside: Outside) -> Outcome: ...
    def again_at(self, order: Order, later: Later, now: datetime) -> datetime | None: ...
    def done(self, unit: Unit, order: Order, answer: Any) -> None: ...
    def given_up(self, unit: Unit, order: Order, outcome: Later | Refused) -> None: ...


PAUSES_S = (0.5, 1.0, 2.0, 4.0, 8.0)  # between looks for a database that is away: it may be starting again


PERFORMERS: Mapping[str, Performer] = {"callback": callback, "call_http": call_http, "ask_ai": ask_ai}
_OUTCOMES = (Done, Later, Refused)


@dataclass(frozen=True, slots=True)
class Settling:
    """What carrying out needs: who claims, by which client, with how many hands.

    `then` is told of the account when an order is over, and whether an event of its lane came of it; `observe` of each
    try that was written down.
    """

    engine: Engine
    account: UUID
    outside: Outside
    hands: Hands
    secret: str
    then: Callable[[UUID, bool], None] = lambda account, answered: None
    observe: Observer = nobody


def settle(settling: Settling) -> int:
    """Claim as many orders of an account as there are free hands, and have them performed; how many were claimed."""
    with settling.hands.some() as free:
        claimed = within(settling.engine, settling.account, lambda unit: _claim(unit, settling.secret, free.number))
        for order, call in claimed:
            free.give(lambda order=order, call=call: _carry_out(settling, order, call))  # type: ignore[misc]
    return len(claimed)


def owes(engine: Engine, account: UUID) -> bool:
    """Whether an order of the account is due."""
    with Unit.open(engine, account) as unit:
        return unit.outbox.owes()


def _claim(unit: Unit, secret: str, most: int) -> list[tuple[Order, Any]]:
    orders = unit.outbox.claim(most, lease=LEASE) if most else []
    return [(order, _prepare(unit, order, secret)) for order in orders]


def _prepare(unit: Unit, order: Order, secret: str) -> Any:
    try:
        return PERFORMERS[order.kind].prepare(unit, order, secret=secret) or Done()
    except StoreFault:
        raise
    except Exception as fault:
        return _ours(order, fault)


def _carry_out(settling: Settling, order: Order, call: Any) -> None:
    outcome = call if isinstance(call, _OUTCOMES) else _perform(settling, order, call)
    try:
        _write_down(settling, order, outcome)
    except StoreFault as fault:  # the lease ends by itself, and whoever claims the order then sees that it was tried
        log.warning("outcome of an order not written down: id=%s: %s", order.id, fault)
    except Exception:
        log.exception("outcome of an order not written down: id=%s", order.id)
    settling.then(settling.account, order.lane_id is not None)


def _write_down(settling: Settling, order: Order, outcome: Outcome) -> None:
    """What was done is done: a database that is away is waited for, an outcome that it cannot hold is given up."""
    try:
        tried = _patiently(settling, order, outcome)
    except Exception as fault:
        if is_away(fault):
            raise
        log.error("outcome of an order cannot be kept: id=%s", order.id, exc_info=fault)
        tried = _patiently(settling, order, Refused("what came of it cannot be kept"))
    if tried is not None:
        settling.observe(settling.account, tried)


def _patiently(settling: Settling, order: Order, outcome: Outcome) -> OrderTried | None:
    for pause in PAUSES_S:
        try:
            return within(settling.engine, settling.account, lambda unit: _record(unit, order, outcome))
        except StoreFault as fault:
            if not is_away(fault):
                raise
        sleep(pause)
    return within(settling.engine, settling.account, lambda unit: _record(unit, order, outcome))


def _perform(settling: Settling, order: Order, call: Any) -> Outcome:
    try:
        return PERFORMERS[order.kind].perform(call, settling.outside)
    except Exception as fault:
        return _ours(order, fault)


def _ours(order: Order, fault: Exception) -> Later:
    """A failure of ours is this order's alone: what was claimed with it is sent and recorded all the same."""
    log.error("order not carried out: id=%s attempt=%d", order.id, order.attempts, exc_info=fault)
    return Later(f"{type(fault).__name__}: {fault}")


def _record(unit: Unit, order: Order, outcome: Outcome) -> OrderTried | None:
    """Write down what became of an order; None where that is no longer ours to say."""
    by = PERFORMERS[order.kind]
    if isinstance(outcome, Later):
        again = by.again_at(order, outcome, unit.now)
        if again is not None:
            return OrderTried(order.kind, "later") if unit.outbox.again(order, again, outcome.why) else None
        if outcome.answer is not None:
            outcome = Done(outcome.answer)
    if isinstance(outcome, Done):
        if not unit.outbox.done(order):
            return None
        by.done(unit, order, outcome.answer)
        return OrderTried(order.kind, "done")
    if not unit.outbox.give_up(order, outcome.why):
        return None
    by.given_up(unit, order, outcome)
    return OrderTried(order.kind, "given_up")
