"""`consent`: notes that the contact agrees, or no longer agrees, to messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.effects import SetConsent
from flowengine.core.events import Event
from flowengine.core.steps import Context, Go, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    """`channel`: a kind of channel, "all", or "this" for the one the conversation is on."""

    state: Literal["in", "out"]
    channel: str = "this"


def read(params: Mapping[str, Any]) -> Params:
    return Params(params["state"], params.get("channel", "this"))


def enter(params: Params, context: Context) -> Step:
    channel = context.names["channel"].get("kind") if params.channel == "this" else params.channel
    if not channel:
        return Go("next", why="there is no conversation, hence no channel")
    return Go("next", (SetConsent(None if channel == "all" else channel, params.state),))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
