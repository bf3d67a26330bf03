"""The RQ jobs: functions of ids that open a unit and call turns. Nothing is decided here."""

from __future__ import annotations

from time import monotonic
from uuid import UUID

from flowengine import turns
from flowengine.jobs.announce import announce
from flowengine.jobs.process import current
from flowengine.jobs.queue import nudge, taken

BUDGET_S = 1.0  # then the account goes to the back of the queue, so that none starves another


def take(account_id: str) -> None:
    """Take the waiting events and due timers of an account."""
    here, account = current(), UUID(account_id)
    taken(here.redis, account, "hot")
    until = monotonic() + BUDGET_S
    while turns.take_waiting(here.engine, account, here.programs):
        announce(here.redis, account)
        if monotonic() > until:
            nudge(here.redis, account, "hot")
            break
    if turns.owes(here.engine, account):
        nudge(here.redis, account, "outbox")


def settle(account_id: str) -> None:
    """Carry out what an account owes to the outside world."""
    here, account = current(), UUID(account_id)
    taken(here.redis, account, "outbox")
    until = monotonic() + BUDGET_S
    while turns.settle(here.engine, account, here.outside, secret=here.secret):
        announce(here.redis, account)
        if monotonic() > until:
            nudge(here.redis, account, "outbox")
            break
