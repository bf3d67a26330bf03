"""The web chat: a visitor's browser posts messages in and listens to a stream; nothing is pushed by us."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from flowengine.channels.arrived import Arrived
from flowengine.channels.decode import decode, invalid
from flowengine.channels.limits import Limits

MOST_BYTES = 64 * 1024  # one message of a person
LIMITS = Limits(text=4_000, buttons=13, button_title=80, attachments=10)

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Message(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    id: Annotated[str, msgspec.Meta(min_length=8, max_length=64, pattern=r"^[\w.:-]+$")]
    text: Annotated[str, msgspec.Meta(max_length=LIMITS.text)] | None = None
    choice: Short | None = None
    in_reply_to: Short | None = None


class Session(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A browser begins or resumes; `token` is the one it was given before."""

    token: Annotated[str, msgspec.Meta(max_length=1000)] | None = None
    name: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    language: Annotated[str, msgspec.Meta(max_length=35)] | None = None


class Receipt(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Everything up to this message of ours was shown, or looked at."""

    up_to: Short
    status: Literal["delivered", "read"]


_MESSAGE = msgspec.json.Decoder(_Message)
_SESSION = msgspec.json.Decoder(Session)
_RECEIPT = msgspec.json.Decoder(Receipt)


def read(body: bytes, *, visitor: str) -> Arrived:
    """The visitor's message, or Invalid with a JSON pointer.

    The browser's id is unique for its visitor only, so the visitor is made part of the channel's id of the message.
    """
    message = decode(_MESSAGE, body)
    if not ((message.text or "").strip() or message.choice):
        raise invalid("", "empty", "a message needs text or choice")
    for name in ("text", "choice"):
        if "\x00" in (getattr(message, name) or ""):  # PostgreSQL: text cannot hold U+0000
            raise invalid(f"/{name}", "value", "U+0000 cannot be stored")
    return Arrived(
        id=f"{visitor}:{message.id}",
        contact=visitor,
        text=message.text or "",
        choice=message.choice,
        in_reply_to=message.in_reply_to,
    )


def read_session(body: bytes) -> Session:
    """What a browser says when it begins; an empty body is a new visitor."""
    session = decode(_SESSION, body or b"{}")
    if "\x00" in (session.name or ""):  # PostgreSQL: text cannot hold U+0000
        raise invalid("/name", "value", "U+0000 cannot be stored")
    return session


def read_receipt(body: bytes) -> Receipt:
    """Which of our messages the visitor has seen."""
    return decode(_RECEIPT, body)


def client_id(provider_id: str | None) -> str | None:
    """The browser's own id of a message, out of the channel's id of it."""
    return provider_id.partition(":")[2] or None if provider_id else None


def as_object(
    *,
    id: str,
    author: Literal["contact", "bot", "agent"],
    at: str,
    name: str | None = None,
    text: str = "",
    options: list[dict[str, str]] | None = None,
    attachments: list[dict[str, str]] | None = None,
    client_id: str | None = None,
    status: str | None = None,
) -> dict[str, Any]:
    """One message as the widget shows it; what is empty is left out."""
    values = {
        "id": id,
        "from": author,
        "name": name,
        "text": text,
        "options": options,
        "attachments": attachments,
        "at": at,
        "client_id": client_id,
        "status": status,
    }
    return {key: value for key, value in values.items() if value}
