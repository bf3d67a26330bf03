"""What takes minutes: jobs of the forking queue, each a process of its own that may be ended anywhere."""

from __future__ import annotations

import logging

from redis import Redis
from redis.exceptions import RedisError

from flowengine.files.folder import Folder
from flowengine.jobs.digesting import digest
from flowengine.jobs.queue import queue
from flowengine.jobs.tidy import tidy
from flowengine.settings import Settings
from flowengine.store.engine import StoreFault, make_engine

log = logging.getLogger(__name__)

TIDY = "flowengine.jobs.chores.tidy_up"
DIGEST = "flowengine.jobs.chores.digest_ways"
TASKS = frozenset({TIDY, DIGEST})
EVERY_S = {TIDY: 3600, DIGEST: 60}
LIMIT_S = 1800
_TURN = {TIDY: "flowengine:tidied", DIGEST: "flowengine:digested"}


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


def digest_ways() -> int:
    """Digest the runs of all accounts for their results; how many."""
    engine = make_engine(Settings.read().database_url, application="flowengine digest")
    try:
        return digest(engine)
    except StoreFault as fault:  # the database is away: the next minute's will do
        log.warning("digesting put off: %s", fault)
        return 0
    finally:
        engine.dispose()


def call(connection: Redis, chore: str) -> bool:
    """Have it done, in its time whoever asks how often; whether a job was enqueued. Never raises."""
    every = EVERY_S[chore]
    try:
        if not connection.set(_TURN[chore], b"1", nx=True, ex=every):
            return False
        queue(connection, "long").enqueue(chore, job_timeout=LIMIT_S, result_ttl=every, failure_ttl=24 * 3600)
    except RedisError as fault:
        log.info("%s is put off: %s", chore, fault)
        return False
    return True
