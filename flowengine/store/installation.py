"""The installation itself: its id, and the gate that all sending passes."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Engine, text

_READ = text("select id, gate from installation")
_SET = text("update installation set gate = :gate")


@dataclass(frozen=True, slots=True)
class Installation:
    """`gate` is "open" or "held": held, nothing leaves the outbox."""

    id: UUID
    gate: str


def read_installation(engine: Engine) -> Installation:
    with engine.connect() as connection:
        return Installation(*connection.execute(_READ).one())


def hold_gate(engine: Engine) -> None:
    """Nothing is sent until the gate is opened again: after a restore, or in a copy."""
    _set(engine, "held")


def open_gate(engine: Engine) -> None:
    _set(engine, "open")


def _set(engine: Engine, gate: str) -> None:
    with engine.begin() as connection:
        connection.execute(_SET, {"gate": gate})
