"""The generic HTTP channel: outside systems post messages in, poll for ours or take them as signed callbacks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import blake2b
from typing import Annotated, Any, Literal

import msgspec
from standardwebhooks import Webhook

from flowengine.channels.arrived import Arrived
from flowengine.channels.decode import decode, invalid
from flowengine.channels.limits import Limits
from flowengine.core.events import Attachment

MOST_AT_ONCE = 500
MOST_BYTES = 4 * 1024 * 1024  # 500 messages of 8 KB; larger bodies are refused with 413 before they are read
LIMITS = Limits(text=20_000, buttons=100, button_title=250, attachments=20)

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class _Attachment(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    url: Annotated[str, msgspec.Meta(max_length=2048, pattern=r"^https?://[^\s]+$")]
    mime: Annotated[str, msgspec.Meta(max_length=127, pattern=r"^[\w.+-]+/[\w.+-]+")]
    name: Annotated[str, msgspec.Meta(max_length=255)] = ""


class _Message(msgspec.Struct, forbid_unknown_fields=True, frozen=True, rename={"sender": "from"}):
    id: Short
    sender: Short
    name: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    text: Annotated[str, msgspec.Meta(max_length=LIMITS.text)] | None = None
    choice: Short | None = None
    attachments: Annotated[list[_Attachment], msgspec.Meta(max_length=LIMITS.attachments)] | None = None
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None


_DECODER = msgspec.json.Decoder(_Message | Annotated[list[_Message], msgspec.Meta(max_length=MOST_AT_ONCE)])


@dataclass(frozen=True, slots=True)
class Post:
    """What one POST brought; `many` says whether it was a list, and so how to answer it."""

    messages: tuple[Arrived, ...]
    many: bool


def read(body: bytes) -> Post:
    """All messages of one POST, or Invalid with the JSON pointer of the first fault: then none of them counts."""
    value = decode(_DECODER, body)
    if isinstance(value, _Message):
        return Post((_arrived(value, ""),), many=False)
    return Post(tuple(_arrived(message, f"/{index}") for index, message in enumerate(value)), many=True)


def _arrived(message: _Message, at: str) -> Arrived:
    if not (message.text or message.choice or message.attachments):
        raise invalid(at, "empty", "a message needs text, choice or attachments")
    for place, value in _texts(message):
        if "\x00" in value:  # PostgreSQL: text cannot hold U+0000
            raise invalid(f"{at}/{place}", "value", "U+0000 cannot be stored")
    return Arrived(
        id=message.id,
        contact=message.sender,
        text=message.text or "",
        choice=message.choice,
        attachments=tuple(Attachment(a.url, a.mime, a.name) for a in message.attachments or ()),
        name=message.name or None,
        at=_in_utc(message.at, f"{at}/at") if message.at else None,
    )


def _texts(message: _Message) -> Iterator[tuple[str, str]]:
    """Every text of a message with its place."""
    yield from (("id", message.id), ("from", message.sender), ("name", message.name or ""))
    yield from (("text", message.text or ""), ("choice", message.choice or ""))
    for index, file in enumerate(message.attachments or ()):
        yield from ((f"attachments/{index}/{name}", getattr(file, name)) for name in ("url", "mime", "name"))


def _in_utc(moment: datetime, at: str) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise invalid(at, "value", "this time lies outside the calendar") from None


def as_object(
    *,
    id: str,
    to: str,
    text: str,
    options: list[dict[str, str]],
    attachments: list[dict[str, str]],
    in_reply_to: str | None,
    created_at: datetime,
) -> dict[str, Any]:
    """One outgoing message as pollers and callbacks see it; what is empty is left out."""
    message: dict[str, Any] = {"id": id, "to": to}
    if text:
        message["text"] = text
    if options:
        message["options"] = options
    if attachments:
        message["attachments"] = attachments
    if in_reply_to:
        message["in_reply_to"] = in_reply_to
    message["created_at"] = created_at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return message


@dataclass(frozen=True, slots=True)
class Request:
    """An HTTP request that somebody else sends, through the guard."""

    method: Literal["POST"]
    url: str
    headers: dict[str, str]
    body: bytes


def request(message: dict[str, Any], *, url: str, secret: str, now: datetime) -> Request:
    """The callback with this message, signed (Standard Webhooks 1.0.0); `secret` is "whsec_" and base64.

    `webhook-id` is the message's id, the same on every try, so that the receiver can tell a repeat.
    """
    return _signed(message["id"], msgspec.json.encode(message), url=url, secret=secret, now=now)


def request_for_all(messages: Sequence[dict[str, Any]], *, url: str, secret: str, now: datetime) -> Request:
    """One callback with a list of messages, in their order; each has its `id`, by which the receiver tells a repeat.

    `webhook-id` says which messages they are: what is tried again together with others is another list.
    """
    body = msgspec.json.encode(messages)
    digest = blake2b("\n".join(message["id"] for message in messages).encode(), digest_size=16).hexdigest()
    return _signed(f"list_{digest}", body, url=url, secret=secret, now=now)


def _signed(id: str, body: bytes, *, url: str, secret: str, now: datetime) -> Request:
    headers = {
        "content-type": "application/json",
        "webhook-id": id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": Webhook(secret).sign(id, now, body.decode()),
    }
    return Request("POST", url, headers, body)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How a receiver wants its callbacks: so many messages a second at most, so many together in a list."""

    per_second: float | None = None
    together: int | None = None


def delivery(config: Mapping[str, Any]) -> Delivery:
    """What a channel's settings say of it (schemas/channels/http.json); what makes no sense there says nothing."""
    per_second: Any = config.get("per_second")
    together: Any = config.get("together")
    paced = type(per_second) in (int, float) and per_second > 0
    listed = type(together) is int and together > 0
    return Delivery(per_second if paced else None, min(together, MOST_AT_ONCE) if listed else None)


Outcome = Literal["accepted", "later", "refused"]


def outcome(status: int) -> Outcome:
    """What a receiver's status means: only 2xx is acceptance, a redirect is none (Standard Webhooks, "Success")."""
    if 200 <= status < 300:
        return "accepted"
    if status in (408, 425, 429) or status >= 500:
        return "later"
    return "refused"
