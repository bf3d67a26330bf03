"""A Redis that is away delays nobody: who has found it so spares the others the wait for a while."""

from __future__ import annotations

from collections.abc import Callable
from threading import get_ident
from time import monotonic
from typing import Any, Self, TypeVar

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, TimeoutError
from redis.retry import Retry

PATIENCE_S = 0.25  # what Redis does for us takes well below a millisecond
AGAIN_S = 1.0  # after which one caller, and no other, tries whether it is back

T = TypeVar("T")


def connect(url: str) -> Redis:
    """A client that raises at once while Redis is away."""
    return Redis.from_url(
        url, socket_timeout=PATIENCE_S, socket_connect_timeout=PATIENCE_S, retry=Circuit(again=AGAIN_S)
    )


class Circuit(Retry):
    """What redis-py asks how often to try; all connections of a client share one.

    Once more where the connection broke, for that is what a restart of Redis leaves; where no answer came, no more.
    """

    def __init__(self, *, again: float) -> None:
        super().__init__(NoBackoff(), 1, (ConnectionError,))
        self._again = again
        self._failed_at: float | None = None
        self._trying: int | None = None  # the thread that finds out whether Redis is back

    def __deepcopy__(self, _memo: object) -> Self:
        """Each connection is given a copy, of what belongs to all of them."""
        return self

    def call_with_retry(self, do: Callable[[], T], *rest: Any, **more: Any) -> T:
        if self._failed_at is None or self._trying == get_ident():  # within a try of ours: it connects first
            return self._try(do, *rest, **more)
        if self._trying is not None or monotonic() < self._failed_at + self._again:
            raise ConnectionError("Redis was away a moment ago")
        self._trying = get_ident()
        try:
            return self._try(do, *rest, **more)
        finally:
            self._trying = None

    def _try(self, do: Callable[[], T], *rest: Any, **more: Any) -> T:
        try:
            done = super().call_with_retry(do, *rest, **more)
        except (ConnectionError, TimeoutError):
            self._failed_at = monotonic()
            raise
        self._failed_at = None
        return done
