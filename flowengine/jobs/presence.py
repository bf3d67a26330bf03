"""Who has a screen open: marks in Redis that lapse by themselves, and the sweep that tells the desk.

A person's open streams, in whatever process, renew one mark; nobody needs to say goodbye, so a process that is killed
leaves nothing behind. A restart of ours is over before a mark lapses. While Redis is away, and until it has been
watched for as long as a mark lives, nobody is called absent: the desk's last word stands.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import UTC, datetime
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError

from flowengine.desk import presence
from flowengine.jobs.announce import announce
from flowengine.store.due import find_present
from flowengine.store.engine import Engine
from flowengine.store.unit import Unit

log = logging.getLogger(__name__)

BEAT_S = 5  # how often an open stream renews; a closed one is noticed by the second thing written to it
MARK_S = 35  # whoever has not been heard of for 30 s more is gone
SWEEP_S = 5
BREAK_S = 15  # without a sweep, after which what the marks say is no longer trusted

MARKS = "flowengine:here"  # "account/member" by the time at which the mark lapses
WATCHED = "flowengine:here:watched"  # since when there has been a sweep without a break

Place = tuple[UUID, UUID]  # account, member


def mark(connection: Redis, account: UUID, member: UUID, now: datetime | None = None) -> None:
    """A screen of `member` is open at this moment. Never raises."""
    lapses = (now or datetime.now(UTC)).timestamp() + MARK_S
    try:
        connection.zadd(MARKS, {f"{account}/{member}": lapses}, gt=True)
    except RedisError as fault:
        log.info("a sign of presence was lost: %s", fault)


def unmark(connection: Redis, account: UUID, member: UUID) -> None:
    """They said themselves that they leave. Never raises."""
    try:
        connection.zrem(MARKS, f"{account}/{member}")
    except RedisError as fault:
        log.info("a mark of presence was not removed, it lapses by itself: %s", fault)


def sweep(engine: Engine, connection: Redis, now: datetime | None = None) -> int:
    """Tell the desk who has come and who has gone; how many. Any number may sweep at once: each change is made once."""
    now = now or datetime.now(UTC)
    try:
        here, is_certain = _marked(connection, now)
    except RedisError as fault:
        log.info("nobody knows who is there, the desk's last word stands: %s", fault)
        return 0
    believed = set(find_present(engine))
    came = _each_account(engine, connection, here - believed, presence.come)
    return came + _each_account(engine, connection, believed - here if is_certain else (), presence.leave)


def _marked(connection: Redis, now: datetime) -> tuple[set[Place], bool]:
    """Whose mark is good, and whether who has none is known to be gone."""
    moment = now.timestamp()
    with connection.pipeline() as together:
        together.zremrangebyscore(MARKS, "-inf", moment)
        together.zrange(MARKS, 0, -1)
        together.set(WATCHED, moment, nx=True)
        together.expire(WATCHED, BREAK_S)
        together.get(WATCHED)
        _, marks, _, _, since = together.execute()
    places = (name.decode().split("/") for name in marks)
    return {(UUID(account), UUID(member)) for account, member in places}, moment - float(since) >= MARK_S


def _each_account(
    engine: Engine, connection: Redis, places: Collection[Place], act: Callable[[Unit, list[UUID]], list[UUID]]
) -> int:
    accounts = defaultdict(list)
    for account, member in places:
        accounts[account].append(member)
    changed = 0
    for account, members in accounts.items():
        with Unit.open(engine, account) as unit:
            told = act(unit, members)
        if told:
            announce(connection, account)
        changed += len(told)
    return changed
