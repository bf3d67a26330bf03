"""The person at the desk: takes what waits, says a word, finishes, all through the API, until it has come to pass."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

import httpx

log = logging.getLogger(__name__)

WORDS = "Oi, aqui é a Ana."
LOOK_S = 0.5
HANDS = 4


class SignedOut(Exception):
    """Whoever asks is nobody that the desk knows."""


class Agent:
    """Works while the `with` block lasts. What failed, or was done while its answer got lost, the next look shows."""

    def __init__(self, addresses: Sequence[str], email: str, password: str, *, seed: int) -> None:
        self._addresses = addresses
        self._login = {"email": email, "password": password}
        self._draw = Random(f"{seed} agent")
        self._client = httpx.Client(timeout=15)
        self._over = Event()
        self._thread = Thread(target=self._run, name="agent", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(timeout=60)
        self._client.close()

    def _run(self) -> None:
        signed_in = False
        while not self._over.is_set():
            try:
                signed_in = signed_in or self._sign_in()
                if not signed_in or not self._work():
                    self._over.wait(LOOK_S)
            except SignedOut:
                signed_in = False
            except (httpx.HTTPError, KeyError, ValueError) as fault:
                log.info("the desk does not answer: %s", fault)
                self._over.wait(LOOK_S)

    def _sign_in(self) -> bool:
        self._client.cookies.clear()
        self._client.headers["X-CSRF-Token"] = self._ask("GET", "/csrf").json()["token"]
        answer = self._ask("POST", "/session", json=self._login)
        if answer.status_code == 200:
            self._client.headers["X-CSRF-Token"] = answer.json()["csrf"]
        return answer.status_code == 200

    def _work(self) -> int:
        """Look once; how many conversations there were to work on."""
        waiting, mine = self._list("new"), self._list("mine")
        with ThreadPoolExecutor(HANDS) as hands:
            list(hands.map(self._take, waiting))
            list(hands.map(self._serve, mine))
        return len(waiting) + len(mine)

    def _take(self, talk: dict[str, Any]) -> None:
        self._act(talk, "take")

    def _serve(self, talk: dict[str, Any]) -> None:
        """Say a word, once, and finish what has not changed since."""
        place = f"/conversations/{talk['id']}"
        said = self._ask("POST", f"{place}/messages", json={"text": WORDS, "client_id": f"agent-{talk['id']}"})
        if said.status_code == 201:
            self._act(self._ask("GET", place).json(), "finish")

    def _list(self, view: str) -> list[dict[str, Any]]:
        answer = self._ask("GET", "/conversations", params={"view": view})
        return list(answer.json()["conversations"]) if answer.status_code == 200 else []

    def _act(self, talk: dict[str, Any], act: str) -> None:
        """Only in the state that was seen: what has changed since is for the next look."""
        self._ask("POST", f"/conversations/{talk['id']}/{act}", json={"version": talk["version"]})

    def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        answer = self._client.request(method, f"{self._draw.choice(self._addresses)}/api/v1{path}", **more)
        if answer.status_code in (401, 403):
            raise SignedOut(answer.text[:200])
        return answer
