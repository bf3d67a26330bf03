"""How often somebody may knock: counted in Redis for all processes, in memory while Redis is away."""

from __future__ import annotations

from contextlib import suppress

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from redis import Redis
from redis.exceptions import RedisError

limiter = Limiter(
    key_func=get_remote_address,
    strategy="moving-window",
    in_memory_fallback_enabled=True,
    headers_enabled=False,
)


def forgive(key: str) -> None:
    """Forget what this request's limits have counted of `key`: who was slow to remember is no guesser."""
    with suppress(RedisError):
        for each in limiter.current_limits:
            if key in each.request_args:
                limiter.limiter.clear(each.limit, *each.request_args)


def register(app: Flask, redis_url: str, redis: Redis) -> None:
    """Count in the installation's Redis, by the process' own connections: it knows when Redis is away."""
    app.config["RATELIMIT_STORAGE_URI"] = _storage(redis_url)
    app.config["RATELIMIT_STORAGE_OPTIONS"] = {"connection_pool": redis.connection_pool}
    app.config["RATELIMIT_KEY_PREFIX"] = "flowengine"
    limiter.init_app(app)


def _storage(redis_url: str) -> str:
    """The library calls a socket's address redis+unix://."""
    return f"redis+{redis_url}" if redis_url.startswith("unix://") else redis_url
