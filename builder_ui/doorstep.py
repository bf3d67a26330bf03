"""Messages that come to the generic channel are taken in before Flask: its machinery costs more than they do.

Only what ends well is answered here. Whatever is refused, or fails, goes on to Flask with its fault, so that each
refusal has its shape, its headers and its place in the log from one place.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from time import monotonic
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from builder_ui import headers
from builder_ui.encoding import json_bytes
from builder_ui.hooks import FAULT, taken_in
from builder_ui.process import Process
from flowengine.channels.http import MOST_BYTES

PATH = "/hooks/http/"
STATUS = {200: "200 OK", 202: "202 ACCEPTED"}


class Doorstep:
    """Stands before `inner`, the whole of the application."""

    def __init__(self, inner: WSGIApplication, process: Process, *, https: bool) -> None:
        self._inner = inner
        self._process = process
        self._headers = [("Content-Type", "application/json"), *headers.of(PATH, https=https).items()]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path: str = environ.get("PATH_INFO", "")
        key = path.removeprefix(PATH)
        length = environ.get("CONTENT_LENGTH") or ""
        is_ours = environ["REQUEST_METHOD"] == "POST" and key is not path and key.isascii() and "/" not in key
        if not is_ours or not length.isdecimal() or int(length) > MOST_BYTES:
            return self._inner(environ, start_response)
        begun = monotonic()
        read = partial(environ["wsgi.input"].read, int(length))
        try:
            status, answer = taken_in(self._process, key, environ.get("HTTP_AUTHORIZATION", ""), read)
        except Exception as fault:  # every one of them: Flask knows what becomes of it
            environ[FAULT] = fault
            return self._inner(environ, start_response)
        self._process.timing.took(monotonic() - begun, endpoint="hooks.receive", status=status)
        return self._answer(start_response, status, answer)

    def _answer(self, start_response: StartResponse, status: int, answer: Any) -> list[bytes]:
        body = json_bytes(answer)
        start_response(STATUS[status], [*self._headers, ("Content-Length", str(len(body)))])
        return [body]
