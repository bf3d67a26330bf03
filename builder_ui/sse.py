"""Server-sent events: how they are written, and the answer that carries them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Response

from builder_ui.encoding import json_bytes

HEARTBEAT_S = 15.0  # proxies close a connection on which nothing is said for 30 or 60 s
COMMENT = b": here\n\n"
RETRY_MS = 2000


def event(name: str, value: Any, *, id: str | int | None = None) -> bytes:
    """One event; only one with an `id` moves the place from which a client resumes."""
    lines = [b"event: " + name.encode(), b"data: " + json_bytes(value)]
    if id is not None:
        lines.append(b"id: " + str(id).encode())
    return b"\n".join(lines) + b"\n\n"


def response(events: Iterator[bytes]) -> Response:
    """An answer that lasts; proxies must not gather it."""
    answer = Response(events, mimetype="text/event-stream")
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer
