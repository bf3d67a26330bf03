"""What is to be done when: acts with a time, done by a few threads."""

from __future__ import annotations

import logging
from collections.abc import Callable
from heapq import heappop, heappush
from itertools import count
from threading import Condition, Thread
from time import monotonic
from types import TracebackType
from typing import Self

log = logging.getLogger(__name__)


class Agenda:
    """Acts are done while its `with` block lasts, each not before its time."""

    def __init__(self, hands: int) -> None:
        self._acts: list[tuple[float, int, Callable[[], None]]] = []
        self._numbers = count()
        self._changed = Condition()
        self._busy = 0
        self._over = False
        self._threads = [Thread(target=self._work, name=f"agenda {n}", daemon=True) for n in range(hands)]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._changed:
            self._over = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=30)

    def put(self, act: Callable[[], None], *, after: float = 0) -> None:
        with self._changed:
            heappush(self._acts, (monotonic() + after, next(self._numbers), act))
            self._changed.notify()

    def is_empty(self) -> bool:
        """Nothing is left to be done, and nothing is being done."""
        with self._changed:
            return not self._acts and not self._busy

    def _work(self) -> None:
        while (act := self._next()) is not None:
            try:
                act()
            except Exception:
                log.exception("an act of the agenda failed")
            with self._changed:
                self._busy -= 1

    def _next(self) -> Callable[[], None] | None:
        with self._changed:
            while not self._over:
                left = self._acts[0][0] - monotonic() if self._acts else None
                if left is not None and left <= 0:
                    self._busy += 1
                    return heappop(self._acts)[2]
                self._changed.wait(left)
        return None
