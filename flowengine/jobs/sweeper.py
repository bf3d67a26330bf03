"""The sweep: every second it finds what a lost nudge left and what has come due, now and then who is there.

It has no leader and keeps no state: any number may run, and each only repeats hints. It runs as a thread beside each
worker, so that there is a sweep wherever there is somebody to do the work. While Redis is away nobody hears a hint:
then it does the work itself, a little later than usual.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from redis import Redis

from flowengine.jobs import alive, disk, presence
from flowengine.jobs.chores import DIGEST, TIDY, call
from flowengine.jobs.measures import measures
from flowengine.jobs.process import current
from flowengine.jobs.queue import answers, hint
from flowengine.jobs.tasks import WORK
from flowengine.store.due import Work, next_accounts
from flowengine.store.engine import Engine, StoreFault

log = logging.getLogger(__name__)

PERIOD_S = 1.0
CALL_S = 60.0  # between looks whether it is time for a chore
MOST_ACCOUNTS = 200  # a sweep; the next one goes on
THROUGH_S = 5.0  # of work in a row, before the next look for Redis


class Sweeper:
    """Sweeps for one queue while its `with` block lasts."""

    def __init__(
        self, engine: Engine, redis: Redis, name: Work, *, period: float = PERIOD_S, data: Path | None = None
    ) -> None:
        self._engine = engine
        self._redis = redis
        self._name: Work = name
        self._period = period
        self._data = data
        self._stop = Event()
        self._thread = Thread(target=self._run, name=f"sweep {name}", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        chores = [Chore(alive.BEAT_S, self._beat)]
        if self._name == "hot":
            chores += [
                Chore(presence.SWEEP_S, lambda: presence.sweep(self._engine, self._redis)),
                Chore(CALL_S, lambda: call(self._redis, TIDY)),
                Chore(CALL_S, lambda: call(self._redis, DIGEST)),
            ]
        away = False
        while not self._stop.wait(self._period):
            try:
                self._round(chores)
                away = False
            except StoreFault as fault:  # the database is away: nothing to sweep until it is back
                if not away:
                    log.warning("sweeps of %s are put off: %s", self._name, fault)
                away = True
            except Exception:  # ours: the next sweep must come all the same
                log.exception("sweep of %s failed", self._name)

    def _round(self, chores: Sequence[Chore]) -> None:
        if answers(self._redis):
            sweep(self._engine, self._redis, self._name)
        else:
            work_through(self._engine, self._name)
        for chore in chores:
            chore.do_if_due()

    def _beat(self) -> None:
        alive.mark(self._redis, self._name)
        measures.hand_over(self._redis)
        if self._data is not None:
            disk.look(self._engine, disk.free_share(self._data))


class Chore:
    """What is done every so many seconds, first at once; what fails is not tried again before its time."""

    def __init__(self, every: float, act: Callable[[], object]) -> None:
        self._every = every
        self._act = act
        self._due = 0.0

    def do_if_due(self) -> None:
        if monotonic() >= self._due:
            self._due = monotonic() + self._every
            self._act()


def sweep(engine: Engine, redis: Redis, name: Work) -> int:
    """Hint at every account that has work due for the queue; how many there were."""
    accounts = next_accounts(engine, name, most=MOST_ACCOUNTS)
    if accounts:
        hint(redis, accounts, name)
    return len(accounts)


def work_through(engine: Engine, name: Work) -> None:
    """Do what hints would have brought about, here and now, for every account that has work due for the queue."""
    end = monotonic() + THROUGH_S
    while monotonic() < end:
        accounts = next_accounts(engine, name, most=MOST_ACCOUNTS)
        if not sum(WORK[name](current(), account).number for account in accounts):
            return
