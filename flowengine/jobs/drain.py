"""The drain: one RQ job that serves account after account for some seconds, a claim at a time.

It stays a moment after the last hint, since the next one then costs no job. What it leaves behind when its time is
over, another drain takes up.
"""

from __future__ import annotations

import logging
from time import monotonic
from uuid import UUID, uuid4

from redis.exceptions import RedisError
from rq.timeouts import BaseTimeoutException

from flowengine.jobs.process import Process, current
from flowengine.jobs.queue import Turns, Unfinished
from flowengine.jobs.tasks import WORK, Found
from flowengine.store.due import Work
from flowengine.store.engine import StoreFault

log = logging.getLogger(__name__)

DRAIN_S = 5.0  # of a job, so that its end can be believed in; what is left is for the next one
LINGER_S = 1.0  # without a hint
LOOK_S = 0.25  # between looks whether the worker is to stop
AGAIN_S = 0.02  # after which a hint that led to nothing is followed once more: another drain held the lane


def drain(name: Work) -> None:
    """The job."""
    serve(current(), name, DRAIN_S)


def serve(here: Process, name: Work, seconds: float) -> None:
    """Serve the queue's accounts in turn for so long, or until nobody comes any more."""
    turns = Turns(here.redis, name, uuid4().hex)
    try:
        unfinished = _in_turn(here, name, turns, monotonic() + seconds)
    except StoreFault as fault:  # the database is away: the sweep hints at everything once it is back
        log.warning("drain of %s ends: %s", name, fault)
        unfinished = None
    except RedisError as fault:
        log.warning("drain of %s ends, the sweep goes on: %s", name, fault)
        return
    turns.hand_over(unfinished)


def _in_turn(here: Process, name: Work, turns: Turns, end: float) -> Unfinished | None:
    """The account that was left with more work."""
    unfinished = doubtful = None
    idle_since = monotonic()
    while monotonic() < end and not here.stopping.is_set():
        if name == "outbox" and not here.hands.free_within(LOOK_S):
            continue
        account = turns.next(AGAIN_S if doubtful else LOOK_S, unfinished) or doubtful
        unfinished = None
        if account is None:
            if monotonic() - idle_since > LINGER_S and turns.leave():
                return None
            continue
        found = _work(here, name, account)
        unfinished = Unfinished(account, is_bulk=found.is_bulk) if found.number > 1 else None
        doubtful = account if not found.number and account != doubtful else None
        idle_since = monotonic()
    return unfinished


def _work(here: Process, name: Work, account: UUID) -> Found:
    """What there was to do; a failure of ours stops no other account."""
    try:
        return WORK[name](here, account)
    except (StoreFault, RedisError, BaseTimeoutException):
        raise
    except Exception:
        log.exception("work of an account failed: queue=%s account=%s", name, account)
        return Found(0)
