"""Nudges: hints to the workers, safe to lose, to repeat and to reorder.

A nudge says "this account has work". At most one per account and queue waits at a time: the flag that guards it is
cleared by the job before it looks, so that whatever is committed after the look brings a nudge of its own; it lapses
by itself, so that a lost job blocks nothing. What a lost nudge leaves, the sweep finds.
"""

from __future__ import annotations

import logging
from typing import Literal
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

log = logging.getLogger(__name__)

QueueName = Literal["hot", "outbox"]  # turns and timers; what speaks to the outside world and may be slow
TASKS: dict[QueueName, str] = {"hot": "flowengine.jobs.tasks.take", "outbox": "flowengine.jobs.tasks.settle"}

FLAG_LIFE_MS = 2_000  # a lost job delays its account by no more than this and a sweep
JOB_TIMEOUT_S = 30  # above the 15 s after which the database ends an idle transaction
RESULT_LIFE_S = 30  # RQ: a result's life of 0 costs more commands than a short one
FAILURE_LIFE_S = 24 * 3600


def queue(connection: Redis, name: QueueName) -> Queue:
    """The RQ queue; arguments travel as JSON and workers run our tasks alone: no code is ever read from Redis."""
    return Queue(name, connection=connection, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT_S)


def nudge(connection: Redis, account: UUID, name: QueueName = "hot") -> bool:
    """Hint that `account` has work; whether a job was enqueued. Never raises: the database holds the truth."""
    try:
        if not connection.set(_flag(account, name), b"1", nx=True, px=FLAG_LIFE_MS):
            return False
        queue(connection, name).enqueue(
            TASKS[name], str(account), result_ttl=RESULT_LIFE_S, failure_ttl=FAILURE_LIFE_S, ttl=60
        )
    except RedisError as fault:
        log.warning("nudge lost, the sweep will find the work: %s", fault)
        return False
    return True


def answers(connection: Redis) -> bool:
    """Whether hints can be given and heard at all."""
    try:
        return bool(connection.ping())
    except RedisError:
        return False


def taken(connection: Redis, account: UUID, name: QueueName) -> None:
    """The job of a nudge has begun: later work needs a nudge of its own."""
    try:
        connection.delete(_flag(account, name))
    except RedisError as fault:
        log.warning("flag of a nudge not cleared, it lapses by itself: %s", fault)


def _flag(account: UUID, name: QueueName) -> str:
    return f"flowengine:nudged:{name}:{account}"
