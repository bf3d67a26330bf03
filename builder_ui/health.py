"""Is this process alive, and can it do its work? For supervisors and load balancers."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError

from builder_ui.process import here
from flowengine.store.installation import read_installation

health = APIBlueprint("health", __name__, enable_openapi=False)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 when the database answers; Redis may be away, everything then goes on by the clock."""
    read_installation(here().engine)  # without an answer: 503, or 500 where the database is not ours
    return {"status": "ok", "database": True, "redis": _redis_answers()}


def _redis_answers() -> bool:
    try:
        return bool(here().redis.ping())
    except RedisError:
        return False
