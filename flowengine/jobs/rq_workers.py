"""RQ's workers as we use them: our tasks and no others, no orders by Redis, a stop that finishes what is in hand."""

from __future__ import annotations

import os
from collections.abc import Callable
from signal import SIGTERM
from threading import Event
from types import FrameType
from typing import Any, Self

from rq import Queue, SimpleWorker, Worker
from rq.exceptions import StopRequested
from rq.job import Job
from rq.serializers import JSONSerializer
from rq.worker import BaseWorker, WorkerStatus

from flowengine.jobs import alive
from flowengine.jobs.chores import TASKS
from flowengine.jobs.parent import end_with
from flowengine.jobs.queue import DRAIN

LIFE_S = 60  # RQ forgets a silent worker after this; also how often an idle one says that it lives
LONG_LIFE_S = 20  # says so every 5 s (RQ: 15 s less)
LONG_LOOK_S = 5  # and likewise with a job in hand
MAINTENANCE_S = 30


class Hint(Job):
    """A job of ours: it names one of our tasks, else it is not run, whoever wrote it into Redis."""

    failure_callback = success_callback = stopped_callback = None  # RQ would run whatever function they name

    @property
    def func(self) -> Callable[..., Any] | None:
        if self.func_name != DRAIN and self.func_name not in TASKS:
            raise ValueError(f"{self.func_name!r} is no task")
        task: Callable[..., Any] | None = super().func
        return task


class _Ours(BaseWorker):
    job_class = Hint
    max_connection_wait_time = 2.0  # RQ: up to a minute between tries to reach a Redis that is away
    stopping: Event

    @classmethod
    def on(cls, queue: Queue, stopping: Event, **more: Any) -> Self:
        """A worker of `queue`; a signal to stop sets `stopping`, which a job may look at."""
        more.setdefault("worker_ttl", LIFE_S)
        worker = cls(
            [queue],
            connection=queue.connection,
            serializer=JSONSerializer,
            maintenance_interval=MAINTENANCE_S,
            log_job_description=False,
            **more,
        )
        worker.stopping = stopping
        return worker

    def procline(self, message: str) -> None:
        """Keep the process's command line readable for operators."""

    def subscribe(self) -> None:
        """No orders by Redis: one thread and one connection less."""

    def unsubscribe(self) -> None:
        """Nothing was subscribed to."""

    def _install_signal_handlers(self) -> None:
        """RQ's, which hear nothing of a signal that came while it was still saying in Redis that it is there."""
        super()._install_signal_handlers()  # type: ignore[no-untyped-call]  # RQ gives it no types
        self._stop_requested = self.stopping.is_set()

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """RQ's own asks Redis in the midst of a signal, and a second one drops what is in hand."""
        self.stopping.set()
        if self.get_state() != WorkerStatus.BUSY:
            raise StopRequested
        self._stop_requested = True


class HotWorker(_Ours, SimpleWorker):
    """Runs jobs in its own process."""


class LongWorker(_Ours, Worker):
    """Forks a process for each job; says itself that it is alive, since no sweep is beside it."""

    @classmethod
    def on(cls, queue: Queue, stopping: Event, **more: Any) -> Self:
        return super().on(queue, stopping, worker_ttl=LONG_LIFE_S, job_monitoring_interval=LONG_LOOK_S, **more)

    def heartbeat(self, timeout: int | None = None, pipeline: Any = None) -> None:
        super().heartbeat(timeout, pipeline)
        alive.mark(self.connection, "long")

    def main_work_horse(self, job: Job, queue: Queue) -> None:
        end_with(os.getppid())
        super().main_work_horse(job, queue)

    def request_stop(self, signum: int, frame: FrameType | None) -> None:
        """What takes minutes is not waited for: each chore is made so that it can be ended anywhere."""
        if self.horse_pid:
            self.kill_horse(SIGTERM)
        super().request_stop(signum, frame)
