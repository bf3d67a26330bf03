"""`menu`: offers options, each with its own way on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.asking import Asking, asking_spans
from flowengine.core.effects import Option, SendMessage
from flowengine.core.events import Event, MessageReceived
from flowengine.core.menu_choice import Menu
from flowengine.core.rendering import absent, render
from flowengine.core.run import Wait
from flowengine.core.sayings import again
from flowengine.core.steps import Context, Go, Pause, Spans, Step
from flowengine.core.text import Template, compile_template

WAITS = True


@dataclass(frozen=True, slots=True)
class Params:
    text: Template
    options: Menu
    asking: Asking
    show_as: Literal["auto", "buttons", "list", "text"] = "auto"
    save_to: str | None = None
    retry_text: Template | None = None
    late_choice: str = "again"  # what becomes of a button pressed later is the interpreter's affair


def read(params: Mapping[str, Any]) -> Params:
    retry = params.get("retry_text")
    return Params(
        text=compile_template(params["text"]),
        options=Menu(params["options"]),
        asking=Asking.read(params),
        show_as=params.get("show_as", "auto"),
        save_to=params.get("save_to"),
        retry_text=compile_template(retry) if retry else None,
        late_choice=params.get("late_choice", "again"),
    )


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Spans:
    return asking_spans(params, settings)


def enter(params: Params, context: Context) -> Step:
    offer = _offer(params, render(params.text, context))
    return params.asking.begin(context, offer, lambda said: _judge(params, said), why=absent(context, params.text))


def resume(params: Params, context: Context, event: Event) -> Step:
    def once_more() -> SendMessage:
        own = render(params.retry_text, context) if params.retry_text else ""
        return _offer(params, own.strip() or again("menu", context.language))

    return params.asking.hear(context, event, lambda message: _judge(params, message), once_more)


def renew(params: Params, context: Context, wait: Wait) -> Pause:
    return params.asking.renew(context, wait)


def _judge(params: Params, message: MessageReceived) -> Go | None:
    found = params.options.choose(text=message.text, choice=message.choice)
    if found is None:
        return None
    title = found.option["title"]
    sets = {params.save_to: title} if params.save_to else {}
    return Go(found.option["id"], sets=sets, answer=title, why=f"by {found.how}")


def _offer(params: Params, text: str) -> SendMessage:
    options = tuple(Option(option["id"], option["title"]) for option in params.options.options)
    return SendMessage(text=text, options=options, show_as=params.show_as, expects=True)
