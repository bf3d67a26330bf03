"""Places, files, pictures and sound: answers that are sent rather than written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from flowengine.core.events import MessageReceived

# Written coordinates, or those in a link of a map: geo:…, maps.google.com/?q=…, google.com/maps/@…, openstreetmap's.
_COORDINATES = re.compile(
    r"(?:geo:|[?&](?:q|ll|query)=|/@|#map=\d+/)?(-?\d{1,2}\.\d{1,12})\s*(?:,|%2C|/)\s*(-?\d{1,3}\.\d{1,12})(?![\d.])",
    re.IGNORECASE,
)
_KINDS: Mapping[str, tuple[str, ...]] = {"image": ("image/",), "audio": ("audio/",), "file": ("",)}


def read_place(text: str) -> dict[str, Any] | None:
    """Latitude and longitude from a text or a map's link; None where they are not, or not on Earth."""
    found = _COORDINATES.search(text[:500])
    return None if found is None else place_on_earth({"latitude": float(found[1]), "longitude": float(found[2])})


def read_sent(answer_type: str, message: MessageReceived) -> Any:
    """What was sent with a message, for a type of answer that takes that: a file's address, or a place; else None."""
    if answer_type == "location":
        return place_on_earth(message.location or {})
    fitting = [file.url for file in message.attachments if file.mime.startswith(_KINDS.get(answer_type, ("",)))]
    return fitting[0] if fitting and answer_type in (*_KINDS, "any") else None


def place_on_earth(given: Mapping[str, Any]) -> dict[str, Any] | None:
    """Latitude, longitude, and name and address where given; None where that is no place on Earth."""
    latitude, longitude = given.get("latitude"), given.get("longitude")
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return None
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):  # NaN is not either
        return None
    words = {name: str(given[name])[:200] for name in ("name", "address") if given.get(name)}
    return {"latitude": latitude, "longitude": longitude, **words}
