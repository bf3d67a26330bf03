"""How long requests take, and who may read it."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from threading import Thread
from time import monotonic

from apiflask import APIFlask
from flask import Response, g, request
from werkzeug.datastructures import Headers

from builder_ui.process import here
from flowengine.jobs.measures import measures
from flowengine.settings import Settings

EVERY_S = 5.0  # a process hands over what it counted


def register(app: APIFlask) -> None:
    handed_over = [monotonic()]

    @app.before_request
    def _begin() -> None:
        g.begun = monotonic()

    @app.after_request
    def _end(response: Response) -> Response:
        now = monotonic()
        labels = {"endpoint": request.endpoint or "none", "status": f"{response.status_code // 100}xx"}
        measures.took("flowengine_http_seconds", now - g.get("begun", now), **labels)
        if now - handed_over[0] > EVERY_S:
            handed_over[0] = now
            Thread(target=measures.hand_over, args=[here().redis], daemon=True).start()  # nobody waits for Redis
        return response


def may_read(address: str | None, headers: Headers, settings: Settings) -> bool:
    """Whether figures are shown: to this machine, unless somebody stands between, and to who knows the token."""
    shown = headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.metrics_token and compare_digest(shown.encode(), settings.metrics_token.encode()):
        return True
    stands_between = "X-Forwarded-For" in headers or "Forwarded" in headers
    return address is not None and not stands_between and ip_address(address).is_loopback
