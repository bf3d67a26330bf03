"""What nodes see in a turn: the names that templates and conditions know, and all else of a context but their place."""

from __future__ import annotations

from typing import Any

from flowengine.core.events import Commanded, Event, Happened, MessageReceived, Started
from flowengine.core.mirror import Mirror
from flowengine.core.standing import Standing
from flowengine.core.steps import Context, World


def outlook(event: Event, world: World, mirror: Mirror, stands: Standing, *, run: str, turn: int) -> Context:
    """From the flow that the walk stands in, whichever its node.

    Variables, answers and what a turn changes are live: a later node sees what an earlier one set.
    """
    flow = stands.program.flow
    return Context(
        node="",
        now=event.at,
        language=flow.language,
        timezone=timezone_of(world, mirror),
        names={
            "contact": mirror.contact,
            "conversation": mirror.conversation,
            "deal": mirror.deal,
            "account": world.account,
            "channel": world.channel,
            "agent": world.agent,
            "event": _as_names(event),
            "now": event.at,
            "vars": stands.variables,
            "answers": stands.answers,
        },
        settings=flow.settings,
        wired=frozenset(),
        kept={},
        asked_in=turn,
        run=run,
        world=world,
        event=event,
    )


def timezone_of(world: World, mirror: Mirror) -> str:
    """The contact's as it is by now, else the account's."""
    return mirror.contact.get("timezone") or world.account.get("timezone") or "UTC"


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
