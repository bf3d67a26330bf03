"""`question`: asks, waits for the answer, checks it, asks again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flowengine.core.answers import Reading, read_answer
from flowengine.core.asking import Asking
from flowengine.core.effects import Option, SendMessage, UpdateContact
from flowengine.core.events import Event, MessageReceived
from flowengine.core.rendering import absent, render
from flowengine.core.sayings import YES_NO, again
from flowengine.core.steps import Context, Go, Step
from flowengine.core.text import Template, compile_template

WAITS = True
MOST_BUTTONS = 5  # a scale longer than that is typed


@dataclass(frozen=True, slots=True)
class Params:
    text: Template
    answer_type: str
    asking: Asking
    scale: int = 5
    save_to: str | None = None
    save_in_contact: Literal["none", "name", "email", "phone"] = "none"
    retry_text: Template | None = None


def read(params: Mapping[str, Any]) -> Params:
    retry = params.get("retry_text")
    return Params(
        text=compile_template(params["text"]),
        answer_type=params["answer_type"],
        asking=Asking.read(params),
        scale=params.get("scale", 5),
        save_to=params.get("save_to"),
        save_in_contact=params.get("save_in_contact", "none"),
        retry_text=compile_template(retry) if retry else None,
    )


def enter(params: Params, context: Context) -> Step:
    question = _asked(params, context, render(params.text, context))
    return params.asking.begin(context, question, why=absent(context, params.text))


def resume(params: Params, context: Context, event: Event) -> Step:
    def judge(message: MessageReceived) -> Go | None:
        value = _value(params, context, message)
        if value is None:
            return None
        sets = {params.save_to: value} if params.save_to else {}
        known = () if params.save_in_contact == "none" else (UpdateContact(params.save_in_contact, str(value)),)
        return Go("answered", known, sets, value)

    def once_more() -> SendMessage:
        own = render(params.retry_text, context) if params.retry_text else ""
        words = own.strip() or again(params.answer_type, context.language, scale=params.scale)
        return _asked(params, context, words)

    return params.asking.hear(context, event, judge, once_more)


def _asked(params: Params, context: Context, text: str) -> SendMessage:
    return SendMessage(text=text, options=_buttons(params, context.language), expects=True)


def _buttons(params: Params, language: str) -> tuple[Option, ...]:
    """Answers there are only a few of can be pressed as well as written."""
    if params.answer_type == "yes_no":
        yes, no = YES_NO.get(language, YES_NO["en"])
        return (Option("yes", yes), Option("no", no))
    if params.answer_type == "rating" and params.scale <= MOST_BUTTONS:
        return tuple(Option(str(rate), str(rate)) for rate in range(1, params.scale + 1))
    return ()


def _value(params: Params, context: Context, message: MessageReceived) -> Any:
    pressed = {option.id for option in _buttons(params, context.language)}
    text = message.choice if message.choice in pressed and message.choice else message.text
    today = context.now.astimezone(ZoneInfo(context.timezone)).date()
    value = read_answer(params.answer_type, text, Reading(context.language, today, params.scale))
    if value is None and params.answer_type == "any" and message.attachments:
        return message.attachments[0].url
    return value
