"""What takes minutes: jobs of the forking queue, each a process of its own that may be ended anywhere."""

from __future__ import annotations

import logging

from redis import Redis
from redis.exceptions import RedisError

from flowengine.files.folder import Folder
from flowengine.jobs.queue import queue
from flowengine.jobs.tidy import tidy
from flowengine.settings import Settings
from flowengine.store.engine import StoreFault, make_engine

log = logging.getLogger(__name__)

TIDY = "flowengine.jobs.chores.tidy_up"
TASKS = frozenset({TIDY})
TIDY_S = 3600
LIMIT_S = 1800
_TURN = "flowengine:tidied"


def tidy_up() -> int:
    """Make room in all accounts; rows forgotten."""
    settings = Settings.read()
    engine = make_engine(settings.database_url, application="flowengine tidy")
    try:
        return tidy(engine, files=Folder(settings.files_folder))
    except StoreFault as fault:  # the database is away: the next hour's will do
        log.warning("tidying put off: %s", fault)
        return 0
    finally:
        engine.dispose()


def call_tidying(connection: Redis) -> bool:
    """Have it done, once an hour whoever asks how often; whether a job was enqueued. Never raises."""
    try:
        if not connection.set(_TURN, b"1", nx=True, ex=TIDY_S):
            return False
        queue(connection, "long").enqueue(TIDY, job_timeout=LIMIT_S, result_ttl=TIDY_S, failure_ttl=24 * TIDY_S)
    except RedisError as fault:
        log.info("tidying is put off: %s", fault)
        return False
    return True
