"""SendMessage: applied in the turn's transaction, in as many messages as the channel needs to hold it."""

from __future__ import annotations

from flowengine.channels import CHANNELS
from flowengine.channels.limits import fit
from flowengine.core.effects import SendMessage
from flowengine.effects.choices import sent_id
from flowengine.effects.deliver import deliver
from flowengine.effects.stage import Origin, Stage
from flowengine.store.messages import NewMessage


def apply(effect: SendMessage, stage: Stage, origin: Origin, index: int) -> None:
    """Write the bot's words into the conversation and give them to the channel."""
    talk = stage.conversation
    parts = fit(effect, CHANNELS[stage.channel.kind].LIMITS)
    effect_id = origin.effect_id(index)
    deliver(
        stage.unit,
        stage.channel,
        [
            NewMessage(
                conversation_id=talk.id,
                contact_id=talk.contact_id,
                channel_id=talk.channel_id,
                identity_id=talk.identity_id,
                author="bot",
                body=_body(part, origin),
                in_reply_to=origin.cause,
                status="sent",
                effect_id=effect_id if place == 0 else f"{effect_id}.{place}",
                run_id=origin.run,
            )
            for place, part in enumerate(parts)
        ],
        epoch=talk.owner_epoch,
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
