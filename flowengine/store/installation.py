"""The installation itself: its id, where it lives, and the gate that all sending passes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Engine, text

from flowengine.store.area import names


@dataclass(frozen=True, slots=True)
class Installation:
    """`gate` is "open" or "held": held, nothing leaves the outbox and no timer fires.

    `held_since` is the last moment at which the installation is known to have lived before; `held_why` is "restored",
    "copied" or "by_hand". `home` is the place that this database was last started from. `scarce`: the disk is nearly
    full, bulk work waits and turns leave no traces.
    """

    id: UUID
    gate: str
    home: str | None
    held_since: datetime | None
    held_why: str | None
    scarce: bool


_READ = text(f"select {names(Installation)} from installation")
_HOLD = text("""
    update installation set gate = 'held', held_why = :why, held_since = coalesce(:since, now()) where gate = 'open'""")
_OPEN = text("update installation set gate = 'open', held_since = null, held_why = null")
_CLOCK = text("select clock_timestamp()")
_SCARCE = text("update installation set scarce = :scarce")
_MOVE = text("update installation set home = :home")


def read_installation(engine: Engine) -> Installation:
    with engine.connect() as connection:
        return Installation(*connection.execute(_READ).one())


def hold_gate(engine: Engine, why: str = "by_hand", since: datetime | None = None) -> None:
    """Nothing is sent until the gate is opened again. One that is held stays as it is."""
    with engine.begin() as connection:
        connection.execute(_HOLD, {"why": why, "since": since})


def open_gate(engine: Engine) -> None:
    with engine.begin() as connection:
        open_gate_on(connection)


def open_gate_on(connection: Connection) -> None:
    """In a transaction that also decides what becomes of what is due."""
    connection.execute(_OPEN)


def set_scarce(engine: Engine, scarce: bool) -> None:
    with engine.begin() as connection:
        connection.execute(_SCARCE, {"scarce": scarce})


def clock(engine: Engine) -> datetime:
    """What the database takes for now."""
    with engine.connect() as connection:
        at: datetime = connection.execute(_CLOCK).scalar_one()
    return at


def settle_in(engine: Engine, home: str) -> bool:
    """Live at `home` from now on; whether it lived elsewhere before, so that this may be a copy: its gate is held."""
    known = read_installation(engine).home
    with engine.begin() as connection:
        connection.execute(_MOVE, {"home": home})
    if known is None or known == home:
        return False
    hold_gate(engine, "copied")
    return True
