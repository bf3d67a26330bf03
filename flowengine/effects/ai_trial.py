"""Asks an AI endpoint for one word, so that whoever sets it up sees at once whether it answers."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic
from typing import Any

import orjson

from flowengine.core.errors import WorldError
from flowengine.effects.outside import Outside

QUESTION = "Reply with the single word: ok"
FEW_TOKENS = 16
LONGEST_DETAIL = 300


@dataclass(frozen=True, slots=True)
class Trial:
    """`status` is that of HTTP, None where nobody answered; `detail` is the answer, or what was wrong."""

    ok: bool
    status: int | None
    detail: str
    milliseconds: int


def ask(outside: Outside, *, url: str, model: str, key: str | None) -> Trial:
    """Goes out through the guard and waits for the answer: to be called with no transaction open."""
    body = {"model": model, "max_tokens": FEW_TOKENS, "messages": [{"role": "user", "content": QUESTION}]}
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {key}"} if key else {})
    begun = monotonic()
    try:
        answer = outside.post(f"{url.rstrip('/')}/chat/completions", orjson.dumps(body), headers)
    except (WorldError, ValueError) as fault:  # ValueError: a key that no header can hold
        why = str(fault) if isinstance(fault, WorldError) else "its key holds characters that cannot be sent"
        return Trial(False, None, _without(key, why), _since(begun))
    if answer.status >= 300:
        return Trial(False, answer.status, _without(key, _fault_in(answer.body)), _since(begun))
    word = _answer_in(answer.body)
    said = "the answer is not one of OpenAI's protocol" if word is None else word
    return Trial(word is not None, answer.status, _without(key, said), _since(begun))


def _answer_in(body: bytes) -> str | None:
    said = _at(body, "choices", 0, "message", "content")
    return said if isinstance(said, str) else None


def _fault_in(body: bytes) -> str:
    said = _at(body, "error", "message") or _at(body, "error") or _at(body, "detail")
    return said if isinstance(said, str) else "it refused"


def _at(body: bytes, *path: str | int) -> Any:
    try:
        value: Any = orjson.loads(body)
        for part in path:
            value = value[part]
    except (orjson.JSONDecodeError, KeyError, IndexError, TypeError):
        return None
    return value


def _without(key: str | None, said: str) -> str:
    """Some endpoints repeat the key they were sent."""
    return (said.replace(key, "•••") if key else said)[:LONGEST_DETAIL]


def _since(begun: float) -> int:
    return round((monotonic() - begun) * 1000)
