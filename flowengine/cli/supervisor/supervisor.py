"""Keeps the processes of an installation alive until somebody says stop, then ends them in order."""

import signal
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from types import FrameType

from flowengine.cli.supervisor.child import Child
from flowengine.cli.supervisor.leftovers import forget_children, note_children

LOOK = 0.25  # seconds between two looks at the children
LOOK_AT_SERVERS = 2.0
READY_LIMIT = 60.0
HOPELESS = 3  # deaths of the web before its first answer
WEB_PATIENCE = 5.0  # seconds for requests in hand; live streams are cut and resume elsewhere
WORKER_PATIENCE = 20.0  # seconds for the job in hand


@dataclass
class Supervisor:
    """The installation's processes and the wish to stop."""

    data: Path
    keep_servers: Callable[[], None]  # starts again what has died of them
    say: Callable[[str], None]
    web: Child | None = None
    workers: list[Child] = field(default_factory=list)
    wishes: int = 0  # to stop; the second one is in a hurry
    _noted: tuple[int, ...] = field(default=())
    _servers_due: float = 0.0

    @property
    def children(self) -> list[Child]:
        return [*([self.web] if self.web else []), *self.workers]

    def listen_to_signals(self) -> None:
        signal.signal(signal.SIGINT, self._wish)
        signal.signal(signal.SIGTERM, self._wish)

    def start(self, ready_at: str) -> bool:
        """Start everything and wait until the web answers at `ready_at`; False where it does not or is told to stop."""
        deadline = time.monotonic() + READY_LIMIT
        while not self.wishes and not self._hopeless() and time.monotonic() < deadline:
            self._look()
            if answers(ready_at):
                return True
            time.sleep(0.05)
        return False

    def keep(self) -> None:
        """Look after everything until told to stop."""
        while not self.wishes:
            self._look()
            time.sleep(LOOK)

    def end(self) -> None:
        """End the web first, so that nothing new comes in, then the workers, each with the job in hand done."""
        for group, patience in ((self.children[:1], WEB_PATIENCE), (self.workers, WORKER_PATIENCE)):
            for child in group:
                child.ask_to_end()
            deadline = time.monotonic() + patience
            while self.wishes < 2 and any(_runs(child) for child in group) and time.monotonic() < deadline:
                time.sleep(0.05)
            for child in group:
                child.wait(time.monotonic())
        forget_children(self.data)

    def _look(self) -> None:
        for child in self.children:
            child.watch(self.say)
        pids = tuple(child.process.pid for child in self.children if child.process)
        if pids != self._noted:
            note_children(self.data, pids)
            self._noted = pids
        if time.monotonic() >= self._servers_due:
            self.keep_servers()
            self._servers_due = time.monotonic() + LOOK_AT_SERVERS

    def _hopeless(self) -> bool:
        return self.web is not None and self.web.deaths >= HOPELESS

    def _wish(self, _number: int, _frame: FrameType | None) -> None:
        self.wishes += 1


def _runs(child: Child) -> bool:
    return child.process is not None and child.process.poll() is None


def answers(url: str) -> bool:
    """Whether something at `url` says that all is well."""
    try:
        with urllib.request.urlopen(url, timeout=2) as response:
            return bool(response.status == HTTPStatus.OK)
    except (urllib.error.URLError, OSError):
        return False
