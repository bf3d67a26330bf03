"""The guard: the one HTTP client that speaks to addresses which users of the product have typed in.

It connects only to the address it has checked (no second look-up that could answer otherwise), never to private
networks unless the operator allowed them, and reads no more of an answer than it has use for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from ipaddress import ip_network
from time import monotonic
from types import TracebackType
from typing import Self

import httpx
from ssrfguard import Policy
from ssrfguard.errors import SSRFGuardError
from ssrfguard.httpx import Client

from flowengine.core.errors import ChannelRefused, NoAnswer

TIME_LIMIT_S = 15.0  # in all, for one request
ANSWER_LIMIT = 65_536  # bytes of an answer that are read
USUAL_PORTS = frozenset({80, 443, 8080, 8443})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an outside system answered; `body` is cut at `ANSWER_LIMIT` bytes."""

    status: int
    body: bytes
    retry_after: str | None


def policy_for(allowed: Iterable[str]) -> Policy:
    """The guard's policy with the operator's exceptions: `10.1.0.0/16`, `127.0.0.1`, `127.0.0.1:9000`.

    An exception with a port opens that port too; ValueError for what is no address.
    """
    networks, ports = [], set(USUAL_PORTS)
    for entry in allowed:
        address, _, port = entry.partition(":") if entry.count(":") == 1 else (entry, "", "")
        networks.append(ip_network(address, strict=False))
        if port:
            ports.add(int(port))
    return Policy(allowed_networks=tuple(networks), allowed_ports=frozenset(ports), max_redirects=3)


class Outside:
    """A client with a lifetime: one a worker process; safe for threads."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._client = Client(policy=policy_for(allowed), timeout=TIME_LIMIT_S / 3, follow_redirects=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """POST and return the answer; NoAnswer where none came in time, ChannelRefused where the address is barred."""
        until = monotonic() + TIME_LIMIT_S
        try:
            with self._client.stream("POST", url, content=body, headers=dict(headers)) as response:
                read = bytearray()
                for piece in response.iter_bytes():
                    read += piece[: ANSWER_LIMIT - len(read)]
                    if len(read) >= ANSWER_LIMIT or monotonic() > until:
                        break
                return Answer(response.status_code, bytes(read), response.headers.get("retry-after"))
        except SSRFGuardError as barred:
            raise ChannelRefused(f"{url} may not be called: {barred}") from barred
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as wrong:
            raise ChannelRefused(f"{url} is no address that can be called: {wrong}") from wrong
        except httpx.HTTPError as fault:
            raise NoAnswer(f"{url}: {fault}") from fault
