"""How long this process' requests take: counted here, handed over every few seconds to where all processes' are."""

from __future__ import annotations

from threading import Thread
from time import monotonic

from redis import Redis

from flowengine.jobs.measures import measures

EVERY_S = 5.0


class Timing:
    """The requests of one process."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._handed_over = monotonic()

    def took(self, seconds: float, *, endpoint: str, status: int) -> None:
        measures.took("flowengine_http_seconds", seconds, endpoint=endpoint, status=f"{status // 100}xx")
        now = monotonic()
        if now - self._handed_over > EVERY_S:
            self._handed_over = now
            Thread(target=measures.hand_over, args=[self._redis], daemon=True).start()  # nobody waits for Redis
