"""The web chat's visitors call in: known by a signed token in a header, each sees their own talk and no other."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address

from builder_ui import signs, sse
from builder_ui.arrivals import as_inbound
from builder_ui.doors import Door
from builder_ui.encoding import json_response
from builder_ui.limits import limiter
from builder_ui.problems import Refused
from builder_ui.process import here
from builder_ui.tokens import BadToken, Cursor, OldCursor, Visitor
from builder_ui.units import committed
from builder_ui.visitors import Window, message_object, own_message
from flowengine.channels import webchat as channel
from flowengine.channels.arrived import Arrived
from flowengine.channels.decode import invalid
from flowengine.store.messages import Message
from flowengine.store.receive import Received
from flowengine.store.unit import Unit

webchat = APIBlueprint("webchat", __name__, url_prefix="/webchat/<key>", enable_openapi=False)

NEW_SESSIONS = "60 per 5 minutes"  # of one address: an office, a school
MESSAGES = "40 per minute; 600 per hour"  # of one visitor
SIGNS = "120 per minute"  # typing and receipts of one visitor
STREAMS = "60 per minute"  # a window opens one, and another when its network fails
LANGUAGES = ("pt-BR", "en")  # that a contact may have; of a browser in another one nothing is kept
SHOWN = 100  # messages of the past that a window begins with
NEVER_SHOWN = ("cancelled", "failed")  # what did not reach the visitor


@dataclass(frozen=True, slots=True)
class Caller:
    """A visitor whose token was found good for this channel."""

    door: Door
    visitor: Visitor


def _whose() -> str:
    """Whom a limit counts: the visitor, however their token is written; by address who has none of ours."""
    return here().tokens.whose(_token()) or get_remote_address()


@webchat.before_request
def _small() -> ResponseReturnValue | None:
    if request.method == "OPTIONS":
        return Response(status=204)
    request.max_content_length = channel.MOST_BYTES
    return None


@webchat.post("/session")
@limiter.limit(NEW_SESSIONS)
def begin(key: str) -> ResponseReturnValue:
    """A new visitor, or one who comes back with their token: what was said, and where the stream goes on."""
    door = here().doors.find("webchat", key)
    given = channel.read_session(request.get_data())
    visitor = _known(given.token, door) or Visitor(
        door.channel.id, secrets.token_urlsafe(16), given.name, given.language
    )
    with Unit.open(here().engine, door.account_id) as unit:
        position = unit.outgoing.position(door.channel.id)  # first: what comes meanwhile is shown twice, not never
        identity = unit.contacts.identity(door.channel.id, visitor.external_id)
        said = unit.messages.latest_of_identity(identity.id, SHOWN) if identity else []
        names = {
            id: member.name
            for id in {each.member_id for each in said if each.member_id}
            if (member := unit.members.get(id))
        }
    config = door.channel.config
    answer = {
        "token": here().tokens.visitor(visitor),
        "visitor": visitor.external_id,
        "title": config.get("title") or {"pt-BR": door.channel.name, "en": door.channel.name},
        "messages": [_said(door, each, names) for each in said if each.status not in NEVER_SHOWN],
        "position": here().tokens.cursor(channel=door.channel.id, position=position, now=datetime.now(UTC)),
    }
    return json_response({**answer, **({"greeting": config["greeting"]} if config.get("greeting") else {})})


@webchat.post("/messages")
@limiter.limit(MESSAGES, key_func=_whose)
def receive(key: str) -> ResponseReturnValue:
    """Take in what the visitor wrote or pressed: 202 once it is stored, 200 for a repeat."""
    caller = _caller(key)
    arrived = channel.read(request.get_data(), visitor=caller.visitor.external_id)
    now = datetime.now(UTC)
    named = replace(arrived, name=caller.visitor.name)
    language = caller.visitor.language if caller.visitor.language in LANGUAGES else None
    inbound = as_inbound(named, channel=caller.door.channel.id, now=now, language=language)
    (received,) = here().arrivals.take_in(caller.door.account_id, [inbound])
    if received.duplicate:
        return json_response({"event": received.event_id, "duplicate": True})
    if arrived.text:  # the words on a button that came alone are known to the flow only
        _show_in_other_windows(caller, arrived, received, now)
    return json_response({"event": received.event_id}, status=202)


@webchat.get("/events")
@limiter.limit(STREAMS, key_func=_whose)
def events(key: str) -> ResponseReturnValue:
    """What is said to this visitor from the cursor on, until the window is closed."""
    caller = _caller(key)
    window = Window(here(), caller.door, caller.visitor, _resume(caller))
    return sse.response(window.events())


@webchat.post("/receipts")
@limiter.limit(SIGNS, key_func=_whose)
def seen(key: str) -> ResponseReturnValue:
    """The visitor got, or read, everything of ours up to a message."""
    caller = _caller(key)
    receipt = channel.read_receipt(request.get_data())
    up_to = _uuid(receipt.up_to, "/up_to")
    with Unit.open(here().engine, caller.door.account_id) as unit:
        identity = unit.contacts.identity(caller.door.channel.id, caller.visitor.external_id)
        moved = unit.messages.mark_up_to(identity.id, up_to, receipt.status) if identity else []
        for message in moved:
            unit.live.tell("message", {"id": str(message.id), "conversation": str(message.conversation_id)})
    if moved:
        committed(caller.door.account_id)
    return Response(status=204)


@webchat.post("/typing")
@limiter.limit(SIGNS, key_func=_whose)
def typing(key: str) -> ResponseReturnValue:
    """The visitor types: those who may see the talk are shown it."""
    caller = _caller(key)
    with Unit.open(here().engine, caller.door.account_id) as unit:
        identity = unit.contacts.identity(caller.door.channel.id, caller.visitor.external_id)
        said = unit.messages.latest_of_identity(identity.id, 1) if identity else []
    if said:
        signs.to_screens(here().redis, caller.door.account_id, conversation=said[0].conversation_id, who="contact")
    return Response(status=204)


def _show_in_other_windows(caller: Caller, arrived: Arrived, received: Received, now: datetime) -> None:
    """What the visitor wrote appears in all their windows; each knows by the browser's id what it has already."""
    shown = message_object(
        here(),
        caller.door.account_id,
        id=received.event_id,
        author="contact",
        name=None,
        body={"text": arrived.text},
        at=now,
        client_id=channel.client_id(arrived.id),
        status="received",
    )
    signs.to_visitor(here().redis, caller.door.channel.id, caller.visitor.external_id, "message", shown)


