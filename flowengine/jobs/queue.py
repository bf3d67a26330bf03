"""Hints to the workers: safe to lose, to repeat and to reorder.

A hint says "this account has work". The hints of a queue lie in one sorted set in Redis, each account at most once,
who has waited longest first. An RQ job, the drain, takes accounts from there in turn; it is enqueued only where none
waits or runs, since RQ's book-keeping of a job costs more than a turn. What a lost hint leaves, the sweep finds.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast
from uuid import UUID

from redis import Redis
from redis.commands.core import Script
from redis.exceptions import RedisError
from rq import Queue
from rq.serializers import JSONSerializer

from flowengine.store.due import Work

log = logging.getLogger(__name__)

QueueName = Work | Literal["long"]  # turns and timers, what speaks to the outside world; and what takes minutes
DRAIN = "flowengine.jobs.drain.drain"

MARK_MS = 1_000  # how long a drain is believed to be there after it last said so
LATER_MS = 1_000  # an account with more left goes behind whoever is hinted at within this time
JOB_TIMEOUT_S = 30  # above the 15 s after which the database ends an idle transaction
RESULT_LIFE_S = 30  # RQ: a result's life of 0 costs more commands than a short one
FAILURE_LIFE_S = 24 * 3600

_NOW = """
    local time = redis.call('time')
    local now = time[1] * 1000 + time[2] / 1000
"""


def _script(text: str) -> Script:
    return Script(cast(Any, None), (_NOW + text).encode())  # which Redis it runs in is said with each call


# Accounts, drains, RQ's queue; how many drains are enough, accounts. Whether one more is to be enqueued: where no
# account waits, or a job does, none is.
_HINT = _script(f"""
    for place = 2, #ARGV do redis.call('zadd', KEYS[1], 'LT', now + place / 1000, ARGV[place]) end
    if redis.call('zcard', KEYS[1]) == 0 then return 0 end
    if redis.call('zcount', KEYS[2], now, '+inf') >= tonumber(ARGV[1]) then return 0 end
    if redis.call('llen', KEYS[3]) > 0 then return 0 end
    if tonumber(redis.call('zscore', KEYS[2], 'called') or 0) > now then return 0 end
    redis.call('zremrangebyscore', KEYS[2], '-inf', now)
    redis.call('zadd', KEYS[2], now + {MARK_MS}, 'called')
    return 1""")
# Accounts, drains; the drain, the account that it leaves with more work or '', whether that is bulk. The next account
# or '', and how many wait after it. Where nobody else waits it goes on with the same, and leaves it there for other
# drains as well. Bulk of an account is walked by one drain, so that others are free for who writes.
_TURN = _script(f"""
    redis.call('zrem', KEYS[2], 'called')
    redis.call('zadd', KEYS[2], now + {MARK_MS}, ARGV[1])
    local walker = KEYS[1] .. ':' .. ARGV[2]
    local mine = ARGV[2] ~= ''
    if mine and ARGV[3] == '1' then
        mine = (redis.call('get', walker) or ARGV[1]) == ARGV[1]
        if mine then redis.call('set', walker, ARGV[1], 'PX', {MARK_MS}) end
    end
    if mine then redis.call('zadd', KEYS[1], 'LT', now + {LATER_MS}, ARGV[2]) end
    local next = redis.call('zpopmin', KEYS[1])[1] or ''
    if next ~= '' and next == ARGV[2] and ARGV[3] ~= '1' then redis.call('zadd', KEYS[1], now + {LATER_MS}, next) end
    return {{next, redis.call('zcard', KEYS[1])}}""")
# Accounts, drains; the drain. Whether it may go: nobody waits.
_LEAVE = _script("""
    if redis.call('zcard', KEYS[1]) > 0 then return 0 end
    redis.call('zrem', KEYS[2], ARGV[1])
    return 1""")


def queue(connection: Redis, name: QueueName) -> Queue:
    """The RQ queue; arguments travel as JSON and workers run our tasks alone: no code is ever read from Redis."""
    return Queue(name, connection=connection, serializer=JSONSerializer, default_timeout=JOB_TIMEOUT_S)


def nudge(connection: Redis, account: UUID, name: Work = "hot") -> bool:
    """Hint that `account` has work; whether a job was enqueued. Never raises: the database holds the truth."""
    return hint(connection, [account], name)


def hint(connection: Redis, accounts: Sequence[UUID], name: Work, *, enough: int = 1) -> bool:
    """Hint that these have work, most urgent first; see that `enough` drains are there, or one more is called.

    Whether a job was enqueued. Never raises.
    """
    try:
        if not _HINT(_keys(name), [enough, *map(str, accounts)], client=connection):
            return False
        queue(connection, name).enqueue(
            DRAIN, name, result_ttl=RESULT_LIFE_S, failure_ttl=FAILURE_LIFE_S, ttl=2 * JOB_TIMEOUT_S
        )
    except RedisError as fault:
        log.warning("hint lost, the sweep will find the work: %s", fault)
        return False
    return True


def answers(connection: Redis) -> bool:
    """Whether hints can be given and heard at all."""
    try:
        return bool(connection.ping())
    except RedisError:
        return False


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An account that was left with more work; whether what was taken of it was bulk alone."""

    account: UUID
    is_bulk: bool = False


class Turns:
    """Accounts in turn for one drain, named `drain`. Each method raises RedisError where Redis is away."""

    def __init__(self, connection: Redis, name: Work, drain: str) -> None:
        self._connection = connection
        self._name: Work = name
        self._drain = drain
        self._keys = _keys(name)

    def next(self, wait: float, unfinished: Unfinished | None = None) -> UUID | None:
        """The account whose turn it is; None where none comes within `wait` seconds. `unfinished` goes to the back."""
        left: list[str | int] = [str(unfinished.account), int(unfinished.is_bulk)] if unfinished else ["", 0]
        found, waiting = _TURN(self._keys, [self._drain, *left], client=self._connection)
        if waiting:
            hint(self._connection, [], self._name, enough=MOST_DRAINS)
        if not found:
            popped = cast(Any, self._connection.bzpopmin(self._keys[0], wait))
            found = popped[1] if popped else b""
        return UUID(found.decode()) if found else None

    def leave(self) -> bool:
        """Go, unless somebody waits; whether it could."""
        return bool(_LEAVE(self._keys, [self._drain], client=self._connection))

    def hand_over(self, unfinished: Unfinished | None) -> None:
        """Go, whoever waits: another drain goes on."""
        self._connection.zrem(self._keys[1], self._drain, "called")
        hint(self._connection, [unfinished.account] if unfinished else [], self._name)


MOST_DRAINS = 1_000  # no bound: of those that no worker has taken yet there is one at most


def _keys(name: Work) -> list[str]:
    return [f"flowengine:hints:{name}", f"flowengine:drains:{name}", f"{Queue.redis_queue_namespace_prefix}{name}"]
