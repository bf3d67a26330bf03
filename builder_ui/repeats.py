"""A write sent again with the same Idempotency-Key is done once and answered alike, for 24 hours.

The answer is kept in the transaction of the write itself: either both are there or neither, whatever breaks in
between. What was refused has changed nothing and is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hmac import digest
from typing import Any
from uuid import UUID

from flask import Flask, Response, g, request
from flask_login import current_user

from builder_ui.body_limits import UPLOAD
from builder_ui.problems import Refused, problem
from builder_ui.process import here
from builder_ui.units import commit, give_up, postpone, reading
from flowengine.store.answers import Answer
from flowengine.store.unit import Unit

HEADER = "Idempotency-Key"
LONGEST = 255
SESSION = "/session"
WRITES = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True, slots=True)
class Attempt:
    """A write that carries a key, and whose it is. `written` has its Unit once it has written."""

    account: UUID
    member: UUID
    key: str
    request_hash: bytes
    written: list[Unit] = field(default_factory=postpone)


def register(app: Flask, prefix: str) -> None:
    """Watch over the writes under `prefix`; a session's answer belongs to its cookie and is never given again."""

    @app.before_request
    def answer_a_repeat() -> Response | None:
        if request.method not in WRITES or not request.path.startswith(prefix) or HEADER not in request.headers:
            return None
        if request.endpoint == UPLOAD:
            return None  # the same bytes are the same file anyhow, and are too many to be compared here
        if request.path.startswith(prefix + SESSION) or not current_user.is_authenticated:
            return None
        account, member = current_user.account_id, current_user.member.id
        key, request_hash = _key(), _hash_of_request()
        earlier = _earlier(account, member, key, request_hash)
        if earlier is None:
            g.attempt = Attempt(account, member, key, request_hash)
        return earlier

    @app.after_request
    def keep_the_answer(response: Response) -> Response:
        attempt: Attempt | None = g.pop("attempt", None)
        return response if attempt is None else _settled(attempt, response)


def describe(spec: dict[str, Any]) -> dict[str, Any]:
    """Put the header into an OpenAPI description, at each write."""
    header = {
        "name": HEADER,
        "in": "header",
        "required": False,
        "description": "The same key within 24 hours is the same write: it is done once and answered alike.",
        "schema": {"type": "string", "maxLength": LONGEST},
    }
    methods = {name.lower() for name in WRITES}
    for address, path in spec["paths"].items():
        for method in methods & path.keys() if SESSION not in address else ():
            path[method].setdefault("parameters", []).append(header)
    return spec


def _settled(attempt: Attempt, response: Response) -> Response:
    """The answer, kept and committed with what was written; that of a twin who was first, where there was one."""
    went_well = response.status_code < 400
    if went_well and not attempt.written:
        return response
    if went_well:
        answer = Answer(attempt.request_hash, response.status_code, response.get_data(as_text=True))
        if attempt.written[0].answers.keep(attempt.member, attempt.key, answer):
            commit(attempt.written)
            return response
    give_up()
    return _earlier(attempt.account, attempt.member, attempt.key, attempt.request_hash) or response


def _earlier(account: UUID, member: UUID, key: str, request_hash: bytes) -> Response | None:
    """What the write was answered when it came before; a refusal where the key came with another."""
    with reading(account) as unit:
        earlier = unit.answers.find(member, key)
    if earlier is None:
        return None
    if earlier.request_hash != request_hash:
        return problem(422, f"This {HEADER} came before with another request.", code="key_reused")
    return Response(earlier.body, earlier.status, {"Idempotency-Replayed": "true"}, mimetype="application/json")


def _key() -> str:
    key = request.headers[HEADER]
    if not 0 < len(key) <= LONGEST or not (key.isascii() and key.isprintable()):
        raise Refused(422, f"An {HEADER} has 1 to {LONGEST} printable ASCII characters.", code="bad_key")
    return key


def _hash_of_request() -> bytes:
    """Keyed, since a request may hold a secret so short that a plain hash would give it away."""
    head = f"{request.method} {request.full_path}\n"
    return digest(here().settings.secret.encode(), head.encode() + request.get_data(), "sha256")
