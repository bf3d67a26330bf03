"""What is done to an installation in a fault run: to its processes alone, each known as one that it has started."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from random import Random
from threading import Event, Thread, Timer
from time import monotonic
from types import TracebackType
from typing import Self

import psutil
from redis import Redis
from redis.exceptions import RedisError

from flowengine.chaos.plan import Fault
from flowengine.chaos.site import Site

log = logging.getLogger(__name__)


class Faults:
    """They strike while the `with` block lasts, one after the other; at its end nothing is left frozen."""

    def __init__(self, site: Site, planned: Iterator[Fault], say: Callable[[str], None], *, seed: int) -> None:
        self.struck: dict[str, int] = {}
        self._site = site
        self._planned = planned
        self._say = say
        self._draw = Random(f"{seed} victims")
        self._over = Event()
        self._thread = Thread(target=self._run, name="faults", daemon=True)
        self._frozen: dict[int, tuple[psutil.Process, Timer]] = {}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=60)
        for process, timer in list(self._frozen.values()):
            timer.cancel()
            self._thaw(process)

    def _run(self) -> None:
        begun = monotonic()
        for fault in self._planned:
            if self._over.wait(fault.pause):
                return
            try:
                struck = self._strike(fault)
            except (psutil.Error, RedisError) as gone:  # it was down already, from the last one
                log.info("%s found nobody: %s", fault, gone)
                struck = False
            self._say(f"  {monotonic() - begun:6.1f} s  {fault}{'' if struck else ': nobody was there'}")
            if struck:
                self.struck[fault.kind] = self.struck.get(fault.kind, 0) + 1

    def _strike(self, fault: Fault) -> bool:
        host = self._site.hosts[fault.host]
        match fault.kind.split():
            case ["kill", "valkey"]:
                return self._signal([self._site.valkey()], signal.SIGKILL)
            case ["kill", part]:
                return self._signal(host.of(part), signal.SIGKILL)
            case ["empty", "valkey"]:
                return self._flush()
            case ["restart", "postgres"]:  # SIGQUIT is "immediate": no goodbye, its log brings everything back
                return self._signal([self._site.postmaster()], signal.SIGQUIT)
            case ["freeze", part]:
                return self._freeze(host.of(part), fault.seconds)
        raise ValueError(f"nobody knows how to {fault.kind}")

    def _signal(self, found: Sequence[psutil.Process | None], number: signal.Signals) -> bool:
        there = [process for process in found if process is not None]
        if there:
            self._draw.choice(there).send_signal(number)
        return bool(there)

    def _flush(self) -> bool:
        with Redis.from_url(self._site.environment["REDIS_URL"], socket_timeout=5) as redis:
            return bool(redis.flushall())

    def _freeze(self, found: list[psutil.Process], seconds: float) -> bool:
        awake = [process for process in found if process.pid not in self._frozen]
        if not awake:
            return False
        process = self._draw.choice(awake)
        timer = Timer(seconds, self._thaw, (process,))
        self._frozen[process.pid] = process, timer
        process.suspend()
        timer.start()
        return True

    def _thaw(self, process: psutil.Process) -> None:
        with suppress(psutil.Error):
            process.resume()
        self._frozen.pop(process.pid, None)
