"""Is this process alive, and can it do its work? For supervisors and load balancers."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response, request
from flask.typing import ResponseReturnValue
from redis.exceptions import RedisError

from builder_ui.figures import may_read
from builder_ui.problems import problem
from builder_ui.process import here
from flowengine.jobs.exposition import expose
from flowengine.jobs.measures import measures
from flowengine.store.migrate import missing

health = APIBlueprint("health", __name__, enable_openapi=False)


@health.get("/healthz")
def alive() -> ResponseReturnValue:
    return {"status": "ok"}


@health.get("/readyz")
def ready() -> ResponseReturnValue:
    """200 when the database answers and is of our version; without Redis everything goes on, by the clock."""
    lacks = missing(here().engine)  # without an answer: 503, or 500 where the database is not ours
    if lacks:
        return problem(503, f"The database lacks migrations: {', '.join(lacks)}. Run `flowengine migrate`.")
    redis = _redis_answers()
    return {"status": "ok" if redis else "degraded", "database": True, "redis": redis}


@health.get("/metrics")
def metrics() -> ResponseReturnValue:
    """For Prometheus: from this machine itself, or with the token of FLOWENGINE_METRICS_TOKEN."""
    if not may_read(request.remote_addr, request.headers, here().settings):
        return problem(403, "Figures are read from this machine, or with the token of FLOWENGINE_METRICS_TOKEN.")
    measures.hand_over(here().redis)
    return Response(expose(here().engine, here().redis), content_type="text/plain; version=0.0.4; charset=utf-8")


def _redis_answers() -> bool:
    try:
        return bool(here().redis.ping())
    except RedisError:
        return False
