"""`message`: texts and files, sent in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.effects import SendMessage
from flowengine.core.events import Attachment, Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template

# What a file most likely is, by the end of its address; else by its kind.
_MIME = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "ogg": "audio/ogg", "oga": "audio/ogg",
    "wav": "audio/wav", "m4a": "audio/mp4", "pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain",
}  # fmt: skip
_USUAL = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg", "document": "application/octet-stream"}


@dataclass(frozen=True, slots=True)
class Part:
    """A text, or a file with a caption."""

    kind: str
    text: Template
    url: Template
    caption: Template
    name: str = ""
    typing: float = 0


@dataclass(frozen=True, slots=True)
class Params:
    parts: tuple[Part, ...]


def read(params: Mapping[str, Any]) -> Params:
    return Params(tuple(_part(part) for part in params["parts"]))


def enter(params: Params, context: Context) -> Step:
    messages = tuple(message for part in params.parts if (message := _message(part, context)) is not None)
    templates = [template for part in params.parts for template in (part.text, part.url, part.caption)]
    return Go("next", messages, why=absent(context, *templates))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _part(part: Mapping[str, Any]) -> Part:
    text, url, caption = (compile_template(part.get(key, "")) for key in ("text", "url", "caption"))
    return Part(part["kind"], text, url, caption, part.get("name", ""), part.get("typing", 0))


def _message(part: Part, context: Context) -> SendMessage | None:
    """None for a part that came out empty: no channel takes a message without words."""
    if part.kind == "text":
        text = render(part.text, context)
        return SendMessage(text=text, typing=part.typing) if text.strip() else None
    url = render(part.url, context).strip()
    if not url:
        return None
    file = Attachment(url, _mime(part.kind, url), part.name)
    return SendMessage(text=render(part.caption, context), attachments=(file,), typing=part.typing)


def _mime(kind: str, url: str) -> str:
    ending = url.split("?")[0].split("#")[0].rsplit(".", 1)[-1].lower()
    found = _MIME.get(ending, _USUAL[kind])
    return found if kind == "document" or found.startswith(kind) else _USUAL[kind]
