"""The request's Unit: one account, one transaction over Flask-SQLAlchemy's connection, ended before the answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

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
    """Committed at the end of the block; then the workers and the open screens are given a hint."""
    session = here().session
    try:
        yield Unit.on(session.connection(), account)
        session.commit()
    finally:
        session.rollback()  # after a commit it only gives the connection back
    committed(account)


def committed(account: UUID) -> None:
    """Hint that something of the account has changed; never raises."""
    taken_in(account)
    announce(here().redis, account)


def taken_in(account: UUID) -> None:
    """Hint that the account has events to take; screens hear of them once a turn has been taken. Never raises."""
    nudge(here().redis, account, "hot")
