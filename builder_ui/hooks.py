"""Outside systems call in: the generic HTTP channel. Stored first, answered then, worked on after."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic
from typing import Any

from apiflask import APIBlueprint
from flask import request
from flask.typing import ResponseReturnValue

from builder_ui.arrivals import as_inbound
from builder_ui.doors import Door
from builder_ui.encoding import json_response
from builder_ui.feed import Dropped
from builder_ui.problems import Refused
from builder_ui.process import Process, here
from builder_ui.tokens import BadToken, OldCursor
from flowengine.channels import http
from flowengine.channels.decode import invalid
from flowengine.store.outgoing import Delivery
from flowengine.store.receive import Received
from flowengine.store.unit import Unit

hooks = APIBlueprint("hooks", __name__, url_prefix="/hooks/http", enable_openapi=False)

FAULT = "flowengine.fault"  # in a request's environment: what it met at the doorstep
LONGEST_WAIT_S = 30
USUAL_LIMIT, MOST_MESSAGES = 100, 500


@hooks.post("/<key>")
def receive(key: str) -> ResponseReturnValue:
    """What could not be taken in at the doorstep."""
    _raise_what_was_met()
    status, answer = taken_in(here(), key, request.headers.get("Authorization", ""), request.get_data)
    return json_response(answer, status=status)


@hooks.get("/<key>/messages")
def fetch(key: str) -> ResponseReturnValue:
    """What could not be given out at the doorstep."""
    _raise_what_was_met()
    status, answer = given_out(here(), key, request.headers.get("Authorization", ""), request.args)
    return json_response(answer, status=status)


def _raise_what_was_met() -> None:
    fault: Exception | None = request.environ.pop(FAULT, None)
    if fault is not None:
        raise fault


def taken_in(process: Process, key: str, authorization: str, read: Callable[[], bytes]) -> tuple[int, Any]:
    """Take in one message or a list of them: 202 and the answer once they are stored, 200 for a repeat.

    The body is read for whoever may send one.
    """
    door = _door(process, key, authorization)
    post = http.read(read())
    now = datetime.now(UTC)
    inbound = [as_inbound(arrived, channel=door.channel.id, now=now) for arrived in post.messages]
    received = process.arrivals.take_in(door.account_id, inbound)
    if not post.many:
        return 200 if received[0].duplicate else 202, _told(received[0])
    told = [{"id": arrived.id, **_told(one)} for arrived, one in zip(post.messages, received, strict=True)]
    return 202, {"events": told}


def _told(received: Received) -> dict[str, Any]:
    told: dict[str, Any] = {"event": received.event_id}
    return {**told, "duplicate": True} if received.duplicate else told


def given_out(process: Process, key: str, authorization: str, query: Mapping[str, str]) -> tuple[int, Any]:
    """Our messages after a cursor, each once; waits for the first one if asked to. No connection is held meanwhile.

    Who waits is told by the channel's feed, which reads the stream once for all of them.
    """
    door = _door(process, key, authorization)
    position = _after(process, door, query.get("after"))
    limit = _number(query, "limit", USUAL_LIMIT, least=1, most=MOST_MESSAGES)
    wait = _number(query, "wait", 0, least=0, most=LONGEST_WAIT_S)
    until = monotonic() + wait
    found = _wait(process, door, position, limit, until=until) if wait else _read(process, door, position, limit)
    last = found[-1].position if found else position
    cursor = process.tokens.cursor(channel=door.channel.id, position=last, now=datetime.now(UTC))
    return 200, {"messages": [_shown(process, door, each) for each in found], "next": cursor}


def _shown(process: Process, door: Door, delivery: Delivery) -> dict[str, Any]:
    return http.as_object(
        id=str(delivery.message_id),
        to=delivery.to,
        text=delivery.body.get("text") or "",
        options=delivery.body.get("options") or [],
        attachments=process.links.put(door.account_id, delivery.body.get("attachments")),
        in_reply_to=delivery.in_reply_to,
        created_at=delivery.created_at,
    )


def _read(process: Process, door: Door, position: int, limit: int) -> list[Delivery]:
    with Unit.open(process.engine, door.account_id) as unit:
        return unit.outgoing.read(door.channel.id, position, limit)


def _wait(process: Process, door: Door, position: int, limit: int, *, until: float) -> list[Delivery]:
    feed = process.feeds.of_channel(door.account_id, door.channel.id)
    found: list[Delivery] = []
    with suppress(Dropped), feed.listen(None, after=position) as listener:
        if listener.since > position:  # further back than the feed remembers
            return _read(process, door, position, limit)
        while len(found) < limit:  # the first is waited for, what lies beside it is taken along
            entry = listener.next(0 if found else max(0, until - monotonic()))
            if entry is None and (found or monotonic() >= until):
                break
            if entry is not None and (entry.position or 0) > position:  # a feed may lag behind who has just read
                found.append(entry.value)
    return found


def _door(process: Process, key: str, authorization: str) -> Door:
    """The channel, for whoever has its token."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Refused(401, "Send the channel's token: Authorization: Bearer …")
    door = process.doors.find("http", key)
    if not door.opens_to(token.strip()):
        raise Refused(401, "This is not the token of this channel.", code="wrong_token")
    return door


def _after(process: Process, door: Door, cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        return process.tokens.read_cursor(cursor, channel=door.channel.id, now=datetime.now(UTC)).position
    except OldCursor:
        raise Refused(410, "This cursor is older than 30 days; begin again without one.", code="old_cursor") from None
    except BadToken:
        raise invalid("/after", "cursor", "this is not a cursor of this channel") from None


def _number(query: Mapping[str, str], name: str, usual: int, *, least: int, most: int) -> int:
    text = query.get(name)
    if text is None:
        return usual
    if not text.isascii() or not text.isdigit() or len(text) > 9 or not least <= int(text) <= most:
        raise invalid(f"/{name}", "range", f"must be a whole number from {least} to {most}")
    return int(text)
