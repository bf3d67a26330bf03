"""How fast a channel may be sent to: turns given out in Redis, so that all workers keep to one pace.

The pace is no promise: while Redis is away, or has forgotten, messages go at once.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any, cast
from uuid import UUID

from redis import Redis
from redis.commands.core import Script
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# The channel's next free moment in milliseconds; the pause between two messages, how many there are. From when they
# may go, in milliseconds from now. What was left unused is kept for a second: so much may go at once.
_SLOTS = Script(
    cast(Any, None),
    b"""
    local time = redis.call('time')
    local now = time[1] * 1000 + time[2] / 1000
    local free = math.max(tonumber(redis.call('get', KEYS[1]) or 0), now - math.max(1000 - ARGV[1], 0))
    redis.call('set', KEYS[1], free + ARGV[2] * ARGV[1], 'PX', math.ceil(free + ARGV[2] * ARGV[1] - now + 1000))
    return tostring(free - now)""",
)


def pace(connection: Redis, channel: UUID, per_second: float, number: int) -> Sequence[float]:
    """The seconds that each of `number` messages has to wait, at most so many a second. Never raises."""
    if not number:
        return []
    gap = 1000 / per_second
    try:
        first = float(_SLOTS([f"flowengine:pace:{channel}"], [gap, number], client=connection))
    except RedisError as fault:
        log.info("a channel's pace is not kept for now: %s", fault)
        return [0.0] * number
    return [max(first + place * gap, 0) / 1000 for place in range(number)]
