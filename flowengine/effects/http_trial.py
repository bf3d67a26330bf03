"""Sends one request of an author's at once, so that they see what the other side answers while they draw.

The same guard, the same headers and the same limits as in a run; what comes back is shown without the secret in it.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any

from flowengine.core.errors import ChannelRefused, NoAnswer, Unknown, WorldError
from flowengine.effects.call_http import LARGEST_ANSWER, Call, answered_by
from flowengine.effects.calls import Answered
from flowengine.effects.outside import Outside

LONGEST_S = 30.0  # whoever tries it waits before a screen; a run waits as long as its author says
HIDDEN = "•••"
MOST_HEADERS = 60
LONGEST_HEADER = 500  # characters


@dataclass(frozen=True, slots=True)
class HttpTrial:
    """`answered` is what a run would hear; `headers` are all of them, `size` the bytes read, `cut`: there were more."""

    answered: Answered
    milliseconds: int
    headers: Mapping[str, str] = field(default_factory=dict)
    size: int = 0
    cut: bool = False


def send(outside: Outside, call: Call, *, secret: str | None) -> HttpTrial:
    """Goes out through the guard and waits for the answer: to be called with no transaction open."""
    hidden = _forms_of(secret)
    begun = monotonic()
    try:
        answer = outside.send(
            call.method,
            call.url,
            call.body,
            call.headers,
            time_limit=min(call.time_limit, LONGEST_S),
            most=LARGEST_ANSWER,
        )
    except WorldError as fault:
        return HttpTrial(Answered(False, reason=_reason(fault), error=_without(hidden, str(fault))), _since(begun))
    heard = answered_by(answer)
    shown = {
        name: _without(hidden, value[:LONGEST_HEADER]) for name, value in list(answer.headers.items())[:MOST_HEADERS]
    }
    return HttpTrial(
        replace(heard, headers=_without(hidden, heard.headers), body=_without(hidden, heard.body)),
        _since(begun),
        shown,
        size=len(answer.body),
        cut=len(answer.body) >= LARGEST_ANSWER,
    )


def _reason(fault: WorldError) -> str:
    """As a run would have it (core.events.CallAnswered)."""
    match fault:
        case Unknown():
            return "unknown"
        case NoAnswer():
            return "timeout"
        case ChannelRefused():
            return "refused"
    return "refused"


def _forms_of(secret: str | None) -> tuple[str, ...]:
    """How a secret may come back from a server that repeats what it was sent: as it is, or as `basic` writes it."""
    if not secret:
        return ()
    _, _, password = secret.partition(":")
    forms = (secret, b64encode(secret.encode()).decode(), *([password] if len(password) > 3 else []))
    return tuple(sorted(forms, key=len, reverse=True))


def _without(hidden: Iterable[str], value: Any) -> Any:
    """A JSON value in which none of these texts stands."""
    match value:
        case str():
            for each in hidden:
                value = value.replace(each, HIDDEN)
            return value
        case dict():
            return {_without(hidden, name): _without(hidden, each) for name, each in value.items()}
        case list():
            return [_without(hidden, each) for each in value]
    return value


def _since(begun: float) -> int:
    return round((monotonic() - begun) * 1000)
