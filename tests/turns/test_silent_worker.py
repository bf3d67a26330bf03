"""A worker that is frozen for good is killed and replaced; one that is told to stop while it begins stops."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from threading import Event

import psutil
import pytest
from redis import Redis

from flowengine.jobs.pulse import Pulse
from flowengine.jobs.queue import queue
from flowengine.jobs.rq_workers import HotWorker
from flowengine.jobs.worker import RQ_PATIENCE_S
from flowengine.settings import Settings

QUEUES = {"hot", "outbox"}
SILENT_S = 10.0
KEEP = f"""
from flowengine.jobs.fleet import keep
from flowengine.settings import Settings
keep(Settings.read(), {sorted(QUEUES)}, silent_s={SILENT_S})
"""


@pytest.fixture
def fleet(settings: Settings) -> Iterator[psutil.Process]:
    environ = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "FLOWENGINE_DATA": str(settings.data),
        "FLOWENGINE_SECRET": settings.secret,
    }
    process = subprocess.Popen([sys.executable, "-c", KEEP], env=environ)
    yield psutil.Process(process.pid)
    process.terminate()
    assert process.wait(30) == 0


def workers(fleet: psutil.Process) -> dict[str, int]:
    """By their queue, once they have named themselves."""
    found: dict[str, int] = {}
    for child in fleet.children():
        with suppress(psutil.Error):
            found |= {word: child.pid for word in child.cmdline() if word in QUEUES}
    return found


def awaited(fleet: psutil.Process, *, without: int) -> dict[str, int]:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        there = workers(fleet)
        if there.keys() == QUEUES and without not in there.values():
            return there
        time.sleep(0.1)
    raise AssertionError(f"only {workers(fleet)} are there, or {without} still is")


def test_a_frozen_worker_is_replaced_and_the_others_stay(fleet: psutil.Process) -> None:
    before = awaited(fleet, without=0)

    os.kill(before["hot"], signal.SIGSTOP)
    after = awaited(fleet, without=before["hot"])

    assert not psutil.pid_exists(before["hot"])
    assert after["outbox"] == before["outbox"]


@pytest.fixture
def handlers() -> Iterator[None]:
    """Put back afterwards: a worker takes the signals of its process."""
    kept = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in kept.items():
        signal.signal(number, handler)


@pytest.mark.usefixtures("handlers")
def test_a_stop_that_comes_while_a_worker_begins_is_heard(redis_url: str) -> None:
    stopping = Event()
    stopping.set()  # between the worker's own handlers and RQ's

    with Redis.from_url(redis_url, socket_timeout=RQ_PATIENCE_S) as redis:
        begun = time.monotonic()
        HotWorker.on(queue(redis, "hot"), stopping).work()

    assert time.monotonic() - begun < RQ_PATIENCE_S / 2  # else it ended since Redis had nothing to say


def test_whoever_beats_is_heard_across_a_fork() -> None:
    pulse = Pulse(2)
    pulse.beat_all()
    time.sleep(0.05)
    child = os.fork()
    if not child:
        pulse.beat(1)
        os._exit(0)
    os.waitpid(child, 0)

    assert pulse.silence(0) >= 0.05
    assert 0 <= pulse.silence(1) < pulse.silence(0)
