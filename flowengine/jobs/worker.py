"""A worker process: RQ's worker on one queue, with a sweep beside it.

The hot path forks for no job: a turn takes a millisecond, a fork forty. What takes minutes is forked, so that nothing
of it stays behind. One queue a process, since a worker of several queues can lose the job in hand when it is killed.
Nothing is lost with a killed worker anyway: its transaction rolls back, its leases end, and the sweep of whoever is
left finds the work.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from threading import Event
from typing import Any

from redis import Redis
from redis.exceptions import RedisError
from rq.exceptions import StopRequested

from flowengine.effects.outside import Outside
from flowengine.jobs import process
from flowengine.jobs.logs import log_as
from flowengine.jobs.queue import QueueName, answers, queue
from flowengine.jobs.rq_workers import HotWorker, LongWorker
from flowengine.jobs.sweeper import Sweeper
from flowengine.jobs.watch import Watch
from flowengine.settings import Settings
from flowengine.store.due import Work
from flowengine.store.engine import make_engine
from flowengine.turns.hands import Hands
from flowengine.turns.programs import Programs

log = logging.getLogger(__name__)

RQ_PATIENCE_S = 60.0  # beyond the 45 s for which RQ waits for a job
AGAIN_S = 0.5  # between looks for a Redis that is away


def work(settings: Settings, name: QueueName, *, burst: bool = False) -> None:
    """Serve `name` until told to stop (SIGTERM, SIGINT: what is in hand is finished first)."""
    log_as()
    logging.getLogger("rq.worker").addFilter(_is_no_news)
    stopping = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopping.set())
    with Redis.from_url(settings.redis_url, socket_timeout=RQ_PATIENCE_S) as rq:
        if name == "long":
            _serve(lambda: LongWorker.on(queue(rq, name), stopping), rq, stopping, burst=burst)
            return
        with Redis.from_url(settings.redis_url) as redis, _accounts(settings, name, redis, stopping):
            _serve(lambda: HotWorker.on(queue(rq, name), stopping), rq, stopping, burst=burst)


@contextmanager
def _accounts(settings: Settings, name: Work, connection: Redis, stopping: Event) -> Iterator[None]:
    """What a worker has that opens units: an engine, compiled flows, a sweep."""
    engine = make_engine(settings.database_url, fence=True, application=f"flowengine work {name}")
    with Outside(settings.allow_callbacks_to) as outside, Hands() as hands:
        here = process.Process(
            engine, connection, Programs(), outside, settings.secret, hands, settings.address, stopping=stopping
        )
        process.begin(here)
        with Sweeper(engine, connection, name, data=settings.data_beside_database()), _watch(name, here, settings):
            yield
    engine.dispose()


def _watch(name: Work, here: process.Process, settings: Settings) -> AbstractContextManager[object]:
    return Watch(here.engine, here.redis, settings, here.outside) if name == "hot" else nullcontext()


def _serve(make: Any, connection: Redis, stopping: Event, *, burst: bool) -> None:
    """Have RQ's worker run; a new one whenever Redis was away for longer than it bears. The sweep works meanwhile."""
    while not stopping.is_set():
        if not answers(connection):
            stopping.wait(AGAIN_S)
            continue
        try:
            make().work(burst=burst, logging_level="WARNING")
        except StopRequested:  # told so while it began or ended, where RQ itself does not expect it
            return
        except RedisError as fault:
            log.warning("Redis is away: %s", fault)
        if burst:
            return


def _is_no_news(record: logging.LogRecord) -> bool:
    """RQ tells of a Redis that is away with each look, and with the whole stack; we say it in a line."""
    fault = record.exc_info[1] if record.exc_info else None
    return not isinstance(fault, RedisError) and "could not connect to Redis" not in str(record.msg)
