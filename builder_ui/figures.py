"""How long requests take, and who may read it."""

from __future__ import annotations

from hmac import compare_digest
from ipaddress import ip_address
from time import monotonic

from apiflask import APIFlask
from flask import Response, g, request
from werkzeug.datastructures import Headers

from builder_ui.process import here
from flowengine.settings import Settings


def register(app: APIFlask) -> None:
    @app.before_request
    def _begin() -> None:
        g.begun = monotonic()

    @app.after_request
    def _end(response: Response) -> Response:
        now = monotonic()
        here().timing.took(now - g.get("begun", now), endpoint=request.endpoint or "none", status=response.status_code)
        return response


def may_read(address: str | None, headers: Headers, settings: Settings) -> bool:
    """Whether figures are shown: to this machine, unless somebody stands between, and to who knows the token."""
    shown = headers.get("Authorization", "").removeprefix("Bearer ")
    if settings.metrics_token and compare_digest(shown.encode(), settings.metrics_token.encode()):
        return True
    stands_between = "X-Forwarded-For" in headers or "Forwarded" in headers
    return address is not None and not stands_between and ip_address(address).is_loopback
