"""What nodes that ask a language model have in common: what it is told, how its answer is checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import orjson

from flowengine.core.calls import UNTIL, why_failed
from flowengine.core.effects import AskAi
from flowengine.core.events import CallAnswered, Event
from flowengine.core.schema import DocumentSchema, SchemaError
from flowengine.core.steps import Context, Go, Pause, Stay

LONGEST_SAID = 4_000  # characters of one message that the model is shown

# Who said a message, as the model knows it.
_ROLES = {"contact": "user"}


@dataclass(frozen=True, slots=True)
class Consulting:
    """How a model is asked; `history` is how many of the conversation's last messages it is shown."""

    history: int = 10
    max_tokens: int = 500
    temperature: float = 0
    time_limit: int = 30
    retries: int = 1

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> Self:
        names = ("history", "max_tokens", "temperature", "time_limit", "retries")
        return cls(**{name: params[name] for name in names if name in params})

    def ask(self, context: Context, *, ai: str, told: str, about: str, wanted: AnswerSchema, why: str = "") -> Pause:
        """`told` is how the model is to act; `about` the text in question, empty: what the contact said last."""
        messages = ({"role": "system", "content": told}, *self._conversation(context, about.strip()))
        question = AskAi(
            endpoint=ai,
            messages=messages,
            schema=wanted.document,
            max_tokens=self.max_tokens,
            temperature=self.temperature,
            time_limit=self.time_limit,
            retries=self.retries,
        )
        return Pause(UNTIL, (question,), why=why)

    def _conversation(self, context: Context, about: str) -> list[dict[str, str]]:
        conversation = context.world.conversation.get("id")
        look = bool(self.history and conversation)
        said = context.look_up("messages", f"{self.history}|{conversation}") or () if look else ()
        messages = [
            {"role": _ROLES.get(each["from"], "assistant"), "content": str(each["text"])[:LONGEST_SAID]}
            for each in said
            if str(each["text"]).strip()
        ]
        last = {"role": "user", "content": (about or str(context.names["event"].get("text") or ""))[:LONGEST_SAID]}
        if last["content"] and last not in messages[-1:]:
            messages.append(last)
        return messages


class AnswerSchema:
    """What a model's answer must look like. `document` is the JSON Schema that it is told."""

    __slots__ = ("_schema", "document")

    def __init__(self, properties: Mapping[str, Any]) -> None:
        """All properties are required, since strict endpoints take no others; what may be missing may be null.

        The model is told to give no more; what it gives besides, such as how sure it is, does no harm.
        """
        whole = {"type": "object", "properties": dict(properties), "required": list(properties)}
        self.document = {**whole, "additionalProperties": False}
        self._schema = DocumentSchema(whole)

    def fits(self, body: Any) -> bool:
        """Whether this is such an answer, as an object or as text."""
        return self._mistake(_as_object(body)) is None

    def hear(self, event: Event) -> Mapping[str, Any] | Go | Stay:
        """The answer if it fits; else the way on: an answer of another shape is as good as none."""
        match event:
            case CallAnswered(ok=True, body=body):
                answer = _as_object(body)
                mistake = self._mistake(answer)
                if mistake is None:
                    found: Mapping[str, Any] = answer
                    return found
                return Go("failed", why=f"the answer does not fit: {mistake.pointer or '/'} {mistake.keyword}"[:300])
            case CallAnswered():
                return Go("failed", why=why_failed(event))
        return Stay()

    def _mistake(self, answer: Any) -> SchemaError | None:
        return next(self._schema.errors(answer), None)


def _as_object(body: Any) -> Any:
    """Endpoints that know no schemas answer with JSON as text, often in a fence."""
    if not isinstance(body, str):
        return body
    text = body.strip().removeprefix("```json").removeprefix("```").removesuffix("```")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return body
