"""The RQ jobs: functions of ids that open a unit and call turns. Nothing is decided here."""

from __future__ import annotations

from time import monotonic
from uuid import UUID

from flowengine import turns
from flowengine.jobs.announce import announce
from flowengine.jobs.measures import measures
from flowengine.jobs.process import Process, current
from flowengine.jobs.queue import nudge, taken

BUDGET_S = 1.0  # then the account goes to the back of the queue, so that none starves another


def take(account_id: str) -> None:
    """Take the waiting events and due timers of an account."""
    here, account = current(), UUID(account_id)
    taken(here.redis, account, "hot")
    until = monotonic() + BUDGET_S
    while _take(here, account):
        announce(here.redis, account)
        if monotonic() > until:
            nudge(here.redis, account, "hot")
            break
    if turns.owes(here.engine, account):
        nudge(here.redis, account, "outbox")


def _take(here: Process, account: UUID) -> int:
    with measures.timing("flowengine_take_seconds"):
        taken = turns.take_waiting(here.engine, account, here.programs)
    measures.add("flowengine_events_taken_total", taken)
    return taken


def settle(account_id: str) -> None:
    """Carry out what an account owes to the outside world; what is slow goes on after the job."""
    here, account = current(), UUID(account_id)
    taken(here.redis, account, "outbox")
    settling = turns.Settling(here.engine, account, here.outside, here.hands, here.secret, _settled)
    until = monotonic() + BUDGET_S
    here.hands.watched = True
    try:
        while (left := until - monotonic()) > 0:
            if not turns.settle(settling) and not here.hands.one_done(left):
                return
    finally:
        here.hands.watched = False
    nudge(here.redis, account, "outbox")


def _settled(account: UUID, answered: bool) -> None:
    """An order is over: its answer is to be taken, and the next of its line may be due."""
    here = current()
    announce(here.redis, account)
    if answered:
        nudge(here.redis, account, "hot")
    if not here.hands.watched:
        nudge(here.redis, account, "outbox")
