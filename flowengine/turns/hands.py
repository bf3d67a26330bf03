"""How many orders a process carries out at once: hands that are free take new ones while slow ones are still busy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Condition
from types import TracebackType
from typing import Self


class Some:
    """Hands that were free, kept for one claim."""

    def __init__(self, hands: Hands, number: int) -> None:
        self._hands = hands
        self.number = number
        self.given = 0

    def give(self, act: Callable[[], None]) -> None:
        """One of them does this now."""
        self.given += 1
        self._hands.begin(act)


class Hands:
    """A pool with a lifetime: one a worker process. `at_once` may be busy; one claim takes at most `a_claim`."""

    def __init__(self, at_once: int = 32, a_claim: int = 8) -> None:
        self._pool = ThreadPoolExecutor(max_workers=at_once, thread_name_prefix="hand")
        self._at_once = self._free = at_once
        self._a_claim = a_claim
        self._done = 0
        self._changed = Condition()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What is in hand is finished first."""
        self._pool.shutdown(wait=True)

    def free_within(self, timeout: float) -> bool:
        """Whether a hand is free, now or within so many seconds."""
        with self._changed:
            return self._changed.wait_for(lambda: self._free > 0, timeout)

    @contextmanager
    def some(self, timeout: float = 1.0) -> Iterator[Some]:
        """The free hands, none where all stay busy for `timeout` seconds; those not given work are free again."""
        self.free_within(timeout)
        with self._changed:
            number = min(self._free, self._a_claim)
            self._free -= number
        some = Some(self, number)
        try:
            yield some
        finally:
            self._release(number - some.given)

    def begin(self, act: Callable[[], None]) -> None:
        """Have it done by a hand that was kept for it."""
        self._pool.submit(self._do, act)

    def one_done(self, timeout: float) -> bool:
        """Wait for any hand to have done its work; False where none is busy, or none was done in time."""
        with self._changed:
            before = self._done
            if self._free == self._at_once:
                return False
            return self._changed.wait_for(lambda: self._done > before, timeout)

    def all_done(self) -> None:
        """Wait until nothing is in hand."""
        with self._changed:
            self._changed.wait_for(lambda: self._free == self._at_once)

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
        finally:
            self._release(1, done=1)

    def _release(self, number: int, *, done: int = 0) -> None:
        with self._changed:
            self._free += number
            self._done += done
            self._changed.notify_all()
