"""A whole installation for a test: started with the one command, in a folder of its own, stopped by its own pid."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import psutil
from redis import Redis

from flowengine.cli.supervisor.note import read_note

COMMAND = [sys.executable, "-m", "flowengine.cli"]
START_LIMIT_S = 90


class Installation:
    """`flowengine up` on a free port, with the demo account."""

    def __init__(self, data: Path, *more: str) -> None:
        self.data = data
        self.log = data.parent / f"{data.name}.log"
        own = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [*COMMAND, "up", "--port", "0", "--data", str(data), "--demo", *more],
                stdout=log, stderr=log, env=own, start_new_session=True,
            )  # fmt: skip
        eventually(self._answers, START_LIMIT_S, lambda: f"not up:\n{self.log.read_text()[-3000:]}")
        self.demo = self._demo()

    @property
    def address(self) -> str:
        return str(self.demo["address"])

    def login(self, role: str, place: int = 0) -> dict[str, str]:
        """The e-mail and password of the demo's n-th person with this role."""
        return [login for login in self.demo["logins"] if login["role"] == role][place]

    def workers(self) -> list[psutil.Process]:
        """The worker processes that take turns."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if "hot" in _command_line(child)]

    def kill_workers(self) -> None:
        """Kill -9, in the middle of whatever they do; the supervisor starts new ones."""
        for worker in self.workers():
            with suppress(psutil.NoSuchProcess):
                worker.kill()

    def redis(self) -> Redis:
        note = read_note(self.data)
        assert note is not None
        return Redis.from_url(note.environment["REDIS_URL"])

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=60)

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError(f"ended with {self.process.returncode}:\n{self.log.read_text()[-3000:]}")
        return b"ready after" in self.log.read_bytes()

    def _demo(self) -> dict[str, Any]:
        printed = subprocess.run(
            [*COMMAND, "demo", "--json", "--data", str(self.data)], check=True, capture_output=True
        ).stdout
        demo: dict[str, Any] = json.loads(printed)
        return demo


def eventually(holds: Callable[[], Any], seconds: float, words: Callable[[], str] = lambda: "it never held") -> Any:
    """What `holds` gives once it is true; AssertionError after `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        found = holds()
        if found:
            return found
        time.sleep(0.05)
    raise AssertionError(words())


def _command_line(process: psutil.Process) -> list[str]:
    with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
        return process.cmdline()
    return []
