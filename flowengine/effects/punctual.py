"""A call's time in all: a peer that sends a byte now and then ends no sooner by itself than one that sends none.

The client's own limits are of single reads; these are of the whole call, in whichever thread it is made.
"""

from __future__ import annotations

import logging
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from time import monotonic
from typing import Any

import httpcore
import httpx
from ssrfguard import Policy
from ssrfguard.httpx import Client, SafeBackend, SafeTransport

MOST_CONNECTIONS = 100
# At lower levels they write down addresses and headers whole, and those may hold a secret.
for chatty in ("httpx", "httpcore"):
    logging.getLogger(chatty).setLevel(logging.WARNING)

LEAST_S = 0.001  # a limit of 0 would mean "do not wait at all"

_until: ContextVar[float] = ContextVar("until", default=inf)


@contextmanager
def within_seconds(limit: float) -> Iterator[None]:
    """What this thread sends and reads in the block is over after `limit` seconds: a time-out of the client's."""
    token = _until.set(monotonic() + limit)
    try:
        yield
    finally:
        _until.reset(token)


def guarded_client(policy: Policy, *, connect: float) -> Client:
    """A client of the guard's that keeps to `within_seconds`."""
    return Client(transport=_Transport(policy=policy), timeout=connect, follow_redirects=False)


class _Transport(SafeTransport):
    """The guard's transport, on connections that keep time and serve one call each.

    What a peer sends beyond its answer would be taken for the answer to the next call, of whatever account. That the
    pool is to keep no idle connection does not suffice: it may give one to a call that waits before it closes it.
    """

    def __init__(self, *, policy: Policy) -> None:
        tls = httpx.create_ssl_context()
        super().__init__(policy=policy, verify=tls)
        self._pool.close()
        self._pool = httpcore.ConnectionPool(
            ssl_context=tls,
            max_connections=MOST_CONNECTIONS,
            max_keepalive_connections=0,
            network_backend=_Backend(SafeBackend(policy=policy)),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.headers["connection"] = "close"  # a connection that has said so cannot be given to anybody else
        return super().handle_request(request)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, guard: SafeBackend) -> None:
        self._guard = guard

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._guard.connect_tcp(host, port, limit, local_address, socket_options))


class _Stream(httpcore.NetworkStream):
    """httpcore's own stream, each of whose acts may take what is left of the call's time and no more."""

    def __init__(self, stream: httpcore.NetworkStream) -> None:
        self._stream = stream

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, _left(timeout, httpcore.ReadTimeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, _left(timeout, httpcore.WriteTimeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        limit = _left(timeout, httpcore.ConnectTimeout)
        return _Stream(self._stream.start_tls(ssl_context, server_hostname, limit))

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _left(timeout: float | None, late: type[Exception]) -> float | None:
    left = _until.get() - monotonic()
    if left < LEAST_S:
        raise late("the time for the whole call is over")
    if timeout is None:
        return None if left == inf else left
    return min(timeout, left)
