"""What a channel cannot show, said in words: the author's own where they gave some, else an address or a list."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec.structs import replace

from flowengine.core.effects import SendMessage
from flowengine.core.files import kind_of, sha256_of


def in_words(message: SendMessage, shows: Collection[str]) -> SendMessage:
    """The message with nothing in it but what the channel shows; `shows` are kinds of parts of a `message` node."""
    place, card = message.location, message.contact_card
    unseen = [file for file in message.attachments if kind_of(file.mime) not in shows]
    said: list[str] = []
    if place is not None and "location" not in shows:
        said.append(_place_in_words(place))
        message = replace(message, location=None)
    if card is not None and "contact_card" not in shows:
        said.append("\n".join(str(card[name]) for name in _CARD if card.get(name)))
        message = replace(message, contact_card=None)
    if unseen:
        said += [file.name if sha256_of(file.url) else file.url for file in unseen]
        message = replace(message, attachments=tuple(file for file in message.attachments if file not in unseen))
    if not said:
        return message
    words = [message.fallback] if message.fallback.strip() else said
    return replace(message, text="\n\n".join(filter(None, [message.text, *words])))


_CARD = ("name", "organisation", "phone", "email")


def _place_in_words(place: Mapping[str, Any]) -> str:
    """With a link that every phone opens in its map (Google Maps URLs, "Search action")."""
    link = f"https://www.google.com/maps/search/?api=1&query={place['latitude']},{place['longitude']}"
    return "\n".join([*(str(place[name]) for name in ("name", "address") if place.get(name)), link])
