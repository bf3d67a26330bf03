"""JSON as the web speaks it: orjson, times in RFC 3339 UTC with Z, UUIDs as strings."""

from __future__ import annotations

from typing import Any

import orjson
from flask import Response
from flask.json.provider import JSONProvider

OPTIONS = orjson.OPT_NAIVE_UTC | orjson.OPT_UTC_Z | orjson.OPT_NON_STR_KEYS


def json_bytes(value: Any) -> bytes:
    """`value` as JSON; UUID, datetime, dataclass and Decimal-free values only."""
    return orjson.dumps(value, option=OPTIONS)


def json_response(value: Any, *, status: int = 200) -> Response:
    """`value` as an answer: the short way, for routes that many messages take."""
    return Response(json_bytes(value), status=status, mimetype="application/json")


class OrjsonProvider(JSONProvider):
    """Flask's door to orjson."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return json_bytes(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Any:
        value = self._prepare_response_obj(args, kwargs)
        return Response(json_bytes(value), mimetype="application/json")
