"""The system outside that flows call and messages are pushed to: it acts once a key, whoever sends it how often.

It answers late, twice, with errors or not at all.

How it treats a request is drawn from the seed, its key and how often that key has come, so that no order of requests
matters. From the third time on it behaves, so that a call comes to something in the end.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Any, Literal

LATE_S = 3.0  # longer than the flows wait for it
LONGEST_BODY = 100_000
KEY = "idempotency-key"
MESSAGE = "webhook-id"  # the key of a message that is pushed (Standard Webhooks)
PUSH = "/mensagens"
BEHAVES_FROM = 3  # the n-th time

Manner = Literal["well", "late", "twice", "error before", "error after", "hangs up"]
MANNERS: tuple[Manner, ...] = ("late", "twice", "error before", "error after", "hangs up")
MISBEHAVES = 0.35  # of the requests


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: its key, its path, how often that key had come by then, and how it was treated."""

    key: str
    path: str
    time: int
    manner: Manner


@dataclass
class Peer:
    """`acted` is what came of each key, in order: acted upon once, answered alike ever after."""

    url: str
    seed: int
    asked: list[Asked] = field(default_factory=list)
    acted: dict[str, str] = field(default_factory=dict)
    pushed: list[dict[str, Any]] = field(default_factory=list)  # messages, each the first time it was acted upon
    broken_off: int = 0  # requests that ended in the middle, with whoever sent them: they count as none
    _times: dict[str, int] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def repeats(self) -> int:
        """How often it would have acted again, had it not looked at the keys."""
        return sum(asked.manner != "error before" for asked in self.asked) - len(self.acted)

    def take(self, key: str, path: str, body: bytes) -> Manner:
        """Note a request and act upon it, unless it is to fail before that."""
        with self._lock:
            time = self._times[key] = self._times.get(key, 0) + 1
            manner = self._manner(key, time)
            self.asked.append(Asked(key, path, time, manner))
            if manner != "error before" and key not in self.acted:
                if path == PUSH:
                    self.pushed.append(json.loads(body))
                self.acted[key] = total_of(path)
        return manner

    def _manner(self, key: str, time: int) -> Manner:
        draw = Random(f"{self.seed} {key} {time}")
        return draw.choice(MANNERS) if time < BEHAVES_FROM and draw.random() < MISBEHAVES else "well"


def total_of(path: str) -> str:
    """What an order costs, as everybody can compute who knows its number."""
    return f"R$ {sum(map(ord, path)) % 997},00"


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Who asked has gone, most likely by kill -9."""


@contextmanager
def open_peer(seed: int) -> Iterator[Peer]:
    """On a free port of this machine, while the block lasts."""
    over = threading.Event()
    peer = Peer("", seed)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def do_POST(self) -> None:
            length = min(int(self.headers.get("content-length") or 0), LONGEST_BODY)
            body = self.rfile.read(length)
            if len(body) < length:
                peer.broken_off += 1
                self.close_connection = True
                return
            key = self.headers.get(KEY) or self.headers.get(MESSAGE) or ""
            manner = peer.take(key, self.path, body)
            if manner == "late":
                over.wait(LATE_S)
            self.close_connection = manner in ("hangs up", "twice")
            if manner == "hangs up":
                return
            status = 503 if manner.startswith("error") else 200
            for _ in range(2 if manner == "twice" else 1):
                self._answer(status, json.dumps({"total": peer.acted.get(key, "")}).encode())

        def _answer(self, status: int, body: bytes) -> None:
            try:
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True  # who asked has given up

        def log_message(self, *_: object) -> None:
            """It is quiet."""

    server = _Server(("127.0.0.1", 0), Handler)
    peer.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True)
    thread.start()
    try:
        yield peer
    finally:
        over.set()
        server.shutdown()
        server.server_close()
        thread.join(5)
