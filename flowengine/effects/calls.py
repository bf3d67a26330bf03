"""What CallHttp and AskAi have in common: owed after the turn, performed with nothing open, answered by an event.

A call that may have arrived is made again only where its author says that it does no harm; all tries carry the same
key, so that a receiver that honours it acts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import orjson

from flowengine.core.effects import AskAi, CallHttp
from flowengine.effects.outcome import Later, Refused
from flowengine.effects.stage import Origin, Stage
from flowengine.store.intake import NewEvent
from flowengine.store.outbox import Order, Owed
from flowengine.store.unit import Unit

LONGEST_PAUSE = timedelta(minutes=1)  # between tries: the contact waits for the answer
DEEPEST = 100  # levels of an answer's JSON: what is deeper cannot be written down again (orjson: 254)
MOST_LOST = 3  # tries in a row of which nothing more was heard, with a worker that died each time
KEY = "Idempotency-Key"
REFUSALS = (401, 403)  # of whoever asked, not of what was asked for (RFC 9110, 15.5.2 and 15.5.4)


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a call, as the event will say it (core.events.CallAnswered)."""

    ok: bool
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    reason: str = ""
    error: str = ""


LOST = Answered(False, reason="unknown", error="the call was begun, and its end is not known")


def owe(effects: Sequence[CallHttp | AskAi], stage: Stage, origin: Origin, index: int) -> None:
    """Put the calls into the outbox; secrets are named in them, never held."""
    stage.unit.outbox.owe(
        [
            Owed(
                id=origin.effect_id(index + place),
                kind=effect.kind,
                payload={
                    **effect.as_data(),
                    "run": str(origin.run),
                    "turn": origin.turn,
                    "generation": origin.generation,
                },
                due_at=stage.unit.now,
                lane_id=stage.contact.id,
                run_id=origin.run,
                conversation_id=stage.conversation.id,
            )
            for place, effect in enumerate(effects)
        ]
    )


def is_wanted(unit: Unit, order: Order) -> bool:
    """Whether the run that asked still waits; one that is over by now gets no call made for it."""
    run = unit.runs.get(UUID(order.payload["run"]))
    wait = run.state["wait"] if run is not None and run.status == "open" else None
    return wait is not None and bool(wait["turn"] == order.payload["turn"])


def lost(order: Order) -> int:
    """How many tries began of late whose end nobody wrote down: their worker died, and they may have arrived."""
    return order.attempts - 1 - int(order.payload.get("recorded", 0))


def is_hopeless(order: Order) -> bool:
    """Whether a try was lost and another might do harm: to who is called, or to the workers it takes with it."""
    return lost(order) > (MOST_LOST if may_repeat(order) else 0)


def read_json(text: bytes | str) -> Any:
    """The value that a JSON text is; JSONDecodeError where it is none, or one too deep to be kept."""
    value, level = orjson.loads(text), 0
    below = [value]
    while below:
        if level > DEEPEST:
            raise orjson.JSONDecodeError(f"more than {DEEPEST} levels deep", "", 0)
        below = [
            each
            for holder in below
            if isinstance(holder, dict | list)
            for each in (holder.values() if isinstance(holder, dict) else holder)
        ]
        level += 1
    return value


def may_repeat(order: Order) -> bool:
    """Whether doing it twice does no harm, by HTTP's own rules (RFC 9110, 9.2.2) or by the author's word."""
    effect = order.payload  # a model, which has no method, may be asked again: it does nothing
    return bool(effect.get("repeatable") or effect.get("method", "GET") in ("GET", "PUT", "DELETE"))


def again_at(order: Order, later: Later, now: datetime) -> datetime | None:
    """When to try once more; None when the author's number of tries is used up."""
    if order.attempts > order.payload.get("retries", 0):
        return None
    pause = timedelta(seconds=2 ** (order.attempts - 1))
    if later.after is not None:
        pause = max(pause, timedelta(seconds=later.after))
    return now + min(pause, LONGEST_PAUSE)


def done(unit: Unit, order: Order, answer: Any) -> None:
    """The run hears what came of it, and operators whether the secret in it is still good."""
    if isinstance(answer, Answered):
        _note_secret(unit, order, answer)
        _tell(unit, order, answer)


def given_up(unit: Unit, order: Order, outcome: Later | Refused) -> None:
    """The run hears that it could not be done."""
    _tell(unit, order, Answered(False, reason="refused", error=outcome.why))


def _note_secret(unit: Unit, order: Order, answer: Answered) -> None:
    if not answer.ok and answer.status not in REFUSALS:
        return
    url, secret = order.payload.get("url", ""), order.payload.get("auth")
    if order.kind == "ask_ai":
        endpoint = unit.ai.named(order.payload["endpoint"])
        url, secret = (endpoint.url, endpoint.secret) if endpoint else ("", None)
    if secret:
        unit.secrets.answered(secret, urlsplit(url).hostname or "", refused=not answer.ok)


def _tell(unit: Unit, order: Order, answer: Answered) -> None:
    event = {
        "kind": "call_answered",
        "at": unit.now.isoformat(),
        "run": order.payload["run"],
        "turn": order.payload["turn"],
        "ok": answer.ok,
        "status": answer.status,
        "headers": answer.headers,
        "body": answer.body,
        "reason": answer.reason,
        "error": answer.error,
    }
    if order.lane_id is not None:
        # An answer is no word of the contact's: flows that start each other come to an end, called in between or not.
        generation = order.payload.get("generation", 0)
        unit.intake.append([NewEvent(lane_id=order.lane_id, event=event, generation=generation)])
