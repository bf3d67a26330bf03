"""What the contact sees of a message on a kind of channel: its limits applied, buttons, a list, or numbered words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from flowengine.channels.declared import declared
from flowengine.channels.limits import Limits, fit
from flowengine.core.effects import SendMessage

Look = Literal["buttons", "list", "text"]
SHOWN = ("text", "options", "attachments", "location", "contact_card")
MANY = 1_000_000  # of a kind of channel that declares no limit


def bubbles(message: SendMessage, kind: str) -> list[dict[str, Any]]:
    """The messages one becomes on a channel of this kind, in order; of an unknown kind, the message as it is."""
    declares = declared(kind, kind).limits
    look = _look(message, declares)
    pieces = fit(message, _limits(declares, look, offers=bool(message.options)))
    return [{**{name: piece.as_data()[name] for name in SHOWN}, "show_as": look} for piece in pieces]


def _look(message: SendMessage, declares: Mapping[str, Any]) -> Look:
    """Buttons where they fit, unless the author wants a list and the channel has lists."""
    if message.show_as == "text":
        return "text"
    titles = [len(option.title) for option in message.options]
    can_list = 0 < len(titles) <= declares.get("rows", 0) and max(titles) <= declares.get("row_title", MANY)
    if can_list and message.show_as == "list":
        return "list"
    if len(titles) <= declares.get("buttons", MANY) and max(titles, default=0) <= declares.get("button_title", MANY):
        return "buttons"
    return "list" if can_list else "text"


def _limits(declares: Mapping[str, Any], look: Look, *, offers: bool) -> Limits:
    text = declares.get("text", MANY)
    usual = Limits(
        text=declares.get("menu_text", text) if offers and look != "text" else text,
        buttons=declares.get("buttons", MANY),
        button_title=declares.get("button_title", MANY),
        attachments=declares.get("attachments", 1 if declares else MANY),
        shows=frozenset(
            declares.get("media", ("text", "image", "video", "audio", "document", "location", "contact_card"))
        ),
    )
    if look == "list":
        return replace(usual, buttons=declares["rows"], button_title=declares.get("row_title", MANY))
    return usual
