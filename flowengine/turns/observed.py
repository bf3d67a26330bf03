"""What events, turns and orders came to, told once it is committed to whoever counts and logs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EventTaken:
    """It is dealt with; `arrived` is when it was written down, `priority` as in the intake."""

    kind: str
    priority: int
    arrived: datetime


@dataclass(frozen=True, slots=True)
class EventFailed:
    """It could not be taken for a reason of ours; "later": it will be tried again, "given_up": it is a dead letter."""

    kind: str
    error: str
    outcome: Literal["later", "given_up"]


@dataclass(frozen=True, slots=True)
class TurnTaken:
    """One turn of a run: it waits now, or how it ended. `error` is the code of what a run failed by, at `node`."""

    flow: str
    contact: UUID
    run: str
    number: int
    outcome: Literal["waiting", "completed", "failed", "ended"]
    error: str = ""
    node: str = ""


@dataclass(frozen=True, slots=True)
class OrderTried:
    """An order was carried out, is tried again later, or has been given up."""

    kind: str
    outcome: Literal["done", "later", "given_up"]


Told = EventTaken | EventFailed | TurnTaken | OrderTried
Observer = Callable[[UUID, Told], None]  # with the account's id; must neither wait nor raise


def nobody(_account: UUID, _told: Told) -> None:
    """Where nothing is counted."""
