"""`add_note`: leaves a note that only the account's people see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.deal_at_hand import has_deal
from flowengine.core.effects import AddNote
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template


@dataclass(frozen=True, slots=True)
class Params:
    text: Template
    on: Literal["contact", "conversation", "deal"] = "contact"


def read(params: Mapping[str, Any]) -> Params:
    return Params(compile_template(params["text"]), params.get("on", "contact"))


def enter(params: Params, context: Context) -> Step:
    """Without a deal the note is the contact's: what was worth writing down is kept."""
    text = render(params.text, context)
    if not text.strip():
        return Go("next", why="the note came out empty")
    on: Literal["contact", "conversation", "deal"] = params.on
    if on == "deal" and not has_deal(context):
        on = "contact"
    return Go("next", (AddNote(text, on),), why=absent(context, params.text))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
