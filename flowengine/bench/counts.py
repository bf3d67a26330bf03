"""What a load cost in transactions and in jobs, as PostgreSQL and Redis themselves have counted."""

from __future__ import annotations

from time import sleep

import psycopg
from redis import Redis

from flowengine.settings import Settings

_COMMITS = "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()"


def libpq(settings: Settings, *, owner: bool = False) -> str:
    """The database's address as libpq takes it."""
    url = settings.database_owner_url if owner else settings.database_url
    return url.replace("postgresql+psycopg://", "postgresql://", 1)


def transactions(settings: Settings, lag: float) -> int:
    """Since ever, ended either way, readers' included; waits for `lag` seconds until all sessions have told theirs."""
    sleep(lag)
    with psycopg.connect(libpq(settings), autocommit=True) as connection:
        row = connection.execute(_COMMITS).fetchone()
    return int(row[0]) if row else 0


def jobs(settings: Settings) -> int:
    """RQ jobs put into any queue since the server began: RQ pushes each once, and nobody else uses lists."""
    with Redis.from_url(settings.redis_url) as redis:
        calls = redis.info("commandstats")
    return sum(int(calls.get(f"cmdstat_{name}", {"calls": 0})["calls"]) for name in ("rpush", "lpush"))
