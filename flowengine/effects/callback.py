"""A channel's callback: our message as a signed POST to the address its owner has set, performed after the turn.

Where the channel's settings ask for it, several go together, as a list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.channels import http
from flowengine.core.errors import ChannelRefused, NoAnswer
from flowengine.effects.outcome import Apart, Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.effects.retry import next_try
from flowengine.effects.sealing import unseal
from flowengine.files.links import Links
from flowengine.store.channels import Channel
from flowengine.store.identities import Identity
from flowengine.store.intake import NewEvent
from flowengine.store.messages import Message
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """What goes to a receiver: a message, or a list of them where it wants lists. `secret` signs it."""

    url: str
    secret: str
    messages: tuple[dict[str, Any], ...]
    listed: bool
    now: datetime

    def request(self) -> http.Request:
        if self.listed:
            return http.request_for_all(self.messages, url=self.url, secret=self.secret, now=self.now)
        return http.request(self.messages[0], url=self.url, secret=self.secret, now=self.now)


@dataclass(frozen=True, slots=True)
class Letters:
    """What some orders of kind "callback" are about, read at once."""

    messages: Mapping[UUID, Message]
    channels: Mapping[UUID, Channel]
    identities: Mapping[UUID, Identity]

    @classmethod
    def of(cls, unit: Unit, orders: Sequence[Order]) -> Letters:
        messages = unit.messages.many([UUID(order.payload["message"]) for order in orders]) if orders else {}
        channels = unit.channels.many(sorted({each.channel_id for each in messages.values()})) if messages else {}
        identities = (
            unit.contacts.identities_by_id([each.identity_id for each in messages.values()]) if messages else {}
        )
        return cls(messages, channels, identities)


def prepare(unit: Unit, order: Order, *, secret: str, letters: Letters | None = None, address: str = "") -> Call | None:
    """The request for an order of kind "callback"; None where the channel no longer wants any, or the message went.

    `secret` and `address` are the installation's: the channel's signing secret is sealed under it, links to files
    are signed with it.
    """
    letters = letters or Letters.of(unit, [order])
    message = letters.messages.get(UUID(order.payload["message"]))
    channel = letters.channels.get(message.channel_id) if message else None
    identity = letters.identities.get(message.identity_id) if message else None
    if message is None or identity is None or channel is None or message.status == "cancelled":
        return None
    if not channel.callback_url or not channel.callback_secret:
        return None
    shown = http.as_object(
        id=str(message.id),
        to=identity.external_id,
        text=message.body.get("text", ""),
        options=message.body.get("options", []),
        attachments=Links(address, secret).put(unit.account_id, message.body.get("attachments")),
        in_reply_to=message.in_reply_to,
        created_at=message.created_at,
    )
    signing = unseal(channel.callback_secret, secret)
    listed = http.delivery(channel.config).together is not None
    return Call(channel.callback_url, signing, (shown,), listed, unit.now)


def together(calls: Sequence[Call]) -> Call:
    """One call for those of the same channel."""
    return replace(calls[0], messages=tuple(message for call in calls for message in call.messages))


def perform(call: Call, outside: Outside) -> Outcome:
    """Send it; with no transaction open."""
    request = call.request()
    try:
        answer = outside.post(request.url, request.body, request.headers)
    except NoAnswer as fault:
        return Later(str(fault))
    except ChannelRefused as refusal:
        return Refused(str(refusal))
    match http.outcome(answer.status):
        case "accepted":
            return Done()
        case "later":
            return Later(f"the receiver answered {answer.status}")
        case "refused":
            why = f"the receiver answered {answer.status}"
            return Refused(why) if len(call.messages) == 1 else Apart(why)


def again_at(order: Order, later: Later, now: datetime) -> datetime | None:
    """When to try once more; None once that is enough, or the message is too old to be of use."""
    again = next_try(order.id, order.attempts, now)
    return None if again is None or (order.deadline is not None and again > order.deadline) else again


def done(unit: Unit, order: Order, answer: Any) -> None:
    """The receiver has the message, or whoever fetches does; one that was cancelled stays so."""
    all_done(unit, [order])


def all_done(unit: Unit, orders: Sequence[Order]) -> None:
    """The same for several."""
    sent = unit.messages.mark([UUID(order.payload["message"]) for order in orders], "sent")
    if sent:
        unit.live.tell_all([("message", {"id": str(m.id), "conversation": str(m.conversation_id)}) for m in sent])


def given_up(unit: Unit, order: Order, outcome: Later | Refused) -> None:
    """The message failed where people see it, the contact's line goes on, and the flow that sent it hears of it."""
    for message in unit.messages.mark([UUID(order.payload["message"])], "failed", error=outcome.why):
        unit.live.tell("message", {"id": str(message.id), "conversation": str(message.conversation_id)})
        if message.run_id is not None and message.effect_id is not None:
            turn = int(message.effect_id.split(":")[1])
            failed = {"kind": "send_failed", "at": unit.now.isoformat(), "run": str(message.run_id), "turn": turn}
            event = {**failed, "node": message.node or "", "reason": outcome.why}
            unit.intake.append([NewEvent(lane_id=message.contact_id, event=event)])
