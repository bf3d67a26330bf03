"""Carries out what is owed to the outside world: claim and commit, perform with nothing open, record the outcome."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from flowengine.channels.http import Delivery, delivery
from flowengine.effects import callback
from flowengine.effects.outcome import Apart, Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.store.engine import Engine, StoreFault
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit, within
from flowengine.turns.hands import Hands
from flowengine.turns.observed import Observer, nobody
from flowengine.turns.outcomes import Entry, Outcomes
from flowengine.turns.performers import PERFORMERS, ours

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)  # beyond the order's own time limit: a callback's 15 s, a slow look-up, writing it down
_OUTCOMES = (Done, Later, Refused, Apart)

Pace = Callable[[UUID, float, int], Sequence[float]]


def _at_once(channel: UUID, per_second: float, number: int) -> Sequence[float]:
    return [0.0] * number


@dataclass(frozen=True, slots=True)
class Settling:
    """What carrying out needs: who claims, by which client, with how many hands.

    `then` is told of the account when a call is over, whether an event of a lane came of it, and whether more is due;
    `observe` of each try that was written down. `pace(channel, per_second, number)` gives the seconds that each of so
    many messages of a channel has to wait for.
    """

    engine: Engine
    account: UUID
    outside: Outside
    hands: Hands
    secret: str
    address: str = ""  # the installation's, for links to its files
    then: Callable[[UUID, bool, bool], None] = lambda account, answered, more: None
    observe: Observer = nobody
    outcomes: Outcomes = field(default_factory=Outcomes)
    pace: Pace = _at_once


@dataclass(frozen=True, slots=True)
class Parcel:
    """What one call carries out: an order, or several messages of a channel. `call` may be an outcome already."""

    orders: tuple[Order, ...]
    call: Any


def settle(settling: Settling) -> int:
    """Claim as many orders of an account as there are free hands, and have them performed; how many were claimed."""
    with settling.hands.some() as free:
        if not free.number:
            return 0
        parcels = within(settling.engine, settling.account, lambda unit: _claim(unit, settling, free.number))
        for parcel in parcels:
            free.give(lambda parcel=parcel: _carry_out(settling, parcel))  # type: ignore[misc]
    return sum(len(parcel.orders) for parcel in parcels)


def _claim(unit: Unit, settling: Settling, most: int) -> list[Parcel]:
    orders = unit.outbox.claim(most, lease=LEASE)
    by_channel: defaultdict[UUID, list[Order]] = defaultdict(list)
    for order in orders:
        if order.kind == "callback" and order.channel_id is not None:
            by_channel[order.channel_id].append(order)
    wanted = {id: delivery(channel.config) for id, channel in unit.channels.many(sorted(by_channel)).items()}
    for channel, how in wanted.items():
        orders += _company(unit, channel, how, len(by_channel[channel]))
    for channel, how in wanted.items():
        put_off = _put_off(unit, settling.pace, channel, how, orders)
        orders = [order for order in orders if order not in put_off]
    return _parcels(unit, orders, wanted, settling)


def _company(unit: Unit, channel: UUID, how: Delivery, claimed: int) -> list[Order]:
    """More of a channel that takes lists, until its list is full."""
    room = (how.together or 0) - claimed
    return unit.outbox.claim(room, lease=LEASE, channel=channel) if room > 0 else []


def _put_off(unit: Unit, pace: Pace, channel: UUID, how: Delivery, orders: Sequence[Order]) -> list[Order]:
    """Those of a channel's orders whose turn is later; they are due again by then."""
    if how.per_second is None:
        return []
    asking = [order for order in orders if order.channel_id == channel and "paced" not in order.payload]
    waits = zip(asking, pace(channel, how.per_second, len(asking)), strict=True)
    late = [(order, unit.now + timedelta(seconds=seconds)) for order, seconds in waits if seconds > 0]
    unit.outbox.pace([order for order, _ in late], [due for _, due in late])
    return [order for order, _ in late]


def _parcels(unit: Unit, orders: Sequence[Order], wanted: dict[UUID, Delivery], settling: Settling) -> list[Parcel]:
    letters = callback.Letters.of(unit, [order for order in orders if order.kind == "callback"])
    lists: defaultdict[UUID, list[Parcel]] = defaultdict(list)
    singly = []
    for order in orders:
        parcel = Parcel((order,), _prepare(unit, order, settling, letters))
        if isinstance(parcel.call, callback.Call) and parcel.call.listed and not order.payload.get("alone"):
            lists[order.channel_id or UUID(int=0)].append(parcel)
        else:
            singly.append(parcel)
    return singly + [_one(parcels) for parcels in lists.values()]


def _one(parcels: Sequence[Parcel]) -> Parcel:
    orders = tuple(order for parcel in parcels for order in parcel.orders)
    return Parcel(orders, callback.together([parcel.call for parcel in parcels]))


def _prepare(unit: Unit, order: Order, settling: Settling, letters: callback.Letters) -> Any:
    try:
        if order.kind == "callback":
            return (
                callback.prepare(unit, order, secret=settling.secret, letters=letters, address=settling.address)
                or Done()
            )
        return PERFORMERS[order.kind].prepare(unit, order, secret=settling.secret) or Done()
    except StoreFault:
        raise
    except Exception as fault:
        return ours(order, fault)


def _carry_out(settling: Settling, parcel: Parcel) -> None:
    outcome = parcel.call if isinstance(parcel.call, _OUTCOMES) else _perform(settling, parcel)
    entries = [Entry(order, outcome) for order in parcel.orders]
    try:
        settling.outcomes.write(settling.engine, settling.account, entries)
    except StoreFault as fault:  # the lease ends by itself, and whoever claims the order then sees that it was tried
        log.warning("outcome of an order not written down: id=%s: %s", parcel.orders[0].id, fault)
    except Exception:
        log.exception("outcome of an order not written down: id=%s", parcel.orders[0].id)
    for entry in entries:
        if entry.tried is not None:
            settling.observe(settling.account, entry.tried)
    answered = any(order.lane_id is not None for order in parcel.orders)
    settling.then(settling.account, answered, any(entry.more for entry in entries))


def _perform(settling: Settling, parcel: Parcel) -> Outcome:
    order = parcel.orders[0]
    try:
        return PERFORMERS[order.kind].perform(parcel.call, settling.outside)
    except Exception as fault:
        return ours(order, fault)
