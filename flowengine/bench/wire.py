"""One kept-alive HTTP/1.1 connection, as cheap as Python makes it: the load shares its cores with what it measures."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flowengine.bench.installation import BenchFailed

PATIENCE_S = 60.0
_END = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response."""

    status: int
    body: bytes


class Wire:
    """A blocking socket: ask `receive` once a selector says that something has come."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        if parts.scheme != "http":
            raise BenchFailed(f"the bench speaks plain HTTP: give the address behind the proxy, not {address}")
        self.host = parts.netloc
        self._socket = socket.create_connection((parts.hostname or "", parts.port or 80), timeout=PATIENCE_S)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._come = b""
        self.load: Any = None  # what the caller has asked with it, until it is answered

    def fileno(self) -> int:
        return self._socket.fileno()

    def close(self) -> None:
        self._socket.close()

    def send(self, request: bytes) -> None:
        self._socket.sendall(request)

    def receive(self) -> Answer | None:
        """What has come, once it is whole; None while more is to come."""
        chunk = self._socket.recv(1 << 18)
        if not chunk:
            raise BenchFailed("the installation closed a connection in the middle of a request")
        self._come += chunk
        end = self._come.find(_END)
        if end < 0:
            return None
        length = _length(self._come[:end])
        begins = end + len(_END)
        if len(self._come) < begins + length:
            return None
        answer = Answer(int(self._come[9:12]), self._come[begins : begins + length])
        self._come = self._come[begins + length :]
        return answer

    def ask(self, request: bytes) -> Answer:
        """Send and wait for the response."""
        self.send(request)
        while (answer := self.receive()) is None:
            pass
        return answer


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"\r\ncontent-length:")
    if not found:
        raise BenchFailed("an answer without a Content-Length: is this the installation itself?")
    return int(rest.partition(b"\r\n")[0])


def post(path: str, host: str, headers: dict[str, str]) -> bytes:
    """The head of a POST up to its length; `with_body` makes it whole."""
    lines = [f"POST {path} HTTP/1.1", f"Host: {host}", "Content-Type: application/json"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "Content-Length: "]).encode()


def with_body(head: bytes, body: bytes) -> bytes:
    return b"%b%d\r\n\r\n%b" % (head, len(body), body)


def get(path: str, host: str, headers: dict[str, str]) -> bytes:
    lines = [f"GET {path} HTTP/1.1", f"Host: {host}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()
