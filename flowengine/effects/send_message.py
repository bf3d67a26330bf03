"""SendMessage: applied in the turn's transaction, in as many messages as the channel needs to hold it.

What a turn says in a row is written down in one go.
"""

from __future__ import annotations

from collections.abc import Sequence

from flowengine.channels import CHANNELS
from flowengine.channels.limits import fit
from flowengine.core.effects import SendMessage
from flowengine.effects.choices import sent_id
from flowengine.effects.deliver import deliver
from flowengine.effects.stage import Origin, Stage
from flowengine.store.messages import NewMessage


def apply(effects: Sequence[SendMessage], stage: Stage, origin: Origin, index: int) -> None:
    """Write the bot's words into the conversation and give them to the channel; `index` is the first effect's."""
    limits = CHANNELS[stage.channel.kind].LIMITS
    messages = [
        _message(part, stage, origin, f"{origin.effect_id(index + place)}{f'.{piece}' if piece else ''}")
        for place, effect in enumerate(effects)
        for piece, part in enumerate(fit(effect, limits))
    ]
    deliver(stage.unit, stage.channel, messages, epoch=stage.conversation.owner_epoch)


def _message(part: SendMessage, stage: Stage, origin: Origin, effect_id: str) -> NewMessage:
    talk = stage.conversation
    return NewMessage(
        conversation_id=talk.id,
        contact_id=talk.contact_id,
        channel_id=talk.channel_id,
        identity_id=talk.identity_id,
        author="bot",
        body=_body(part, origin),
        in_reply_to=origin.cause,
        effect_id=effect_id,
        run_id=origin.run,
        node=part.node or None,
    )


def _body(part: SendMessage, origin: Origin) -> dict[str, object]:
    body: dict[str, object] = {}
    if part.text:
        body["text"] = part.text
    if part.options:
        body["options"] = [
            {"id": sent_id(option.id, origin.run, origin.turn), "title": option.title} for option in part.options
        ]
    if part.attachments:
        body["attachments"] = [{"url": a.url, "mime": a.mime, "name": a.name} for a in part.attachments]
    if part.typing:
        body["typing"] = part.typing
    return body