def _said(door: Door, message: Message, names: dict[UUID, str]) -> dict[str, Any]:
    if message.author == "contact":
        return own_message(here(), door.account_id, message)
    return message_object(
        here(),
        door.account_id,
        id=message.id,
        author=message.author,
        name=names.get(message.member_id) if message.member_id else None,
        body=message.body,
        at=message.created_at,
        status=message.status,
    )


def _known(token: str | None, door: Door) -> Visitor | None:
    try:
        return here().tokens.read_visitor(token, channel=door.channel.id) if token else None
    except BadToken:
        return None  # of another channel, or from before the secret was changed: a new visitor


def _caller(key: str) -> Caller:
    door = here().doors.find("webchat", key)
    visitor = _known(_token(), door)
    if visitor is None:
        raise Refused(401, "Begin a session first; send its token: Authorization: Bearer …")
    return Caller(door, visitor)


def _token() -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _resume(caller: Caller) -> Cursor | None:
    """The place to go on from; None: from now on."""
    cursor = request.headers.get("Last-Event-ID")
    if not cursor:
        return None
    try:
        return here().tokens.read_cursor(cursor, channel=caller.door.channel.id, now=datetime.now(UTC))
    except (BadToken, OldCursor):
        raise Refused(410, "The stream cannot go on from there; begin a session anew.", code="old_cursor") from None


def _uuid(text: str, pointer: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise invalid(pointer, "unknown", "this is no message of ours") from None
