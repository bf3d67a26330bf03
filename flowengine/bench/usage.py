"""What an installation's processes use: CPU time and memory, by what they are for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urlsplit

import psutil
import psycopg
from redis import Redis

from flowengine.bench.counts import libpq
from flowengine.bench.installation import Installation
from flowengine.settings import Settings

WORKERS = "workers"
OURS = ("supervisor", "web", WORKERS)
SERVERS = ("postgres", "valkey")


@dataclass(frozen=True, slots=True)
class Memory:
    """In megabytes. What processes share is in `rss` once for each of them, in `pss` (Linux alone) once in all."""

    rss: float
    pss: float | None


class Processes:
    """The process trees of an installation, as far as they are on this machine."""

    def __init__(self, installation: Installation) -> None:
        self._supervisor = installation.supervisor
        self._servers = dict(_servers(installation.settings))

    def cpu_s(self) -> dict[str, float]:
        """CPU seconds so far by part, with those of children that have ended and were waited for."""
        used: dict[str, float] = {}
        for part, process in self._all():
            with suppress(psutil.Error):
                times = process.cpu_times()
                spent = times.user + times.system + times.children_user + times.children_system
                used[part] = used.get(part, 0.0) + spent
        return used

    def memory(self) -> dict[str, Memory]:
        """By part. A PostgreSQL's shared memory counts as far as it has been touched."""
        found: dict[str, list[Memory]] = {}
        for part, process in self._all():
            with suppress(psutil.NoSuchProcess):
                found.setdefault(part, []).append(_memory(process))
        return {part: _sum(each) for part, each in found.items()}

    def _all(self) -> Iterator[tuple[str, psutil.Process]]:
        for part, root in self._servers.items():
            yield from ((part, process) for process in _tree(root))
        if self._supervisor is None:
            return
        with suppress(psutil.NoSuchProcess):
            supervisor = psutil.Process(self._supervisor)
            yield "supervisor", supervisor
            servers = {process.pid for process in self._servers.values()}
            for child in supervisor.children():
                if child.pid not in servers:
                    part = _part(child)
                    yield from ((part, process) for process in _tree(child))


def used_ms(before: dict[str, float], after: dict[str, float]) -> dict[str, float]:
    """CPU milliseconds between two looks, by part."""
    return {part: max(0.0, (after[part] - before.get(part, 0.0)) * 1000) for part in after}


def _tree(root: psutil.Process) -> list[psutil.Process]:
    with suppress(psutil.NoSuchProcess):
        return [root, *root.children(recursive=True)]
    return []


def _part(child: psutil.Process) -> str:
    with suppress(psutil.Error):
        if {"work", "workers"} & set(child.cmdline()):
            return WORKERS
    return "web"


def _servers(settings: Settings) -> Iterator[tuple[str, psutil.Process]]:
    with psycopg.connect(libpq(settings)) as connection:
        pid = connection.info.backend_pid
        with suppress(psutil.Error):
            postmaster = psutil.Process(pid).parent()  # of this connection's own process, if it is on this machine
            if postmaster is not None and "postgres" in postmaster.name():
                yield "postgres", postmaster
    if urlsplit(settings.redis_url).scheme == "unix" or urlsplit(settings.redis_url).hostname in (
        "127.0.0.1",
        "localhost",
    ):
        with Redis.from_url(settings.redis_url) as redis, suppress(psutil.Error):
            process = psutil.Process(int(redis.info("server")["process_id"]))
            if any(name in process.name() for name in ("valkey", "redis")):
                yield "valkey", process


def _memory(process: psutil.Process) -> Memory:
    megabyte = 1024 * 1024
    try:
        full = process.memory_full_info()
        return Memory(full.rss / megabyte, getattr(full, "pss", 0) / megabyte or None)
    except psutil.AccessDenied:  # another user's
        return Memory(process.memory_info().rss / megabyte, None)


def _sum(each: list[Memory]) -> Memory:
    shares = [one.pss for one in each if one.pss is not None]
    return Memory(sum(one.rss for one in each), sum(shares) if len(shares) == len(each) else None)
