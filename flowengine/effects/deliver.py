"""Gives messages of ours to their channel: the bot's inside its turn, a person's inside the desk's transaction.

Both channels of this installation fetch: what is committed can be read, so it is sent. A channel with a callback
address is owed a call as well, in the contact's line; there it is sent once the receiver has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from flowengine.store.channels import Channel
from flowengine.store.messages import Message, NewMessage
from flowengine.store.outbox import Owed
from flowengine.store.unit import Unit

CALLBACK_LIFE = timedelta(hours=2)  # the head of a contact's line may hold up the rest no longer than this


def deliver(unit: Unit, channel: Channel, messages: Sequence[NewMessage], *, epoch: int | None = None) -> list[Message]:
    """Write down and send `messages` of one conversation, in order; `epoch` fences the bot's (None: a person's)."""
    status = "queued" if channel.callback_url else "sent"
    sent = unit.messages.add([replace(message, status=status) for message in messages])
    unit.outgoing.put(sent)
    if channel.callback_url:
        unit.outbox.owe([_callback(unit, message, epoch) for message in sent])
    if sent:
        last = sent[-1]
        unit.conversations.said(last.conversation_id, text=_shown(last), author=last.author)
        unit.live.tell_all([("message", {"id": str(m.id), "conversation": str(m.conversation_id)}) for m in sent])
    return sent


def _callback(unit: Unit, message: Message, epoch: int | None) -> Owed:
    return Owed(
        id=message.effect_id or f"{message.id}:0:0",
        kind="callback",
        payload={"message": str(message.id)},
        due_at=unit.now,
        run_id=message.run_id,
        contact_id=message.contact_id,
        channel_id=message.channel_id,
        conversation_id=message.conversation_id,
        number=message.number,
        deadline=unit.now + CALLBACK_LIFE,
        owner_epoch=epoch,
    )


def _shown(message: Message) -> str:
    if text := message.body.get("text"):
        return str(text)
    names = [file.get("name") or file["mime"] for file in message.body.get("attachments", ())]
    return ", ".join(names)
