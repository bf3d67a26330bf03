"""What a worker process has: one engine, one Redis, the compiled flows. Set up once, before the first job."""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event

from redis import Redis

from flowengine.effects.outside import Outside
from flowengine.store.engine import Engine
from flowengine.turns.hands import Hands
from flowengine.turns.outcomes import Outcomes
from flowengine.turns.programs import Programs


@dataclass(frozen=True, slots=True, repr=False)
class Process:
    """The lasting things of a worker. RQ calls jobs by name with ids alone, so they are found here."""

    engine: Engine
    redis: Redis
    programs: Programs
    outside: Outside
    secret: str
    hands: Hands
    address: str = ""  # the installation's, as others reach it
    outcomes: Outcomes = field(default_factory=Outcomes)
    stopping: Event = field(default_factory=Event)  # the worker was told to: what is in hand is finished, no more


_current: list[Process] = []


def begin(process: Process) -> None:
    """Make `process` the one that jobs of this process use."""
    _current[:] = [process]


def current() -> Process:
    """The process's things; RuntimeError where no worker has begun one."""
    if not _current:
        raise RuntimeError("jobs run in a worker: `flowengine work --queue hot`")
    return _current[0]
