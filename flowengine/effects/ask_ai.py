"""AskAi: a question to a language model behind an OpenAI-compatible endpoint of the account, answered by an event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson

from flowengine.core.errors import ChannelRefused, NoAnswer
from flowengine.effects import calls
from flowengine.effects.call_http import PASSES, wanted_pause
from flowengine.effects.calls import Answered
from flowengine.effects.outcome import Done, Later, Outcome, Refused
from flowengine.effects.outside import Outside
from flowengine.effects.sealing import unseal
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit

apply, done, given_up, again_at = calls.owe, calls.done, calls.given_up, calls.again_at

LARGEST_ANSWER = 1024 * 1024  # bytes; the text in it is bounded by the token limit
LONGEST_TEXT = 20_000  # characters, as of templates


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """The request with its secret in it: made when it is sent, never stored, never shown."""

    url: str
    headers: dict[str, str]
    body: bytes
    time_limit: float
    structured: bool


def prepare(unit: Unit, order: Order, *, secret: str) -> Call | Outcome:
    """The request; an outcome where nothing is to be sent."""
    effect = order.payload
    if not calls.is_wanted(unit, order):
        return Done()
    if calls.is_hopeless(order):
        return Done(calls.LOST)
    endpoint = unit.ai.named(effect["endpoint"])
    if endpoint is None:
        return Refused(f"there is no AI endpoint {effect['endpoint']!r} in this account")
    headers = {"content-type": "application/json", "user-agent": "flowengine", calls.KEY.lower(): order.id}
    if endpoint.secret:
        sealed = unit.secrets.sealed(endpoint.secret)
        if sealed is None:
            return Refused(f"there is no secret {endpoint.secret!r} in this account")
        unit.secrets.used(endpoint.secret)
        headers["authorization"] = f"Bearer {unseal(sealed, secret)}"
    body = request_body(effect, model=endpoint.model, most_tokens=endpoint.max_tokens)
    url = endpoint.url.rstrip("/") + "/chat/completions"
    return Call(url, headers, body, min(float(effect["time_limit"]), 60.0), bool(effect["schema"]))


def request_body(effect: dict[str, Any], *, model: str, most_tokens: int | None) -> bytes:
    """A chat completion; with a schema the model is held to it (OpenAI API, "response_format")."""
    limit = effect["max_tokens"] if most_tokens is None else min(effect["max_tokens"], most_tokens)
    body = {
        "model": model,
        "messages": effect["messages"],
        "max_tokens": limit,
        "temperature": effect["temperature"],
    }
    if effect["schema"]:
        shape = {"name": "answer", "schema": effect["schema"], "strict": True}
        body["response_format"] = {"type": "json_schema", "json_schema": shape}
    return orjson.dumps(body)


def perform(call: Call, outside: Outside) -> Outcome:
    """Ask; with no transaction open."""
    try:
        answer = outside.send(
            "POST", call.url, call.body, call.headers, time_limit=call.time_limit, most=LARGEST_ANSWER
        )
    except NoAnswer as fault:
        return Later(str(fault), answer=Answered(False, reason="timeout", error=str(fault)))
    except ChannelRefused as refusal:
        return Done(Answered(False, reason="refused", error=str(refusal)))
    if not 200 <= answer.status < 300:
        failed = Answered(False, answer.status, reason="status", error=f"the endpoint answered {answer.status}")
        return Later(failed.error, wanted_pause(answer), failed) if answer.status in PASSES else Done(failed)
    return Done(read_answer(answer.status, answer.body, structured=call.structured))


def read_answer(status: int, body: bytes, *, structured: bool) -> Answered:
    """The model's words, or the object they are; what is cut off by the token limit is no answer to a schema."""
    try:
        choice = orjson.loads(body)["choices"][0]
        text = choice["message"]["content"]
        if not isinstance(text, str):
            raise TypeError("no text")
        text = text.replace("\x00", "")[:LONGEST_TEXT]
        value = calls.read_json(_bare(text)) if structured else text
    except (orjson.JSONDecodeError, LookupError, TypeError) as odd:
        return Answered(False, status, reason="invalid", error=f"the endpoint's answer cannot be read: {odd}")
    return Answered(True, status, body=value)


def _bare(text: str) -> str:
    """Some models put JSON into a fenced block in spite of the format asked for."""
    text = text.strip()
    if text.startswith("```"):
        text = text.split("\n", 1)[-1].rsplit("```", 1)[0]
    return text
