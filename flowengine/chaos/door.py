"""The channel as its sender uses it: any host's web, tried again until one of them has taken or given."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from threading import Event
from time import sleep
from types import TracebackType
from typing import Any, Self

import httpx

AGAIN_S = 0.3
PAGE = 500
TAKEN = (200, 202)

Posted = dict[str, Any] | list[dict[str, Any]]  # a message, or several in one request


class GaveUp(Exception):
    """The run is over, and the channel has not answered."""


class Door:
    """`over` ends every wait; `refusals` counts the tries that were not taken, by what was answered."""

    def __init__(self, addresses: Sequence[str], key: str, token: str, *, seed: int) -> None:
        self._urls = [f"{address}/hooks/http/{key}" for address in addresses]
        self._client = httpx.Client(headers={"Authorization": f"Bearer {token}"}, timeout=10)
        self._draw = Random(f"{seed} door")
        self.over = Event()
        self.refusals: dict[str, int] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.over.set()
        self._client.close()

    def write(self, posted: Posted) -> None:
        """Hand it in until it is taken: what a sender does that loses nothing."""
        self._patiently("POST", "", json=posted)

    def read(self, cursor: str, *, wait: int = 1, host: int | None = None) -> tuple[list[dict[str, Any]], str]:
        """What was said after the cursor, and the next cursor."""
        more = {"after": cursor} if cursor else {}
        page = self._patiently("GET", "/messages", host=host, params={"limit": PAGE, "wait": wait, **more}).json()
        return page["messages"], page["next"]

    def read_all(self, *, host: int) -> list[dict[str, Any]]:
        """Everything the channel has ever said, from the beginning."""
        found: list[dict[str, Any]] = []
        page, cursor = self.read("", wait=0, host=host)
        while page:
            found += page
            page, cursor = self.read(cursor, wait=0, host=host)
        return found

    def _patiently(self, method: str, path: str, *, host: int | None = None, **more: Any) -> httpx.Response:
        while not self.over.is_set():
            url = self._urls[host] if host is not None else self._draw.choice(self._urls)
            try:
                answer = self._client.request(method, url + path, **more)
            except httpx.HTTPError as fault:
                self._count(type(fault).__name__)
            else:
                if answer.status_code in TAKEN:
                    return answer
                self._count(str(answer.status_code))
                if 400 <= answer.status_code < 500 and answer.status_code != 429:
                    raise ValueError(f"{method} {path} was refused for good: {answer.status_code} {answer.text[:300]}")
            sleep(AGAIN_S)
        raise GaveUp

    def _count(self, what: str) -> None:
        self.refusals[what] = self.refusals.get(what, 0) + 1
