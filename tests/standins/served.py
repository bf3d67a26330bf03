"""A little HTTP server for a test: plays from a script, remembers what was asked, stops by itself."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

LONGEST_BODY = 5_000_000


@dataclass(frozen=True)
class Asked:
    """A request as it came; `json` is its body where that is JSON. Names of headers are in lower case."""

    method: str
    path: str
    query: dict[str, list[str]]
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Answer:
    """`after` are the seconds it takes; `hangs_up`: the connection ends without an answer, the request has come."""

    body: Any = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    after: float = 0
    hangs_up: bool = False


@dataclass
class StandIn:
    """`answers` are given one a request, in order; the last for all that follow. `asked` is what came."""

    url: str
    answers: list[Answer]
    asked: list[Asked] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def next(self, asked: Asked) -> Answer:
        with self._lock:
            self.asked.append(asked)
            return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def served(
    answers: list[Answer], write: Callable[[Asked, Answer], Answer] = lambda asked, answer: answer
) -> Iterator[StandIn]:
    """On a free port of this machine, until the block ends; `write` turns a script's answer into what is sent."""
    stop = threading.Event()
    stand_in = StandIn("", list(answers) or [Answer()])

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        timeout = 10

        def answer(self) -> None:
            asked = self._read()
            answer = write(asked, stand_in.next(asked))
            if answer.after and stop.wait(answer.after):
                return
            if answer.hangs_up:
                self.close_connection = True
                return
            self._send(answer)

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer

        def log_message(self, *_: Any) -> None:
            """Tests are quiet."""

        def _read(self) -> Asked:
            length = min(int(self.headers.get("content-length") or 0), LONGEST_BODY)
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            return Asked(self.command, parts.path, parse_qs(parts.query), headers, self.rfile.read(length))

        def _send(self, answer: Answer) -> None:
            kind, body = _written(answer.body)
            self.send_response(answer.status)
            for name, value in {"content-type": kind, **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            try:
                self.wfile.write(body)
            except OSError:
                return  # who asked has gone: a time limit was tested

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stand_in.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield stand_in
    finally:
        stop.set()
        server.shutdown()
        server.server_close()
        thread.join(5)


def wait_for(stand_in: StandIn, requests: int, seconds: float = 5) -> None:
    """Until so many requests have come; what is not there by then is for the test to complain of."""
    end = time.monotonic() + seconds
    while len(stand_in.asked) < requests and time.monotonic() < end:
        time.sleep(0.01)


def _written(body: Any) -> tuple[str, bytes]:
    match body:
        case None:
            return "text/plain", b""
        case bytes():
            return "application/octet-stream", body
        case str():
            return "text/plain; charset=utf-8", body.encode()
    return "application/json", json.dumps(body).encode()
