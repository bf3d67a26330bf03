"""`message`: texts, files, places and contact cards, sent in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from msgspec.structs import replace

from flowengine.core.answers.places import place_on_earth
from flowengine.core.effects import SendMessage
from flowengine.core.events import Attachment, Event
from flowengine.core.rendering import absent, render, value
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template

# What a file most likely is, by the end of its address; else by its kind.
_MIME = {
    "jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "ogg": "audio/ogg", "oga": "audio/ogg",
    "wav": "audio/wav", "m4a": "audio/mp4", "pdf": "application/pdf", "csv": "text/csv", "txt": "text/plain",
}  # fmt: skip
_USUAL = {"image": "image/jpeg", "video": "video/mp4", "audio": "audio/mpeg", "document": "application/octet-stream"}
_CARD = (("name", "person"), ("phone", "phone"), ("email", "email"), ("organisation", "organisation"))
_COORDINATES = ("latitude", "longitude")
_TEMPLATES = (
    *("text", "url", "caption", "latitude", "longitude", "place", "address"),
    *("person", "phone", "email", "organisation", "fallback"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """One message. `words` are its templates by the name of the param, those that its author gave."""

    kind: str
    words: Mapping[str, Template]
    name: str = ""
    typing: float = 0


@dataclass(frozen=True, slots=True)
class Params:
    parts: tuple[Part, ...]


def read(params: Mapping[str, Any]) -> Params:
    return Params(tuple(_part(part) for part in params["parts"]))


def enter(params: Params, context: Context) -> Step:
    made = [_message(part, context) for part in params.parts]
    templates = [template for part in params.parts for template in part.words.values()]
    why = [absent(context, *templates)]
    why += [f"part {place} came out empty" for place, message in enumerate(made, start=1) if message is None]
    return Go("next", tuple(filter(None, made)), why="; ".join(filter(None, why)))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _part(part: Mapping[str, Any]) -> Part:
    words = {name: compile_template(part[name]) for name in _TEMPLATES if part.get(name)}
    return Part(part["kind"], words, part.get("name", ""), part.get("typing", 0))


def _message(part: Part, context: Context) -> SendMessage | None:
    """None for a part that came out empty: no channel takes a message without words."""
    said = {name: render(template, context).strip() for name, template in part.words.items() if name != "text"}
    message = _content(part, context, said)
    return None if message is None else replace(message, typing=part.typing, fallback=said.get("fallback", ""))


def _content(part: Part, context: Context, said: Mapping[str, str]) -> SendMessage | None:
    match part.kind:
        case "text":
            text = render(part.words["text"], context)
            return SendMessage(text=text) if text.strip() else None
        case "location":
            place = _place(part, context)
            named = {key: said[name] for key, name in (("name", "place"), ("address", "address")) if said.get(name)}
            return SendMessage(location={**place, **named}) if place else None
        case "contact_card":
            card = {key: said[name] for key, name in _CARD if said.get(name)}
            return SendMessage(contact_card=card) if "name" in card and "phone" in card else None
    if not said.get("url"):
        return None
    file = Attachment(said["url"], _mime(part.kind, said["url"]), part.name)
    return SendMessage(text=said.get("caption", ""), attachments=(file,))


def _place(part: Part, context: Context) -> dict[str, Any] | None:
    """Coordinates may be numbers of an answer, or texts with a point or a comma."""
    try:
        latitude, longitude = (float(str(value(part.words[name], context)).replace(",", ".")) for name in _COORDINATES)
    except ValueError:
        return None
    return place_on_earth({"latitude": latitude, "longitude": longitude})


def _mime(kind: str, url: str) -> str:
    ending = url.split("?")[0].split("#")[0].rsplit(".", 1)[-1].lower()
    found = _MIME.get(ending, _USUAL[kind])
    return found if kind == "document" or found.startswith(kind) else _USUAL[kind]
