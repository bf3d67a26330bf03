"""Claims an account's lanes and takes their events: one transaction a claim, a savepoint an event."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from flowengine.core.errors import Conflict
from flowengine.core.events import (
    CallAnswered,
    Event,
    Happened,
    HumanFinished,
    MessageReceived,
    SendFailed,
    Started,
    TimerFired,
    event_from,
)
from flowengine.store.batch import Batch
from flowengine.store.engine import Engine
from flowengine.store.intake import Waiting
from flowengine.store.unit import Undone, Unit, passes, within
from flowengine.turns.answer import take_answer, take_fact
from flowengine.turns.claim import Claim
from flowengine.turns.message import take_message
from flowengine.turns.observed import EventFailed, EventTaken, Observer, Told, nobody
from flowengine.turns.programs import Programs
from flowengine.turns.rescue import rescue
from flowengine.turns.walk import Overtaken

log = logging.getLogger(__name__)

MOST_LANES = 50  # a transaction: what lies ready is taken at once, a claim never waits for more
MOST_EVENTS = 200  # of these lanes: somebody who writes without end delays nobody for long
MOST_BULK = 20  # of them, where the work is bulk: who writes waits for no more
MOST_TIMERS = 500
LOOKS = 3  # at a conversation that people change at the same moment
ATTEMPTS = 5  # then the event goes to the dead letters and its conversation to people
FIRST_PAUSE = timedelta(seconds=1)  # after a failure of ours; doubles with each


Owes = Callable[[UUID], object]


@dataclass(frozen=True, slots=True)
class _Came:
    """What a claim came to: events dealt with, whether anything is owed to the outside world since, what to count."""

    taken: int
    owed: bool
    told: Sequence[Told]


def take_waiting(
    engine: Engine,
    account: UUID,
    programs: Programs,
    *,
    now: datetime | None = None,
    owes: Owes = lambda account: None,
    observe: Observer = nobody,
) -> int:
    """Claim what waits of one account and take it; how many events were dealt with, 0 when nothing is left.

    In a batch; where that comes to nothing, singly. `owes` is told of the account, after the commit, where something
    is owed to the outside world since, and `observe` of what each event and turn came to.
    """
    try:
        came = within(engine, account, partial(_come, programs), now=now, kind=Batch)
    except Undone as undone:
        log.warning("a batch is taken again event by event: account=%s: %s", account, undone, exc_info=undone.__cause__)
        return take_singly(engine, account, programs, now=now, owes=owes, observe=observe)
    return _tell(account, came, owes, observe)


def take_singly(
    engine: Engine,
    account: UUID,
    programs: Programs,
    *,
    now: datetime | None = None,
    owes: Owes = lambda account: None,
    observe: Observer = nobody,
) -> int:
    """The same, by statements that stand for themselves: slower, and what one event fails by is its own."""
    return _tell(account, within(engine, account, partial(_come, programs), now=now), owes, observe)


def _tell(account: UUID, came: _Came, owes: Owes, observe: Observer) -> int:
    if came.owed:
        owes(account)
    for told in came.told:
        observe(account, told)
    return came.taken


def _come(programs: Programs, unit: Unit) -> _Came:
    claim = Claim(unit, programs)
    return _Came(_take(claim), unit.outbox.owed, claim.told)


def _take(claim: Claim) -> int:
    unit = claim.unit
    unit.outbox.fire_timers(MOST_TIMERS)
    lanes = unit.lanes.claim(MOST_LANES, bulk=MOST_BULK)
    if not lanes:
        return 0
    waiting = unit.intake.waiting([lane.id for lane in lanes], MOST_EVENTS)
    unit.hold(waiting)
    by_lane: dict[UUID, list[Waiting]] = {lane.id: [] for lane in lanes}
    for event in waiting:
        by_lane[event.lane_id].append(event)
    put_off = {lane for lane, events in by_lane.items() if not _walk_lane(claim, events)}
    unit.lanes.settle([lane for lane in by_lane if lane not in put_off])
    return len(waiting) or len(lanes)


def _walk_lane(claim: Claim, events: list[Waiting]) -> bool:
    """Take a lane's events in order; False where one failed and the lane is to be tried again later."""
    for waiting in events:
        try:
            _take_one(claim, waiting)
        except Exception as fault:  # ours, whatever it is: this contact's events wait, everybody else's go on
            if passes(fault):
                raise
            if not _gave_up(claim, waiting, fault):
                return False
    return True


def _take_one(claim: Claim, waiting: Waiting) -> None:
    """Take an event and forget it, or neither. Where a person was first at the desk, look again and go by that."""
    for left in reversed(range(LOOKS)):
        try:
            with claim.savepoint():
                take_event(claim, waiting)
                claim.unit.intake.done([waiting.id])
            claim.told.append(EventTaken(waiting.kind, waiting.priority, waiting.at))
            return
        except (Conflict, Overtaken):
            if not left:
                raise


def take_event(claim: Claim, waiting: Waiting) -> None:
    """One event of the lane that this transaction holds, in the order of automation.md, "One event"."""
    event: Event = event_from(waiting.event)
    match event:
        case MessageReceived():
            take_message(claim, waiting.lane_id, event)
        case TimerFired() | HumanFinished() | SendFailed() | CallAnswered() | Started():
            take_answer(claim, event, waiting.generation)
        case Happened():
            take_fact(claim, waiting.lane_id, event, waiting.generation)
        case _:
            raise ValueError(f"an event of kind {waiting.kind!r} is not for the intake")


def _gave_up(claim: Claim, waiting: Waiting, fault: Exception) -> bool:
    """Count a failure of ours; after `ATTEMPTS` the event is a dead letter and people take the conversation."""
    unit = claim.unit
    attempts = unit.intake.failed(waiting.id)
    log.error(
        "event not taken: account=%s lane=%s event=%s kind=%s attempt=%d",
        unit.account_id, waiting.lane_id, waiting.id, waiting.kind, attempts, exc_info=fault,
    )  # fmt: skip
    gave_up = attempts >= ATTEMPTS
    claim.told.append(EventFailed(waiting.kind, type(fault).__name__, "given_up" if gave_up else "later"))
    if not gave_up:
        unit.lanes.put_off(waiting.lane_id, unit.now + FIRST_PAUSE * 2 ** (attempts - 1))
        return False
    unit.intake.give_up(waiting.id, f"{type(fault).__name__}: {fault}")
    rescue(claim, waiting, f"{type(fault).__name__}: {fault}")
    return True
