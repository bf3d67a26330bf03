"""The installation that `flowengine bench` measures: its own in a temporary folder, or one that runs."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flowengine.bench.installation import BenchFailed, Installation
from flowengine.cli.supervisor.note import reach, read_note
from flowengine.cli.supervisor.supervisor import answers

START_LIMIT_S = 120
STOP_LIMIT_S = 60
_NOT_OURS = ("DATABASE_", "REDIS_", "FLOWENGINE_")  # what would lead to servers that are somebody's


def running(data: Path | None, address: str | None) -> Installation:
    """The installation that runs from `data`, or that the environment names; `address` where it is to be asked."""
    environ = {**os.environ, **({"FLOWENGINE_ADDRESS": address} if address else {})}
    settings = reach(environ, data)
    if not answers(f"{settings.address}/readyz"):
        raise BenchFailed(f"nothing is ready at {settings.address}")
    note = read_note(settings.data)
    return Installation(settings, note.pid if note else None)


@contextmanager
def own() -> Iterator[Installation]:
    """A new one as `flowengine up` makes it, with servers of its own, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="flowengine-bench-", ignore_cleanup_errors=True) as folder:
        os.chmod(folder, 0o711)  # root's servers pass through it as another user
        data = Path(folder) / "data"
        environ = {name: value for name, value in os.environ.items() if not name.startswith(_NOT_OURS)}
        up = [sys.executable, "-m", "flowengine.cli", "up", "--port", "0", "--data", str(data), "--no-demo"]
        with (Path(folder) / "log").open("w+") as log:
            process = subprocess.Popen(up, stdout=log, stderr=subprocess.STDOUT, env=environ)
            try:
                _await(process, data, log.name)
                yield Installation(reach(environ, data), process.pid)
            finally:
                process.send_signal(signal.SIGTERM)
                process.wait(STOP_LIMIT_S)


def _await(process: subprocess.Popen[bytes], data: Path, log: str) -> None:
    until = time.monotonic() + START_LIMIT_S
    while time.monotonic() < until and process.poll() is None:
        note = read_note(data)
        if note and answers(f"{note.address}/readyz"):
            return
        time.sleep(0.2)
    raise BenchFailed(f"the installation to measure did not start:\n{Path(log).read_text()[-2000:]}")
