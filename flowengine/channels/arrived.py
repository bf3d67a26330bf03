"""What a channel's payload says: one message of one contact, before it is an event of ours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flowengine.core.events import Asked, Attachment, MessageReceived


@dataclass(frozen=True, slots=True)
class Arrived:
    """`id` and `contact` are the sender's own: of the message, unique per channel, and of who wrote it.

    `in_reply_to` is our id of the message whose option was pressed, where the channel knows it. `at` is the sender's
    clock, None where it did not say.
    """

    id: str
    contact: str
    text: str = ""
    choice: str | None = None
    in_reply_to: str | None = None
    attachments: tuple[Attachment, ...] = ()
    name: str | None = None
    at: datetime | None = None


def event(
    arrived: Arrived, *, id: str, channel: str, identity: str, now: datetime, asked: Asked | None = None
) -> MessageReceived:
    """The fact for the intake. A sender's clock that runs ahead of ours is not believed."""
    return MessageReceived(
        id=id,
        at=min(arrived.at or now, now),
        text=arrived.text,
        choice=arrived.choice,
        asked=asked,
        attachments=arrived.attachments,
        channel=channel,
        identity=identity,
        provider_id=arrived.id,
        name=arrived.name or "",
    )
