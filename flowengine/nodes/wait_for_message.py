"""`wait_for_message`: waits for what the contact says next, without asking."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.answers import LONGEST
from flowengine.core.answers.places import read_sent
from flowengine.core.asking import Asking, asking_spans
from flowengine.core.events import Event, MessageReceived
from flowengine.core.run import Wait
from flowengine.core.steps import Context, Go, Pause, Spans, Step

WAITS = True


@dataclass(frozen=True, slots=True)
class Params:
    asking: Asking
    save_to: str | None = None


def read(params: Mapping[str, Any]) -> Params:
    return Params(Asking.read(params), params.get("save_to"))


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Spans:
    return asking_spans(params, settings, retries=0)


def enter(params: Params, context: Context) -> Step:
    return params.asking.begin(context, None, lambda said: _judge(params, said))


def resume(params: Params, context: Context, event: Event) -> Step:
    return params.asking.hear(context, event, lambda message: _judge(params, message), None)


def renew(params: Params, context: Context, wait: Wait) -> Pause:
    return params.asking.renew(context, wait)


def _judge(params: Params, message: MessageReceived) -> Go | None:
    """Anything will do: words, a file's address, a place."""
    said = message.text.strip()[:LONGEST] or read_sent("any", message) or read_sent("location", message)
    if said is None:
        return None
    return Go("received", sets={params.save_to: said} if params.save_to else {}, answer=said)
