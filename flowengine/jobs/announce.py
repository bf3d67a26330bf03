"""Tells open screens that an account's stream has grown: a hint by Redis, never the news itself.

Who listens reads the numbered events from the database; where Redis is away, it looks every other second instead.
"""

from __future__ import annotations

import logging
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)


def topic(account: UUID) -> str:
    """The Redis channel on which an account's changes are hinted at."""
    return f"live:{account}"


def announce(connection: Redis, account: UUID) -> None:
    """Hint that something of `account` has changed; never raises."""
    try:
        connection.publish(topic(account), b"1")
    except RedisError as fault:
        log.warning("hint to open screens lost, they look by themselves: %s", fault)
