"""Every refusal as a problem document (RFC 9457) with a stable code and the field at fault."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from apiflask import APIFlask
from apiflask.exceptions import HTTPError
from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException
from werkzeug.http import HTTP_STATUS_CODES

from builder_ui.encoding import json_bytes
from flowengine.core.errors import CallerError, Conflict, Invalid, InvalidFlow, NotAllowed, NotFound

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
CODES = {
    400: "bad_request",
    401: "unauthenticated",
    403: "not_allowed",
    404: "not_found",
    405: "method_not_allowed",
    406: "not_acceptable",
    409: "conflict",
    410: "gone",
    413: "too_large",
    415: "unsupported_media_type",
    422: "invalid",
    429: "too_many_requests",
    500: "internal",
    503: "unavailable",
}
STATUS: dict[type[CallerError], int] = {NotAllowed: 403, NotFound: 404, Conflict: 409, Invalid: 422}


class Refused(Exception):
    """A refusal that is the web's own affair (401, 410, 413 …), raised anywhere below a request."""

    def __init__(self, status: int, detail: str, *, code: str | None = None, **more: Any) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.code = code or CODES[status]
        self.more = more


def problem(
    status: int,
    detail: str,
    *,
    code: str | None = None,
    errors: Sequence[Mapping[str, Any]] = (),
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
) -> Response:
    """The document: type, title, status, detail, code, errors [{pointer, code, detail}] and what `more` adds."""
    code = code or CODES.get(status, "bad_request")
    document = {
        "type": f"urn:flowengine:problem:{code}",
        "title": HTTP_STATUS_CODES.get(status, "Error"),
        "status": status,
        "detail": detail,
        "code": code,
        "errors": list(errors),
        **(more or {}),
    }
    response = Response(json_bytes(document), status=status, mimetype=MEDIA_TYPE)
    response.headers.update(headers or {})
    response.headers["Cache-Control"] = "no-store"
    return response


def register(app: APIFlask) -> None:
    """Make `app` answer with problem documents whatever goes wrong."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(CallerError, _caller)
    app.register_error_handler(InvalidFlow, _invalid_flow)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPError, _apiflask)
    app.register_error_handler(HTTPException, _werkzeug)
    app.register_error_handler(Exception, _ours)


def describe(spec: dict[str, Any]) -> dict[str, Any]:
    """Put the problem document into an OpenAPI description: any operation may answer with one."""
    text = {"type": "string"}
    error = {"type": "object", "properties": {"pointer": text, "code": text, "detail": text}}
    document = {
        "type": "object",
        "required": ["type", "title", "status", "detail", "code", "errors"],
        "properties": {
            **{name: text for name in ("type", "title", "detail", "code")},
            "status": {"type": "integer"},
            "errors": {"type": "array", "items": error},
        },
    }
    spec.setdefault("components", {}).setdefault("schemas", {})["Problem"] = document
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in spec["paths"].values():
        for operation in path.values():
            operation["responses"]["default"] = {"description": "A refusal (RFC 9457)", "content": content}
    return spec


def _refused(error: Refused) -> ResponseReturnValue:
    headers = {"WWW-Authenticate": "Bearer"} if error.status == 401 else None
    return problem(error.status, error.detail, code=error.code, headers=headers, more=error.more)


def _caller(error: CallerError) -> ResponseReturnValue:
    status = next((status for kind, status in STATUS.items() if isinstance(error, kind)), 422)
    detail = dict(error.detail)
    errors = detail.pop("errors", None)
    pointer = detail.pop("pointer", None)
    if errors is None and pointer is not None:
        errors = [{"pointer": pointer, "code": error.code, "detail": error.message}]
    return problem(status, error.message, code=error.code, errors=errors or (), more=detail)


def _invalid_flow(error: InvalidFlow) -> ResponseReturnValue:
    findings = [finding.as_data() for finding in error.findings]
    return problem(422, "the document is no flow", code="findings", more={"findings": findings})


def _csrf(error: CSRFError) -> ResponseReturnValue:
    return problem(403, f"{error.description} Get a token from /api/v1/csrf.", code="csrf")


def _apiflask(error: HTTPError) -> ResponseReturnValue:
    errors: list[dict[str, Any]] = []
    if isinstance(error.__cause__, ValidationError):
        errors = [_field(fault) for fault in error.__cause__.errors(include_url=False, include_context=False)]
    words = f"{errors[0]['pointer'] or 'the body'}: {errors[0]['detail']}" if errors else error.message or ""
    return problem(error.status_code, words, errors=errors, headers=_headers(error))


def _headers(error: HTTPError) -> dict[str, str]:
    headers: dict[str, str] = dict(error.headers)  # type: ignore[arg-type]  # APIFlask: whatever Flask takes
    return headers


def _field(fault: Mapping[str, Any]) -> dict[str, Any]:
    steps = (str(step).replace("~", "~0").replace("/", "~1") for step in fault["loc"])
    return {"pointer": "".join(f"/{step}" for step in steps), "code": fault["type"], "detail": fault["msg"]}


def _werkzeug(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:  # a redirect
        return error.get_response()
    headers = {name: value for name, value in error.get_headers() if name not in ("Content-Type", "Content-Length")}
    return problem(error.code, error.description or error.name, headers=headers)


def _ours(error: Exception) -> ResponseReturnValue:
    log.exception("%s %r failed", request.method, request.path, exc_info=error)
    return problem(500, "Something went wrong on our side; it has been logged.")
