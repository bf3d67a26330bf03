"""The worker process: RQ's SimpleWorker on one queue, with a sweep beside it.

No fork a job: a turn takes a millisecond, a fork forty. One queue a process, since a worker of several queues can
lose the job in hand when it is killed. Nothing is lost with a killed worker anyway: its transaction rolls back, its
leases end, and the sweep of whoever is left finds the work.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from time import sleep
from typing import Any

from redis import Redis
from rq import SimpleWorker
from rq.job import Job
from rq.serializers import JSONSerializer

from flowengine.effects.outside import Outside
from flowengine.jobs import process
from flowengine.jobs.logs import log_as
from flowengine.jobs.queue import TASKS, QueueName, answers, queue
from flowengine.jobs.sweeper import Sweeper
from flowengine.jobs.watch import Watch
from flowengine.settings import Settings
from flowengine.store.engine import make_engine
from flowengine.turns.hands import Hands
from flowengine.turns.programs import Programs

WORKER_LIFE_S = 60  # RQ forgets a silent worker after this; also how often an idle one says that it lives
MAINTENANCE_S = 30
AGAIN_S = 1.0  # between looks for a Redis that is away


class Hint(Job):
    """A job of ours: it names one of our tasks, else it is not run, whoever wrote it into Redis."""

    failure_callback = success_callback = stopped_callback = None  # RQ would run whatever function they name

    @property
    def func(self) -> Callable[..., Any] | None:
        if self.func_name not in TASKS.values():
            raise ValueError(f"{self.func_name!r} is no task")
        task: Callable[..., Any] | None = super().func
        return task


class HotWorker(SimpleWorker):
    """Runs jobs in its own process; RQ's defaults made short, its process title left alone."""

    job_class = Hint
    max_connection_wait_time = 2.0  # RQ: up to a minute between tries to reach a Redis that is away

    def procline(self, message: str) -> None:
        """Keep the process's command line readable for operators."""


def _watch(name: QueueName, here: process.Process, settings: Settings) -> AbstractContextManager[object]:
    return Watch(here.engine, here.redis, settings, here.outside) if name == "hot" else nullcontext()


def work(settings: Settings, name: QueueName, *, burst: bool = False) -> None:
    """Serve `name` until told to stop (SIGTERM, SIGINT: the job in hand is finished first)."""
    log_as()
    logging.getLogger("rq.worker").setLevel(logging.WARNING)
    engine = make_engine(settings.database_url, fence=True, application=f"flowengine work {name}")
    connection = Redis.from_url(settings.redis_url)
    with Outside(settings.allow_callbacks_to) as outside, Hands() as hands:
        here = process.Process(engine, connection, Programs(), outside, settings.secret, hands)
        process.begin(here)
        with Sweeper(engine, connection, name, data=settings.data_beside_database()), _watch(name, here, settings):
            while not answers(connection):  # RQ would end; the sweep does the work meanwhile
                sleep(AGAIN_S)
            worker: Any = HotWorker(
                [queue(connection, name)],
                connection=connection,
                serializer=JSONSerializer,
                worker_ttl=WORKER_LIFE_S,
                maintenance_interval=MAINTENANCE_S,
                log_job_description=False,
            )
            worker.work(burst=burst, logging_level="WARNING")
    engine.dispose()
