"""The account of a load: when each message was due, when its first answer was there, and how many came."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from math import ceil

from flowengine.bench.installation import BenchFailed


class Tally:
    """Times are those of `perf_counter`. A message is answered once all the answers it is to bring are there."""

    def __init__(self) -> None:
        self._wanted: dict[str, int] = {}
        self._due: dict[str, float] = {}
        self._first: dict[str, float] = {}
        self._came: Counter[str] = Counter()
        self.open = 0  # messages that have not been answered
        self.last = 0.0  # when the last answer came

    def __len__(self) -> int:
        return len(self._wanted)

    def asked(self, id: str, answers: int, due: float) -> None:
        self._wanted[id] = answers
        self._due[id] = due
        self.open += 1

    def answered(self, id: str, at: float) -> None:
        self._came[id] += 1
        self._first.setdefault(id, at)
        self.last = at
        if self._came[id] == self._wanted.get(id):
            self.open -= 1

    def wait_ms(self, share: float) -> float:
        """From when a message was due until its first answer was in its sender's hands: the nearest rank."""
        waits = sorted(self._first[id] - due for id, due in self._due.items())
        return round(waits[max(0, ceil(share * len(waits)) - 1)] * 1000, 2)

    def prove(self) -> None:
        """Raises BenchFailed where a message was not answered exactly as it should have been."""
        silent = [id for id, wanted in self._wanted.items() if self._came[id] < wanted]
        twice = [id for id, wanted in self._wanted.items() if self._came[id] > wanted]
        strange = [id for id in self._came if id not in self._wanted]
        kinds = (
            ("not answered in whole", silent),
            ("answered too often", twice),
            ("that nobody wrote, answered", strange),
        )
        found = [_words(what, ids) for what, ids in kinds if ids]
        if found:
            raise BenchFailed(f"of {len(self)} messages: {'; '.join(found)}")


def _words(what: str, ids: Iterable[str]) -> str:
    listed = list(ids)
    return f"{len(listed)} {what} (such as {', '.join(listed[:3])})"
