"""SendMessage: applied in the turn's transaction, in as many messages as the channel needs to hold it.

What a turn says in a row is written down in one go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from flowengine.channels import CHANNELS
from flowengine.channels.limits import fit
from flowengine.core.effects import SendMessage
from flowengine.core.events import Attachment
from flowengine.core.files import sha256_of
from flowengine.effects.choices import sent_id
from flowengine.effects.deliver import deliver
from flowengine.effects.stage import Origin, Stage
from flowengine.store.files import File
from flowengine.store.messages import NewMessage
from flowengine.store.unit import Unit


def apply(effects: Sequence[SendMessage], stage: Stage, origin: Origin, index: int) -> None:
    """Write the bot's words into the conversation and give them to the channel; `index` is the first effect's."""
    limits = CHANNELS[stage.channel.kind].LIMITS
    effects = with_files(stage.unit, effects)
    stage.unit.files.sent(_contents(effects))
    messages = [
        _message(part, stage, origin, f"{origin.effect_id(index + place)}{f'.{piece}' if piece else ''}")
        for place, effect in enumerate(effects)
        for piece, part in enumerate(fit(effect, limits))
    ]
    deliver(stage.unit, stage.channel, messages, epoch=stage.conversation.owner_epoch)


def with_files(unit: Unit, effects: Sequence[SendMessage]) -> Sequence[SendMessage]:
    """The same, their files with what the account knows of them: media type, and a name where the author gave none."""
    files = unit.files.many(_contents(effects))
    return [replace(effect, attachments=_known(effect, files)) for effect in effects] if files else effects


def _known(effect: SendMessage, files: Mapping[str, File]) -> tuple[Attachment, ...]:
    known = ((each, files.get(sha256_of(each.url) or "")) for each in effect.attachments)
    return tuple(
        each if file is None else replace(each, mime=file.mime, name=each.name or file.name) for each, file in known
    )


def _contents(effects: Sequence[SendMessage]) -> list[str]:
    contents = (sha256_of(file.url) for effect in effects for file in effect.attachments)
    return [content for content in contents if content is not None]


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
