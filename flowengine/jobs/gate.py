"""The sending gate after a restore or in a copy: what is due behind it, and what becomes of that once it opens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from flowengine.effects.outcome import Refused
from flowengine.store.due import every_account
from flowengine.store.engine import Engine
from flowengine.store.installation import open_gate_on, read_installation
from flowengine.store.unit import Unit
from flowengine.turns.performers import PERFORMERS

Choice = Literal["send", "skip", "shift"]


@dataclass(frozen=True, slots=True)
class Due:
    """What an account would send or fire at once."""

    account: str
    kind: str
    count: int
    since: datetime


def due(engine: Engine) -> list[Due]:
    found = []
    for account in every_account(engine):
        with Unit.open(engine, account) as unit:
            slug = unit.accounts.read().slug
            found += [Due(slug, kind, count, since) for kind, count, since in unit.outbox.due()]
    return found


def open_gate(engine: Engine, choice: Choice, now: datetime | None = None) -> int:
    """Let everything go on, in one transaction of all accounts; how many orders were skipped.

    "send": what is due goes out now. "skip": orders that are due fail, where people and flows see it, and the clocks
    of runs go on from where they stood. "shift": everything comes in as long as it was to come when the installation
    last lived.
    """
    now = now or datetime.now(UTC)
    stood = now - (read_installation(engine).held_since or now)
    skipped = 0
    with engine.begin() as connection:
        for account in every_account(engine):
            unit = Unit.on(connection, account, now=now)
            if choice == "skip":
                skipped += _skip(unit)
                unit.outbox.shift_timers(stood)
            if choice == "shift":
                unit.outbox.shift(stood)
        open_gate_on(connection)
    return skipped


def _skip(unit: Unit) -> int:
    orders = unit.outbox.drop_due()
    for order in orders:
        PERFORMERS[order.kind].given_up(unit, order, Refused("skipped when the gate was opened"))
    return len(orders)
