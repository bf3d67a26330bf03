"""What a worker does for one account: one claim, handed to turns. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from flowengine import turns
from flowengine.jobs.announce import announce
from flowengine.jobs.measures import measures
from flowengine.jobs.observing import observe
from flowengine.jobs.pace import pace
from flowengine.jobs.process import Process, current
from flowengine.jobs.queue import nudge
from flowengine.store.due import Work
from flowengine.store.intake import BULK
from flowengine.turns.observed import EventTaken, Told


@dataclass(frozen=True, slots=True)
class Found:
    """How many events or orders a claim came to; whether they were bulk, for which nobody waits."""

    number: int
    is_bulk: bool = False


def take(here: Process, account: UUID) -> Found:
    """Claim waiting events and due timers of an account, and take them."""
    urgent = False

    def see(account: UUID, told: Told) -> None:
        nonlocal urgent
        urgent = urgent or (isinstance(told, EventTaken) and told.priority < BULK)
        observe(account, told)

    with measures.timing("flowengine_take_seconds"):
        taken = turns.take_waiting(
            here.engine,
            account,
            here.programs,
            owes=lambda account: nudge(here.redis, account, "outbox"),
            observe=see,
        )
    if taken:
        measures.add("flowengine_events_taken_total", taken)
        announce(here.redis, account)
    return Found(taken, is_bulk=not urgent)


def settle(here: Process, account: UUID) -> Found:
    """Claim what an account owes to the outside world, and have it carried out.

    What is slow goes on afterwards, and tells when it is done.
    """
    settling = turns.Settling(
        engine=here.engine,
        account=account,
        outside=here.outside,
        hands=here.hands,
        secret=here.secret,
        address=here.address,
        then=_settled,
        observe=observe,
        outcomes=here.outcomes,
        pace=partial(pace, here.redis),
    )
    return Found(turns.settle(settling))


def _settled(account: UUID, answered: bool, more: bool) -> None:
    """A call is over: its answer is to be taken, and the next of its line may be due."""
    here = current()
    announce(here.redis, account)
    if answered:
        nudge(here.redis, account, "hot")
    if more:
        nudge(here.redis, account, "outbox")


WORK: Mapping[Work, Callable[[Process, UUID], Found]] = {"hot": take, "outbox": settle}
