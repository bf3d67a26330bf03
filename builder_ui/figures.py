"""How long requests take, and who may read it."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from threading import Thread
from time import monotonic

from apiflask import APIFlask
from flask import Response, g, request
from redis import Redis
from werkzeug.datastructures import Headers

from builder_ui.process import here
from flowengine.jobs.measures import measures
from flowengine.settings import Settings

EVERY_S = 5.0  # a process hands over what it counted


_handed_over = monotonic()


def register(app: APIFlask) -> None:
    @app.before_request
    def _begin() -> None:
        g.begun = monotonic()

    @app.after_request
    def _end(response: Response) -> Response:
        now = monotonic()
        status = f"{response.status_code // 100}xx"
        took(here().redis, now - g.get("begun", now), endpoint=request.endpoint or "none", status=status)
        return response


def took(redis: Redis, seconds: float, *, endpoint: str, status: str) -> None:
    """Count a request; every few seconds what was counted goes to where all processes' figures are."""
    global _handed_over
    measures.took("flowengine_http_seconds", seconds, endpoint=endpoint, status=status)
    now = monotonic()
    if now - _handed_over > EVERY_S:
        _handed_over = now
        Thread(target=measures.hand_over, args=[redis], daemon=True).start()  # nobody waits for Redis


def may_read(address: str | None, headers: Headers, settings: Settings) -> bool:
    """Whether figures are shown: to this machine, unless somebody stands between, and to who knows the token."""
    shown = headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.metrics_token and compare_digest(shown.encode(), settings.metrics_token.encode()):
        return True
    stands_between = "X-Forwarded-For" in headers or "Forwarded" in headers
    return address is not None and not stands_between and ip_address(address).is_loopback
