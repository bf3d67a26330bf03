"""Which workers are alive: each renews a mark in Redis that lapses by itself."""

from __future__ import annotations

import logging
import os
import socket
from datetime import UTC, datetime
from typing import cast

from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

MARKS = "flowengine:alive"  # "queue/host/pid" by the time at which the mark lapses
BEAT_S = 5
MARK_S = 20  # whoever has not been heard of for 15 s more is gone


def mark(connection: Redis, queue: str, now: datetime | None = None) -> None:
    """Say that this process works for the queue at this moment. Never raises."""
    moment = (now or datetime.now(UTC)).timestamp()
    try:
        connection.zadd(MARKS, {f"{queue}/{socket.gethostname()}/{os.getpid()}": moment + MARK_S})
        connection.zremrangebyscore(MARKS, "-inf", moment)
    except RedisError as fault:
        log.info("a sign of life was lost: %s", fault)


def count(connection: Redis, now: datetime | None = None) -> dict[str, int]:
    """Workers alive by queue; raises RedisError where nobody can know."""
    moment = (now or datetime.now(UTC)).timestamp()
    found: dict[str, int] = {"hot": 0, "outbox": 0, "long": 0}
    for name in connection.zrangebyscore(MARKS, moment, "+inf"):
        queue = cast(bytes, name).decode().split("/")[0]
        found[queue] = found.get(queue, 0) + 1
    return found
