"""The names that templates and conditions know in a turn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flowengine.core.events import Commanded, Event, Happened, MessageReceived, Started
from flowengine.core.mirror import Mirror
from flowengine.core.steps import World


def names_at_hand(
    event: Event, world: World, mirror: Mirror, *, variables: Mapping[str, Any], answers: Mapping[str, Any]
) -> dict[str, Any]:
    """Variables, answers and what a turn changes are live: a later node sees what an earlier one set."""
    return {
        "contact": mirror.contact,
        "conversation": mirror.conversation,
        "deal": mirror.deal,
        "account": world.account,
        "channel": world.channel,
        "agent": world.agent,
        "event": _as_names(event),
        "now": event.at,
        "vars": variables,
        "answers": answers,
    }


def _as_names(event: Event) -> dict[str, Any]:
    match event:
        case MessageReceived():
            return {"kind": event.kind, "text": event.text, "choice": event.choice}
        case Started():
            message = event.message or {}
            said = {"text": message.get("text", ""), "choice": message.get("choice")}
            return {"kind": event.kind, **said, "data": message.get("data", {})}
        case Happened():
            return {"kind": event.kind, "name": event.name, "data": event.data}
        case Commanded():
            return {"kind": event.kind, "text": event.text}
    return {"kind": event.kind}
