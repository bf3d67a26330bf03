"""One process of the installation: started, watched, started again with growing pauses, ended."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from flowengine.jobs.parent import count_death, end_with


@dataclass
class Child:
    """A process that should always be there. `arguments` are those of `flowengine`."""

    name: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    inherited: tuple[int, ...] = ()  # open files it takes over
    process: subprocess.Popen[bytes] | None = None
    deaths: int = 0
    due: float = 0.0  # when it may be started, by the monotonic clock
    begun: float = field(default=0.0)

    def start(self) -> None:
        """Start it in a session of its own: Ctrl-C in the terminal is the supervisor's to hear."""
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "flowengine.cli", *self.arguments],
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            pass_fds=self.inherited,
            start_new_session=True,
            preexec_fn=partial(end_with, os.getpid()),
        )

    def watch(self, say: Callable[[str], None]) -> None:
        """Start it when it is due; note its death, and say so."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return
        code = self.process.poll()
        if code is None:
            return
        self.deaths, pause = count_death(self.deaths, time.monotonic() - self.begun)
        self.process = None
        self.due = time.monotonic() + pause
        say(f"{self.name} ended ({_words(code)}); starting it again in {pause:g} s")

    def ask_to_end(self) -> None:
        self._signal(signal.SIGTERM)

    def wait(self, deadline: float) -> None:
        """Wait for its end until `deadline`, then kill it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self.process.wait()

    def _signal(self, number: signal.Signals) -> None:
        """To its whole session: what it started itself shall not stay behind."""
        if self.process is None or self.process.poll() is not None:
            return
        if number is signal.SIGKILL:
            os.killpg(self.process.pid, number)
        else:
            self.process.send_signal(number)


def _words(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit status {code}"
