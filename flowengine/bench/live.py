"""Open screens: what a stream of live events costs in memory, and how soon a change is on all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from math import ceil
from selectors import EVENT_READ, DefaultSelector
from socket import create_connection, socket
from statistics import median
from time import perf_counter, sleep
from urllib.parse import urlsplit
from uuid import UUID

from redis import Redis
from uuid_utils.compat import uuid7

from flowengine.bench import account
from flowengine.bench.account import Account
from flowengine.bench.figures import Figures, Plan
from flowengine.bench.installation import BenchFailed, Installation
from flowengine.bench.usage import Processes, used_ms
from flowengine.bench.wire import PATIENCE_S, get
from flowengine.jobs.announce import announce
from flowengine.store.engine import Engine, make_engine
from flowengine.store.unit import Unit

SIZE = 500
CHANGES = 20
PAUSE_S = 0.25  # between two changes
AT_ONCE = 50  # streams that are being opened at a time
KIB_PER_MIB = 1024
_HELLO, _CHANGE = b"event: hello", b"event: change"


@dataclass(frozen=True, slots=True)
class Screens:
    """Streams of one person, as a browser's tabs are; each takes in what comes."""

    sockets: list[socket]
    selector: DefaultSelector

    def await_on_all(self, sign: bytes) -> list[float]:
        """When each of them had heard this, in order; raises BenchFailed where one does not in a minute."""
        heard: dict[int, float] = {}
        until = perf_counter() + PATIENCE_S
        while len(heard) < len(self.sockets):
            for key, _ in self.selector.select(1.0):
                if not isinstance(key.fileobj, socket):
                    continue
                chunk = key.fileobj.recv(1 << 16)
                if not chunk:
                    raise BenchFailed("a stream was ended")
                if sign in chunk:
                    heard.setdefault(key.fd, perf_counter())
            if perf_counter() > until:
                raise BenchFailed(f"{len(heard)} of {len(self.sockets)} streams have heard of it")
        return sorted(heard.values())


def measure(installation: Installation, plan: Plan) -> list[Figures]:
    """A set of figures a run."""
    size = plan.size or SIZE
    return [_run(installation, size) for _ in range(plan.runs)]


def _run(installation: Installation, size: int) -> Figures:
    processes = Processes(installation)
    watched = account.make(installation.settings)
    cookie = _sign_in(installation, watched)
    engine = make_engine(installation.settings.database_url)
    with _open(installation, cookie, 1), Redis.from_url(installation.settings.redis_url) as redis:
        before = _web_mb(processes)
        with _open(installation, cookie, size) as screens:
            each = (_web_mb(processes) - before) / size
            spent, begun = processes.cpu_s(), perf_counter()
            sleep(PAUSE_S * CHANGES)
            idle = used_ms(spent, processes.cpu_s()).get("web", 0.0) / (perf_counter() - begun)
            spent = processes.cpu_s()
            changes = [_change(engine, redis, watched.id, screens) for _ in range(CHANGES)]
            cpu = used_ms(spent, processes.cpu_s())
    engine.dispose()
    all_of_them = sorted(after[-1] for after in changes)
    return {
        "streams": size,
        "kib_per_stream": each * KIB_PER_MIB,
        "first_p50_ms": median(after[0] for after in changes),
        "all_p50_ms": median(all_of_them),
        "all_p99_ms": all_of_them[ceil(0.99 * len(all_of_them)) - 1],
        "web_cpu_us_per_told": cpu.get("web", 0.0) * 1000 / (size * CHANGES),
        "web_cpu_idle_share": idle / 1000,
    }


def _change(engine: Engine, redis: Redis, account_id: UUID, screens: Screens) -> list[float]:
    """Milliseconds from just before the commit until each stream had heard."""
    sleep(PAUSE_S)
    begun = perf_counter()
    with Unit.open(engine, account_id) as unit:
        unit.live.tell("flow", {"id": str(uuid7())})
    announce(redis, account_id)
    return [(at - begun) * 1000 for at in screens.await_on_all(_CHANGE)]


def _web_mb(processes: Processes) -> float:
    sleep(1.0)
    web = processes.memory().get("web")
    if web is None:
        return 0.0  # it is on another machine
    return web.rss if web.pss is None else web.pss


@contextmanager
def _open(installation: Installation, cookie: str, size: int) -> Iterator[Screens]:
    """So many streams that have said hello, while the block lasts."""
    parts = urlsplit(installation.address)
    request = get("/api/v1/live", parts.netloc, {"Cookie": cookie, "Accept": "text/event-stream"})
    screens = Screens([], DefaultSelector())
    try:
        for first in range(0, size, AT_ONCE):
            fresh = Screens([], DefaultSelector())
            for _ in range(min(AT_ONCE, size - first)):
                stream = create_connection((parts.hostname or "", parts.port or 80), timeout=PATIENCE_S)
                stream.sendall(request)
                for group in (fresh, screens):
                    group.sockets.append(stream)
                    group.selector.register(stream, EVENT_READ)
            fresh.await_on_all(_HELLO)
            fresh.selector.close()
        yield screens
    finally:
        screens.selector.close()
        for stream in screens.sockets:
            stream.close()


def _sign_in(installation: Installation, watched: Account) -> str:
    """The session's cookie of the account's founder."""
    parts = urlsplit(installation.address)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=PATIENCE_S)
    connection.request("GET", "/api/v1/csrf")
    answer = connection.getresponse()
    token = json.loads(answer.read())["token"]
    headers = {"Cookie": _cookie(answer.getheader("Set-Cookie")), "X-CSRF-Token": token}
    body = json.dumps({"email": watched.email, "password": watched.password})
    connection.request("POST", "/api/v1/session", body, {**headers, "Content-Type": "application/json"})
    answer = connection.getresponse()
    said = answer.read()
    if answer.status != 200:
        raise BenchFailed(f"could not sign in: {answer.status} {said[:300]!r}")
    connection.close()
    return _cookie(answer.getheader("Set-Cookie"))


def _cookie(header: str | None) -> str:
    return (header or "").partition(";")[0]
