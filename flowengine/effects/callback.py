"""A channel's callback: our message as a signed POST to the address its owner has set, performed after the turn."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.channels import http
from flowengine.core.errors import ChannelRefused, NoAnswer
from flowengine.effects.outcome import Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.effects.retry import next_try
from flowengine.effects.sealing import unseal
from flowengine.store.intake import NewEvent
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit

Call = http.Request


def prepare(unit: Unit, order: Order, *, secret: str) -> Call | None:
    """The request for an order of kind "callback"; None where the channel no longer wants any, or the message went.

    `secret` is the installation's, under which the channel's signing secret is sealed.
    """
    message = unit.messages.get(UUID(order.payload["message"]))
    channel = unit.channels.get(message.channel_id) if message else None
    identity = unit.contacts.identity_by_id(message.identity_id) if message else None
    if message is None or identity is None or channel is None or message.status == "cancelled":
        return None
    if not channel.callback_url or not channel.callback_secret:
        return None
    shown = http.as_object(
        id=str(message.id),
        to=identity.external_id,
        text=message.body.get("text", ""),
        options=message.body.get("options", []),
        attachments=message.body.get("attachments", []),
        in_reply_to=message.in_reply_to,
        created_at=message.created_at,
    )
    signing = unseal(channel.callback_secret, secret)
    return http.request(shown, url=channel.callback_url, secret=signing, now=unit.now)


def perform(call: Call, outside: Outside) -> Outcome:
    """Send it; with no transaction open."""
    try:
        answer = outside.post(call.url, call.body, call.headers)
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
            return Refused(f"the receiver answered {answer.status}")


def again_at(order: Order, later: Later, now: datetime) -> datetime | None:
    """When to try once more; None once that is enough, or the message is too old to be of use."""
    again = next_try(order.id, order.attempts, now)
    return None if again is None or (order.deadline is not None and again > order.deadline) else again


def done(unit: Unit, order: Order, answer: Any) -> None:
    """The receiver has the message, or whoever fetches does; one that was cancelled stays so."""
    for message in unit.messages.mark([UUID(order.payload["message"])], "sent"):
        unit.live.tell("message", {"id": str(message.id), "conversation": str(message.conversation_id)})


def given_up(unit: Unit, order: Order, outcome: Later | Refused) -> None:
    """The message failed where people see it, the contact's line goes on, and the flow that sent it hears of it."""
    for message in unit.messages.mark([UUID(order.payload["message"])], "failed", error=outcome.why):
        unit.live.tell("message", {"id": str(message.id), "conversation": str(message.conversation_id)})
        if message.run_id is not None and message.effect_id is not None:
            turn = int(message.effect_id.split(":")[1])
            failed = {"kind": "send_failed", "at": unit.now.isoformat(), "run": str(message.run_id), "turn": turn}
            event = {**failed, "node": message.node or "", "reason": outcome.why}
            unit.intake.append([NewEvent(lane_id=message.contact_id, event=event)])
