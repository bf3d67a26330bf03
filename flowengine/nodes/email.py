"""`email`: sends an e-mail, to the contact or to an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from email_validator import EmailNotValidError, validate_email

from flowengine.core.effects import SendEmail
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template


@dataclass(frozen=True, slots=True)
class Params:
    """No `to`: the contact's address. No `reply_to`: the account's sender."""

    subject: Template
    body: Template
    to: Template | None = None
    reply_to: Template | None = None


def read(params: Mapping[str, Any]) -> Params:
    to, reply_to = params.get("to"), params.get("reply_to")
    return Params(
        subject=compile_template(params["subject"]),
        body=compile_template(params["body"]),
        to=compile_template(to) if to else None,
        reply_to=compile_template(reply_to) if reply_to else None,
    )


def enter(params: Params, context: Context) -> Step:
    given = render(params.to, context) if params.to else str(context.names["contact"].get("email") or "")
    to = _address(given)
    if to is None:
        return Go("failed", why=f"no address: {given[:80]!r}")
    message = SendEmail(
        to=to,
        subject=" ".join(render(params.subject, context).split()),  # a line break would begin another header
        body=render(params.body, context),
        reply_to=(_address(render(params.reply_to, context)) or "") if params.reply_to else "",
    )
    return Go("next", (message,), why=absent(context, params.subject, params.body))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _address(text: str) -> str | None:
    try:
        return str(validate_email(text.strip(), check_deliverability=False).normalized)
    except EmailNotValidError:
        return None
