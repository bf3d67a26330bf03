"""Messages of the generic channel are taken in and given out before Flask: its machinery costs more than they do.

Only what ends well is answered here. Whatever is refused, or fails, goes on to Flask with its fault, so that each
refusal has its shape, its headers and its place in the log from one place.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import Any
from urllib.parse import parse_qs
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from builder_ui import headers
from builder_ui.encoding import json_bytes
from builder_ui.hooks import FAULT, given_out, taken_in
from builder_ui.process import Process
from flowengine.channels.http import MOST_BYTES

PATH = "/hooks/http/"
Answer = tuple[int, Any]
STATUS = {200: "200 OK", 202: "202 ACCEPTED"}


class Doorstep:
    """Stands before `inner`, the whole of the application."""

    def __init__(self, inner: WSGIApplication, process: Process, *, https: bool) -> None:
        self._inner = inner
        self._process = process
        self._headers = [("Content-Type", "application/json"), *headers.of(PATH, https=https).items()]

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun = monotonic()
        endpoint, act = self._asked(environ)
        if act is None:
            return self._inner(environ, start_response)
        try:
            status, answer = act()
        except Exception as fault:  # every one of them: Flask knows what becomes of it
            environ[FAULT] = fault
            return self._inner(environ, start_response)
        self._process.timing.took(monotonic() - begun, endpoint=endpoint, status=status)
        return self._answer(start_response, status, answer)

    def _asked(self, environ: WSGIEnvironment) -> tuple[str, Callable[[], Answer] | None]:
        """The endpoint's name and what to do; None for what is Flask's."""
        path: str = environ.get("PATH_INFO", "")
        key, slash, rest = path.removeprefix(PATH).partition("/")
        if not path.startswith(PATH) or not key.isascii():
            return "", None
        authorization = environ.get("HTTP_AUTHORIZATION", "")
        match environ["REQUEST_METHOD"], rest:
            case "POST", "" if not slash:
                length = environ.get("CONTENT_LENGTH") or ""
                if length.isdecimal() and int(length) <= MOST_BYTES:
                    read = partial(environ["wsgi.input"].read, int(length))
                    return "hooks.receive", partial(taken_in, self._process, key, authorization, read)
            case "GET", "messages":
                query = parse_qs(environ.get("QUERY_STRING", ""), keep_blank_values=True, errors="replace")
                firsts = {name: values[0] for name, values in query.items()}
                return "hooks.fetch", partial(given_out, self._process, key, authorization, firsts)
        return "", None

    def _answer(self, start_response: StartResponse, status: int, answer: Any) -> list[bytes]:
        body = json_bytes(answer)
        start_response(STATUS[status], [*self._headers, ("Content-Length", str(len(body)))])
        return [body]
