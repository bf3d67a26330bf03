"""What channels bring is stored at once, and what comes at the same time together.

A transaction costs the same for one message as for fifty. So whoever comes while another of the account's messages
are being stored waits, and is stored with all who came meanwhile; who comes alone is stored alone, without delay.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock
from typing import Any
from uuid import UUID

from redis import Redis

from flowengine.channels.arrived import Arrived, event
from flowengine.jobs.queue import nudge
from flowengine.store.engine import StoreBusy, is_away, is_blocked
from flowengine.store.receive import Inbound, Received
from flowengine.store.unit import within

MOST = 500  # messages a transaction, or one post of more
PATIENCE_S = 10.0  # for those before; the sender then hears that it must come again


@dataclass(eq=False, slots=True)
class _Post:
    """What one request brought, and what became of it: one of the two is set once it has been tried."""

    inbound: Sequence[Inbound]
    received: list[Received] | None = None
    fault: Exception | None = None

    @property
    def is_over(self) -> bool:
        return self.received is not None or self.fault is not None


@dataclass(slots=True)
class _Line:
    """Who waits to be stored in one account."""

    waiting: deque[_Post] = field(default_factory=deque)
    storing: Lock = field(default_factory=Lock)


class Arrivals:
    """Takes in for one process, and hints to the workers."""

    def __init__(self, engine: Any, redis: Redis, *, most: int = MOST, patience: float = PATIENCE_S) -> None:
        self._engine = engine
        self._redis = redis
        self._most = most
        self._patience = patience
        self._lines: dict[UUID, _Line] = {}

    def take_in(self, account: UUID, inbound: Sequence[Inbound]) -> list[Received]:
        """What became of each, in the order given: they are stored for good. A fault of the store where none is.

        Or where nobody knows, since the connection broke at the end: who sends them again does no harm.
        """
        if not inbound:
            return []
        post = _Post(inbound)
        line = self._lines.setdefault(account, _Line())
        line.waiting.append(post)
        if not line.storing.acquire(timeout=self._patience):
            with suppress(ValueError):  # it is just being stored
                line.waiting.remove(post)
            raise StoreBusy("who came before is still being stored")
        stored_any = False
        try:
            while not post.is_over:
                stored_any |= self._store(account, _first(line.waiting, self._most))
        finally:
            line.storing.release()
        if stored_any:  # one hint for all; who is next stores meanwhile
            nudge(self._redis, account)
        if post.fault is not None:
            raise post.fault
        assert post.received is not None
        return post.received

    def _store(self, account: UUID, posts: Sequence[_Post]) -> bool:
        """All in one transaction; where one of them is at fault, each in its own. Whether anything of it is new."""
        inbound = [each for post in posts for each in post.inbound]
        now = datetime.now(UTC)
        try:
            received = within(self._engine, account, lambda unit: unit.intake.receive(inbound), now=now)
            shares = iter(received)
            for post in posts:
                post.received = [next(shares) for _ in post.inbound]
            return not all(each.duplicate for each in received)
        except Exception as fault:
            if len(posts) == 1 or is_away(fault) and not is_blocked(fault):
                for post in posts:
                    post.fault = fault
                return False
            return any([self._store(account, [post]) for post in posts])
        finally:
            for post in posts:  # whoever stores for them has been stopped
                if not post.is_over:
                    post.fault = StoreBusy("storing was cut short")


def _first(waiting: deque[_Post], most: int) -> list[_Post]:
    """The posts that have waited longest, `most` messages of them."""
    posts = [waiting.popleft()]
    count = len(posts[0].inbound)
    while waiting and count + len(waiting[0].inbound) <= most:
        posts.append(waiting.popleft())
        count += len(posts[-1].inbound)
    return posts


def as_inbound(arrived: Arrived, *, channel: UUID, now: datetime, language: str | None = None) -> Inbound:
    """The store gives the event its id and the sender their identity."""
    fact = event(arrived, id="", channel=str(channel), identity="", now=now)
    return Inbound(
        channel_id=channel,
        external_id=arrived.contact,
        provider_id=arrived.id,
        event=fact.as_data(),
        name=arrived.name,
        language=language,
    )
