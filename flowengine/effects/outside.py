"""The guard: the one HTTP client that speaks to addresses which users of the product have typed in.

It connects only to the address it has checked (no second look-up that could answer otherwise), never to private
networks unless the operator allowed them, and reads no more of an answer than it has use for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from ipaddress import ip_network
from types import TracebackType
from typing import Self

import httpx
from ssrfguard import Policy
from ssrfguard.errors import BlockedURLError, SSRFGuardError
from ssrfguard.httpx import Client

from flowengine.core.errors import ChannelRefused, NoAnswer, Unknown
from flowengine.effects.punctual import guarded_client, within_seconds

TIME_LIMIT_S = 15.0  # in all, for one request
CONNECT_LIMIT_S = 5.0
ANSWER_LIMIT = 65_536  # bytes of an answer that are read
PLAIN = {"accept-encoding": "identity"}  # nothing is unpacked: a small answer may unfold to gigabytes
EVERYWHERE = (ip_network("0.0.0.0/0"), ip_network("::/0"))
USUAL_PORTS = frozenset({80, 443, 8080, 8443})


@dataclass(frozen=True, slots=True)
class Answer:
    """What an outside system answered; `body` may be cut, names of `headers` are in lower case."""

    status: int
    body: bytes
    headers: Mapping[str, str]


def policies_for(allowed: Iterable[str]) -> tuple[Policy, Policy | None]:
    """The guard's policy with the operator's exceptions, and that for hosts which the operator trusts by name.

    An exception is `10.1.0.0/16`, `127.0.0.1`, `127.0.0.1:9000` or `crm.internal`; one with a port opens that port too.
    """
    networks, names, ports = [], set(), set(USUAL_PORTS)
    for entry in allowed:
        place, _, port = entry.partition(":") if entry.count(":") == 1 else (entry, "", "")
        try:
            networks.append(ip_network(place, strict=False))
        except ValueError:
            names.add(place.lower())
        if port:
            ports.add(int(port))
    guarded = Policy(allowed_networks=tuple(networks), allowed_ports=frozenset(ports), max_redirects=3)
    return guarded, replace(guarded, allowed_networks=EVERYWHERE, allowed_hosts=frozenset(names)) if names else None


class Outside:
    """A client with a lifetime: one a worker process; safe for threads."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._policies = policies_for(allowed)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for client in self.__dict__.get("_clients", ()):
            client.close()

    @cached_property
    def _clients(self) -> tuple[Client, ...]:
        """The guarded one, and that for trusted names where there are any; made when first used, since each holds
        megabytes of certificates and most processes never call anybody.
        """
        return tuple(guarded_client(policy, connect=CONNECT_LIMIT_S) for policy in self._policies if policy)

    def _client_for(self, url: str) -> Client:
        _, trusted = self._policies
        return self._clients[-1 if trusted and httpx.URL(url).host in trusted.allowed_hosts else 0]

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """POST and return the answer; NoAnswer where none came in time, ChannelRefused where the address is barred."""
        return self.send("POST", url, body, headers)

    def send(
        self,
        method: str,
        url: str,
        body: bytes | None,
        headers: Mapping[str, str],
        *,
        time_limit: float = TIME_LIMIT_S,
        most: int = ANSWER_LIMIT,
    ) -> Answer:
        """The answer to one request, at most `most` bytes of it, within `time_limit` seconds in all.

        ChannelRefused where the address is barred or none; NoAnswer where nobody was reached; Unknown where somebody
        was, who did not answer to the end.
        """
        try:
            client = self._client_for(url)
            with (
                within_seconds(time_limit),
                client.stream(
                    method,
                    url,
                    content=body,
                    headers=_as_bytes({**PLAIN, **headers}),
                    timeout=httpx.Timeout(time_limit, connect=CONNECT_LIMIT_S),
                ) as response,
            ):
                read = bytearray()
                for piece in response.iter_raw():
                    read += piece[: most - len(read)]
                    if len(read) >= most:
                        break
                return Answer(response.status_code, bytes(read), dict(response.headers))
        except SSRFGuardError as barred:
            # The guard's own words for an address hold the whole of it.
            why = barred.reason if isinstance(barred, BlockedURLError) else barred
            raise ChannelRefused(f"{_shown(url)} may not be called: {why}") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as wrong:
            raise ChannelRefused(f"{_shown(url)} is no address that can be called: {wrong}") from None
        except (httpx.LocalProtocolError, UnicodeError):
            # Its words would hold the header, and that may hold a secret.
            raise ChannelRefused(f"{_shown(url)}: a header holds what cannot be sent") from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as fault:
            raise NoAnswer(f"{_shown(url)}: {fault or type(fault).__name__}") from fault
        except httpx.HTTPError as fault:
            raise Unknown(f"{_shown(url)}: {fault or type(fault).__name__}") from fault


def _as_bytes(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Values beyond ASCII go as UTF-8, which most servers read (RFC 9110, 5.5: opaque to HTTP)."""
    return [(name.encode("ascii", "replace"), value.encode()) for name, value in headers.items()]


def _shown(url: str) -> str:
    """An address as it may stand in an error: what follows the path may hold a secret."""
    return url.split("?")[0].split("#")[0].rsplit("@", 1)[-1][:200]
