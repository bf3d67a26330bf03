"""Worker processes of a test: real ones, that can be stopped, woken and killed."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import psutil

from tests.turns.shop import Shop


@contextmanager
def worker(what: str, url: str, shop: Shop, *peers: str) -> Iterator[subprocess.Popen[str]]:
    """A process of its own that works on the shop (worker.py); awake again and gone at the end of the block."""
    command = [sys.executable, "-m", "tests.chaos.worker", what, url, str(shop.account), *peers]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.communicate()


def wait_until_frozen(process: subprocess.Popen[str]) -> None:
    until = monotonic() + 30
    while psutil.Process(process.pid).status() != psutil.STATUS_STOPPED:
        assert monotonic() < until and process.poll() is None, process.communicate()[1]
        sleep(0.02)


def wake(process: subprocess.Popen[str]) -> int:
    """Let it go on to its end; what it says that it has done."""
    process.send_signal(signal.SIGCONT)
    said, complaints = process.communicate(timeout=30)
    assert process.returncode == 0, complaints
    return int(said)
