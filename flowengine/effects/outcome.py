"""What became of an order that was carried out in the outside world."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Done:
    """It is over; `answer` is what came back, where the order waits for one."""

    answer: Any = None


@dataclass(frozen=True, slots=True)
class Later:
    """It may work another time; `after` are the seconds the other side asked for.

    `answer` is what the order comes to if there is no other time.
    """

    why: str
    after: float | None = None
    answer: Any = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It would not work another time either."""

    why: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Sent together with others it was refused; each may yet be taken for itself."""

    why: str


Outcome = Done | Later | Refused | Apart
