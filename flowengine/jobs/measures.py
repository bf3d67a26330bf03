"""What all processes count together: each adds up for itself and hands over to Redis every few seconds.

So whichever process is asked tells of all of them, on however many machines. What Redis forgets begins anew at nought,
as counters may; while Redis is away nothing counted is lost, unless its process ends.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from time import perf_counter

from redis import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

KEY = "flowengine:measures"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds


class Measures:
    """One process' sums. Names and labels are ours and few: each pair of them is kept for ever."""

    def __init__(self) -> None:
        self._sums: Counter[str] = Counter()
        self._lock = Lock()

    def add(self, name: str, by: float = 1, **labels: str) -> None:
        with self._lock:
            self._sums[series(name, **labels)] += by  # type: ignore[assignment]  # a Counter of floats is one as well

    def took(self, name: str, seconds: float, **labels: str) -> None:
        """One more that took so long, for a histogram."""
        with self._lock:
            for bucket in BUCKETS:
                if seconds <= bucket:
                    self._sums[series(f"{name}_bucket", **labels, le=f"{bucket:g}")] += 1
            self._sums[series(f"{name}_bucket", **labels, le="+Inf")] += 1
            self._sums[series(f"{name}_count", **labels)] += 1
            self._sums[series(f"{name}_sum", **labels)] += seconds  # type: ignore[assignment]  # as above

    @contextmanager
    def timing(self, name: str, **labels: str) -> Iterator[None]:
        begun = perf_counter()
        try:
            yield
        finally:
            self.took(name, perf_counter() - begun, **labels)

    def hand_over(self, connection: Redis) -> None:
        """Add what was counted since the last time to everybody's. Never raises; what is not taken is kept."""
        with self._lock:
            sums, self._sums = self._sums, Counter()
        if not sums:
            return
        try:
            with connection.pipeline() as together:
                for field, value in sums.items():
                    together.hincrbyfloat(KEY, field, value)
                together.execute()
        except RedisError as fault:
            log.info("measures not handed over, they are kept: %s", fault)
            with self._lock:
                self._sums.update(sums)


class Errors(logging.Handler):
    """Counts what is logged as an error by the module that says so."""

    def __init__(self, into: Measures) -> None:
        super().__init__(logging.ERROR)
        self._into = into

    def emit(self, record: logging.LogRecord) -> None:
        self._into.add("flowengine_errors_total", logger=record.name)


@lru_cache(maxsize=10_000)  # a histogram names a dozen each time
def series(name: str, **labels: str) -> str:
    """`name{label="value"}`, as Prometheus writes it."""
    said = ",".join(f'{label}="{_plain(value)}"' for label, value in labels.items())
    return f"{name}{{{said}}}" if said else name


def together(connection: Redis) -> dict[str, float]:
    """Everybody's sums by series; raises RedisError."""
    return {field.decode(): float(value) for field, value in connection.hgetall(KEY).items()}  # type: ignore[union-attr]


def _plain(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


measures = Measures()  # the process' own; there is one log, and one of these
