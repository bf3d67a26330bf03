"""`conversation`: sets priority and subject of the conversation, or finishes it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.effects import ChangeConversation, Effect, FinishConversation
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template

LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Params:
    priority: Literal["keep", "normal", "high"] = "keep"
    subject: Template | None = None
    finish: bool = False
    reason: str | None = None


def read(params: Mapping[str, Any]) -> Params:
    subject = params.get("subject")
    return Params(
        priority=params.get("priority", "keep"),
        subject=compile_template(subject) if subject else None,
        finish=params.get("finish", False),
        reason=params.get("reason"),
    )


def enter(params: Params, context: Context) -> Step:
    subject = render(params.subject, context).strip()[:LONGEST_SUBJECT] if params.subject else ""
    priority = None if params.priority == "keep" else params.priority
    effects: list[Effect] = []
    if priority or subject:
        effects.append(ChangeConversation(priority, subject or None))
    if params.finish:
        effects.append(FinishConversation(params.reason))
    return Go("next", tuple(effects), why=absent(context, params.subject) if params.subject else "")


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
