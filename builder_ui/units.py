"""The request's Unit: one account, one transaction over Flask-SQLAlchemy's connection, ended before the answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast
from uuid import UUID

from flask import g

from builder_ui.process import here
from flowengine.jobs.announce import announce
from flowengine.jobs.queue import nudge
from flowengine.store.unit import Unit


@contextmanager
def reading(account: UUID) -> Iterator[Unit]:
    """What is read in the block is of one moment; nothing is kept."""
    session = here().session
    try:
        yield Unit.on(session.connection(), account)
    finally:
        session.rollback()


@contextmanager
def writing(account: UUID) -> Iterator[Unit]:
    """Committed at the end of the block, unless that was postponed; then a hint to the workers and open screens."""
    unit = Unit.on(here().session.connection(), account)
    try:
        yield unit
    except BaseException:
        give_up()
        raise
    if "postponed" in g:
        g.postponed.append(unit)
    else:
        commit([unit])


def postpone() -> list[Unit]:
    """Let whoever asks commit this request's write when its answer is known; the list then has the write's Unit.

    The request must not read in a block of its own after it has written.
    """
    g.postponed = []
    return cast(list[Unit], g.postponed)


def commit(units: Sequence[Unit]) -> None:
    """Make what was written in these units of one transaction last; then tell those who wait for it."""
    try:
        here().session.commit()
    finally:
        give_up()  # after a commit it only gives the connection back
    for unit in units:
        committed(unit.account_id)
        if unit.outbox.owed:
            nudge(here().redis, unit.account_id, "outbox")


def give_up() -> None:
    """Nothing of what was written is kept."""
    here().session.rollback()


def committed(account: UUID) -> None:
    """Hint to the workers and to open screens that something of the account has changed; never raises."""
    nudge(here().redis, account)
    announce(here().redis, account)
