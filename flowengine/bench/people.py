"""Who writes, and what next: contacts drawn by Zipf's law, each with a talk of its own that it goes on with."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from random import Random

import orjson

from flowengine.bench.talks import SCRIPTS

EXPONENT = 1.0  # of Zipf's law: the second writes half as often as the first, the third a third as often …
NAMES = ("Ana Reis", "Bruno Lima", "Célia Prado", "Davi Nunes", "Elisa Moura", "Fábio Sá", "Gil Torres", "Helena Dias")


@dataclass(frozen=True, slots=True)
class Said:
    """A message as it is posted; `answers` is how many messages of ours it is to bring."""

    id: str
    contact: int
    body: bytes
    answers: int


class People:
    """A number of contacts. One whose message is still on its way is not drawn, so that its words stay in order."""

    def __init__(self, name: str, count: int, *, sender: str | None = None, seed: int = 0) -> None:
        """`name` is in the ids of messages, `sender` in those of contacts: the same where these are to be known."""
        self._name = name
        self._sender = sender or name
        self._draws = Random(seed)
        self._shares = list(accumulate(1 / rank**EXPONENT for rank in range(1, count + 1)))
        self._place = [0] * count  # in each one's script
        self._on_the_way: set[int] = set()

    def speak(self) -> Said:
        """The next message of somebody; `heard` tells that it was taken in."""
        contact = self._draw()
        self._on_the_way.add(contact)
        script = SCRIPTS[contact % len(SCRIPTS)]
        place = self._place[contact]
        self._place[contact] += 1
        text, answers = script[place % len(script)]
        id = f"{self._name}-{contact}-{place}"
        message = {"id": id, "from": f"{self._sender}-{contact}", "name": NAMES[contact % len(NAMES)], "text": text}
        return Said(id, contact, orjson.dumps(message), answers)

    def several(self, count: int) -> list[Said]:
        """Messages of as many contacts, to be posted together."""
        return [self.speak() for _ in range(count)]

    def heard(self, said: Said) -> None:
        self._on_the_way.discard(said.contact)

    def _draw(self) -> int:
        return next(contact for contact in self._draw_any() if contact not in self._on_the_way)

    def _draw_any(self) -> Iterator[int]:
        while True:
            yield bisect(self._shares, self._draws.random() * self._shares[-1])
