"""Digests the ways of runs that have been walked of late, so that results are read quickly. Any number may do it."""

from __future__ import annotations

from uuid import UUID

from flowengine.store.due import every_account
from flowengine.store.engine import Engine
from flowengine.store.unit import Unit

MOST_RUNS = 2_000  # a transaction
MOST_TIMES = 200  # in a row for one account; the next minute's goes on


def digest(engine: Engine) -> int:
    """Runs digested in all accounts."""
    return sum(_of_account(engine, account) for account in every_account(engine))


def _of_account(engine: Engine, account: UUID) -> int:
    digested = 0
    for _ in range(MOST_TIMES):
        with Unit.open(engine, account) as unit:
            some = unit.ways.digest(MOST_RUNS)
        digested += some
        if some < MOST_RUNS:
            break
    return digested
