"""`question`: asks, waits for the answer, checks it, asks again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.answers import Reading, read_answer
from flowengine.core.answers.places import read_sent
from flowengine.core.asking import Asking, asking_spans
from flowengine.core.effects import Option, SendMessage, UpdateContact
from flowengine.core.events import Event, MessageReceived
from flowengine.core.rendering import absent, render
from flowengine.core.run import Wait
from flowengine.core.sayings import YES_NO, again
from flowengine.core.steps import Context, Go, Pause, Spans, Step
from flowengine.core.text import Template, compile_template

WAITS = True
MOST_BUTTONS = 5  # a scale longer than that is typed
SENT = ("file", "image", "audio", "location", "any")  # types of answer that need not be written
NPS = 10  # Net Promoter Score: from 0 to 10 (Reichheld, 2003)


@dataclass(frozen=True, slots=True)
class Params:
    text: Template
    answer_type: str
    asking: Asking
    scale: int = 5
    country: str | None = None
    measure: Literal["none", "csat", "nps"] = "none"
    save_to: str | None = None
    save_in_contact: Literal["none", "name", "email", "phone", "language", "field"] = "none"
    contact_field: str | None = None
    retry_text: Template | None = None


def read(params: Mapping[str, Any]) -> Params:
    retry, measure = params.get("retry_text"), params.get("measure", "none")
    return Params(
        text=compile_template(params["text"]),
        answer_type=params["answer_type"],
        asking=Asking.read(params),
        scale=NPS if measure == "nps" else params.get("scale", 5),
        country=params.get("country"),
        measure=measure,
        save_to=params.get("save_to"),
        save_in_contact=params.get("save_in_contact", "none"),
        contact_field=params.get("contact_field"),
        retry_text=compile_template(retry) if retry else None,
    )


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Spans:
    return asking_spans(params, settings)


def enter(params: Params, context: Context) -> Step:
    question = _asked(params, context, render(params.text, context))
    return params.asking.begin(
        context, question, lambda said: _judge(params, context, said), why=absent(context, params.text)
    )


def resume(params: Params, context: Context, event: Event) -> Step:
    def once_more() -> SendMessage:
        own = render(params.retry_text, context) if params.retry_text else ""
        words = own.strip() or again(params.answer_type, context.language, least=_least(params), scale=params.scale)
        return _asked(params, context, words)

    return params.asking.hear(context, event, lambda message: _judge(params, context, message), once_more)


def renew(params: Params, context: Context, wait: Wait) -> Pause:
    return params.asking.renew(context, wait)


def _judge(params: Params, context: Context, message: MessageReceived) -> Go | None:
    value = _value(params, context, message)
    if value is None:
        return None
    sets = {params.save_to: value} if params.save_to else {}
    return Go("answered", _known(params, value), sets, value, why=_measured(params, context, value))


def _known(params: Params, value: Any) -> tuple[UpdateContact, ...]:
    """What the answer tells about the contact; the account's own fields take a value of any type."""
    match params.save_in_contact:
        case "none":
            return ()
        case "field":
            return (UpdateContact(f"fields.{params.contact_field}", value),)
        case built_in:
            return (UpdateContact(built_in, str(value)),)


def _measured(params: Params, context: Context, value: Any) -> str:
    """A measure is kept in the trace, beside the version: what, how much of what, and whose work was judged."""
    if params.measure == "none":
        return ""
    agent, team = context.names["agent"].get("name"), context.names["conversation"].get("team")
    whose = [f"agent {agent}"] if agent else []
    whose += [f"team {team}"] if team else []
    return ", ".join([f"{params.measure} {value}/{params.scale}", *whose])


def _asked(params: Params, context: Context, text: str) -> SendMessage:
    return SendMessage(text=text, options=_buttons(params, context.language), expects=True)


def _buttons(params: Params, language: str) -> tuple[Option, ...]:
    """Answers there are only a few of can be pressed as well as written."""
    if params.answer_type == "yes_no":
        yes, no = YES_NO.get(language, YES_NO["en"])
        return (Option("yes", yes), Option("no", no))
    if params.answer_type == "rating" and params.scale <= MOST_BUTTONS:
        return tuple(Option(str(rate), str(rate)) for rate in range(_least(params), params.scale + 1))
    return ()


def _least(params: Params) -> int:
    return 0 if params.measure == "nps" else 1


def _value(params: Params, context: Context, message: MessageReceived) -> Any:
    if params.answer_type in SENT and (sent := read_sent(params.answer_type, message)) is not None:
        return sent
    pressed = {option.id for option in _buttons(params, context.language)}
    text = message.choice if message.choice in pressed and message.choice else message.text
    least, country = _least(params), params.country or ""
    reading = Reading(context.language, context.now, context.timezone, params.scale, least, country)
    return read_answer(params.answer_type, text, reading)
