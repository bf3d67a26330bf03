"""How fast a whole installation answers: from a POST on the generic channel to the reply that its sender fetches.

The load is open: messages leave when they are due, whether or not earlier ones were answered, so that a slow answer
is not hidden by a slow question. Each contact writes "oi" and then asks for the hours, over and over: every message
of theirs is answered by the demo's flow.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count
from statistics import quantiles
from time import perf_counter, sleep
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

import orjson

CONNECTIONS = 16
SETTLE_S = 30.0  # how long late answers are waited for


@dataclass
class Target:
    """An installation's generic channel, as `flowengine demo --json` prints it."""

    address: str
    key: str
    token: str

    @classmethod
    def of(cls, demo: Mapping[str, Any]) -> Target:
        return cls(demo["address"], demo["http_channel"]["key"], demo["http_channel"]["token"])

    def connect(self) -> HTTPConnection:
        parts = urlsplit(self.address)
        return HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)

    @property
    def path(self) -> str:
        return f"/hooks/http/{self.key}"

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Content-Type": "application/json"}


@dataclass
class Log:
    """When each message was due and when its first answer was in the sender's hands, by `perf_counter`."""

    due: dict[str, float] = field(default_factory=dict)
    answered: dict[str, float] = field(default_factory=dict)

    def waits_ms(self) -> list[float]:
        return sorted((self.answered[id] - due) * 1000 for id, due in self.due.items() if id in self.answered)


def measure(target: Target, *, rate: float = 50, seconds: float = 15, contacts: int = 200) -> dict[str, float]:
    """Latency at a steady `rate` of messages a second, then how many a second are answered when they come at once."""
    steady = _steady(target, rate, seconds, contacts)
    waits = steady.waits_ms()
    marks = quantiles(waits, n=100)
    saturated, accepted = _saturated(target, seconds / 2)
    return {
        "rate_per_s": rate,
        "sent": len(steady.due),
        "answered": len(waits),
        "p50_ms": round(marks[49], 1),
        "p99_ms": round(marks[98], 1),
        "accepted_per_s": round(accepted),
        "saturated_per_s": round(saturated),
    }


def _steady(target: Target, rate: float, seconds: float, contacts: int) -> Log:
    log = Log()
    run = uuid4().hex[:8]
    sent = []
    with _listening(target, log), ThreadPoolExecutor(CONNECTIONS) as pool:
        _post(target, _message(f"{run}-warm", f"{run}-w", "oi"))
        sleep(1.0)
        begun = perf_counter()
        for place in range(int(rate * seconds)):
            due = begun + place / rate
            sleep(max(0.0, due - perf_counter()))
            turn, contact = divmod(place, contacts)
            id = f"{run}-{place}"
            log.due[id] = due
            sent.append(pool.submit(_post, target, _message(id, f"{run}-c{contact}", "horários" if turn else "oi")))
        for one in sent:
            one.result()  # a message that was not taken makes the figures worthless
        _settle(log)
    return log


def _saturated(target: Target, seconds: float) -> tuple[float, float]:
    """Answers a second over the whole burst until the last is in, and messages taken in a second meanwhile."""
    log = Log()
    run = uuid4().hex[:8]
    numbers = count()
    begun = perf_counter()

    def write() -> None:
        while perf_counter() - begun < seconds:
            id = f"{run}-{next(numbers)}"
            log.due[id] = perf_counter()
            _post(target, _message(id, f"{run}-{id}", "oi"))

    with _listening(target, log), ThreadPoolExecutor(CONNECTIONS) as pool:
        for writer in [pool.submit(write) for _ in range(CONNECTIONS)]:
            writer.result()
        accepted = len(log.due) / (perf_counter() - begun)
        _settle(log)
    return len(log.answered) / (max(log.answered.values()) - begun), accepted


def _message(id: str, sender: str, text: str) -> dict[str, str]:
    return {"id": id, "from": sender, "name": "Bench", "text": text}


_local = threading.local()


def _post(target: Target, message: dict[str, str]) -> None:
    """One POST on this thread's own connection; anything but 202 is an error of the run."""
    connection: HTTPConnection | None = getattr(_local, "connection", None)
    if connection is None or getattr(_local, "address", None) != target.address:
        connection = target.connect()
        _local.connection, _local.address = connection, target.address
    connection.request("POST", target.path, orjson.dumps(message), target.headers)
    answer = connection.getresponse()
    body = answer.read()
    if answer.status != 202:
        raise RuntimeError(f"{answer.status}: {body[:300]!r}")


@contextmanager
def _listening(target: Target, log: Log) -> Iterator[None]:
    """Fetch what is answered, from now on, by long poll, while the block lasts."""
    stop = threading.Event()
    ready = threading.Event()
    thread = threading.Thread(target=_listen, args=(target, log, stop, ready), daemon=True)
    thread.start()
    ready.wait(30)
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=40)


def _listen(target: Target, log: Log, stop: threading.Event, ready: threading.Event) -> None:
    connection, cursor = target.connect(), ""
    while not stop.is_set():
        wait = 1 if ready.is_set() else 0
        after = f"&after={cursor}" if cursor else ""
        connection.request("GET", f"{target.path}/messages?limit=500&wait={wait}{after}", headers=target.headers)
        page = orjson.loads(connection.getresponse().read())
        arrived = perf_counter()
        cursor = page["next"]
        for message in page["messages"]:
            if message.get("in_reply_to") in log.due:
                log.answered.setdefault(message["in_reply_to"], arrived)
        if not page["messages"]:
            ready.set()


def _settle(log: Log) -> None:
    until = perf_counter() + SETTLE_S
    while len(log.answered) < len(log.due) and perf_counter() < until:
        sleep(0.05)
