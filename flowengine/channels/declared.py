"""What each kind of channel declares in schemas/channels: what one message can show, and its reply window."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from flowengine.core.check import Channel
from flowengine.nodes import SCHEMAS


def declared(kind: str, key: str, name: str = "", *, bound: bool = True) -> Channel:
    """A channel as the checker knows it; of a kind that declares nothing, nothing is said."""
    about = _about(kind)
    return Channel(
        key, kind, name or key, about.get("x-limits", {}), about.get("x-window-hours"), bound, media_of(kind)
    )


def media_of(kind: str) -> dict[str, Any]:
    """What files a kind of channel takes, by their kind: `most` bytes, `types`; empty where it declares nothing."""
    declared: dict[str, Any] = _about(kind).get("x-media", {})
    return declared


@lru_cache
def _about(kind: str) -> dict[str, Any]:
    path = SCHEMAS / "channels" / f"{kind}.json"
    if not kind.isidentifier() or not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
