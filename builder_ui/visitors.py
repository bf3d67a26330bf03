"""What a visitor's open window is told: their own messages of the channel's stream, resumed without a gap."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from heapq import merge
from operator import itemgetter
from typing import Any, Literal, cast
from uuid import UUID

from builder_ui import sse
from builder_ui.doors import Door
from builder_ui.feed import Dropped
from builder_ui.process import Process
from builder_ui.tokens import Cursor, Visitor
from flowengine.channels import webchat as channel
from flowengine.store.messages import Message
from flowengine.store.outgoing import Delivery
from flowengine.store.unit import Unit

MOST_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Window:
    """One open stream. `place` is where it goes on; None: from now on."""

    process: Process
    door: Door
    visitor: Visitor
    place: Cursor | None

    def events(self) -> Iterator[bytes]:
        """Server-sent events; ends when the window cannot keep up, which then resumes."""
        feed = self.process.feeds.of_channel(self.door.account_id, self.door.channel.id)
        with suppress(Dropped), feed.listen(self.visitor.external_id) as listener:
            yield sse.COMMENT  # the headers leave at once, so that the window knows it is connected
            yield from self._missed(up_to=listener.since)
            known = self.place.position if self.place else 0  # the feed may lag behind who has just begun a session
            while True:
                entry = listener.next(sse.HEARTBEAT_S)
                if entry is None:
                    yield sse.COMMENT
                elif entry.position is None:
                    yield sse.event(entry.value["event"], entry.value["data"])
                elif entry.position > known:
                    yield self._message(entry.value)

    def _missed(self, *, up_to: int) -> Iterator[bytes]:
        """What was said since the place, by us and in the visitor's other windows, in order of time."""
        if self.place is None:
            return
        ours = ((delivery.created_at, self._message(delivery)) for delivery in self._deliveries(self.place, up_to))
        own = ((message.created_at, self._own_message(message)) for message in self._own(self.place))
        yield from (told for _, told in merge(own, ours, key=itemgetter(0)))

    def _own_message(self, message: Message) -> bytes:
        return sse.event("message", own_message(self.process, self.door.account_id, message))

    def _own(self, place: Cursor) -> list[Message]:
        """Those of the visitor's own messages that are new since then, or have been read."""
        with Unit.open(self.process.engine, self.door.account_id) as unit:
            identity = unit.contacts.identity(self.door.channel.id, self.visitor.external_id)
            said = unit.messages.latest_of_identity(identity.id, MOST_AT_ONCE) if identity else []
        return [each for each in said if each.direction == "in" and each.status_at >= place.given]

    def _deliveries(self, place: Cursor, up_to: int) -> Iterator[Delivery]:
        position = place.position
        while position < up_to:
            with Unit.open(self.process.engine, self.door.account_id) as unit:
                identity = unit.contacts.identity(self.door.channel.id, self.visitor.external_id)
                if identity is None:
                    return
                found = unit.outgoing.read(self.door.channel.id, position, MOST_AT_ONCE, identity_id=identity.id)
            yield from (delivery for delivery in found if delivery.position <= up_to)
            position = found[-1].position if len(found) == MOST_AT_ONCE else up_to

    def _message(self, delivery: Delivery) -> bytes:
        cursor = self.process.tokens.cursor(
            channel=self.door.channel.id, position=delivery.position, now=datetime.now(UTC)
        )
        shown = message_object(
            self.process,
            self.door.account_id,
            id=delivery.message_id,
            author=delivery.author,
            name=delivery.member_name,
            body=delivery.body,
            at=delivery.created_at,
        )
        return sse.event("message", shown, id=cursor)


def own_message(process: Process, account: UUID, message: Message) -> dict[str, Any]:
    """What the visitor wrote, with their browser's id of it and what became of it."""
    return message_object(
        process,
        account,
        id=message.id,
        author="contact",
        name=None,
        body=message.body,
        at=message.created_at,
        client_id=channel.client_id(message.provider_id),
        status=message.status,
    )


def message_object(
    process: Process,
    account: UUID,
    *,
    id: UUID,
    author: str,
    name: str | None,
    body: dict[str, Any],
    at: datetime,
    client_id: str | None = None,
    status: str | None = None,
) -> dict[str, Any]:
    """A stored message as the widget shows it."""
    return channel.as_object(
        id=str(id),
        author=cast(Literal["contact", "bot", "agent"], author),
        at=at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        name=name if author == "agent" else None,
        text=body.get("text") or "",
        options=body.get("options"),
        attachments=process.links.put(account, body.get("attachments")),
        client_id=client_id,
        status=status,
    )
