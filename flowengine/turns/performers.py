"""Who carries out which kind of order, and what is written down of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

from flowengine.effects import ask_ai, call_http, callback
from flowengine.effects.outcome import Apart, Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit
from flowengine.turns.observed import OrderTried

log = logging.getLogger(__name__)


class Performer(Protocol):
    """How one kind of order is carried out: a module of `effects`."""

    def prepare(self, unit: Unit, order: Order, *, secret: str) -> Any: ...
    def perform(self, call: Any, outside: Outside) -> Outcome: ...
    def again_at(self, order: Order, later: Later, now: datetime) -> datetime | None: ...
    def done(self, unit: Unit, order: Order, answer: Any) -> None: ...
    def given_up(self, unit: Unit, order: Order, outcome: Later | Refused) -> None: ...


PERFORMERS: Mapping[str, Performer] = {"callback": callback, "call_http": call_http, "ask_ai": ask_ai}


def ours(order: Order, fault: Exception) -> Later:
    """A failure of ours is this order's alone: what was claimed with it is sent and recorded all the same."""
    log.error("order not carried out: id=%s attempt=%d", order.id, order.attempts, exc_info=fault)
    return Later(f"{type(fault).__name__}: {fault}")


def record(unit: Unit, order: Order, outcome: Outcome) -> OrderTried | None:
    """Write down what became of an order; None where that is no longer ours to say."""
    by = PERFORMERS[order.kind]
    if isinstance(outcome, Apart):
        again = unit.outbox.again(order, unit.now, outcome.why, alone=True)
        return OrderTried(order.kind, "later") if again else None
    if isinstance(outcome, Later):
        at = by.again_at(order, outcome, unit.now)
        if at is not None:
            return OrderTried(order.kind, "later") if unit.outbox.again(order, at, outcome.why) else None
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
