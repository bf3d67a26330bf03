"""What CallHttp and AskAi have in common: owed after the turn, performed with nothing open, answered by an event.

A call that may have arrived is made again only where its author says that it does no harm; all tries carry the same
key, so that a receiver that honours it acts once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flowengine.core.effects import AskAi, CallHttp
from flowengine.effects.outcome import Later, Refused
from flowengine.effects.stage import Origin, Stage
from flowengine.store.intake import NewEvent
from flowengine.store.outbox import Order, Owed
from flowengine.store.unit import Unit

LONGEST_PAUSE = timedelta(minutes=1)  # between tries: the contact waits for the answer
KEY = "Idempotency-Key"


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of a call, as the event will say it (core.events.CallAnswered)."""

    ok: bool
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    reason: str = ""
    error: str = ""


def owe(effects: Sequence[CallHttp | AskAi], stage: Stage, origin: Origin, index: int) -> None:
    """Put the calls into the outbox; secrets are named in them, never held."""
    stage.unit.outbox.owe(
        [
            Owed(
                id=origin.effect_id(index + place),
                kind=effect.kind,
                payload={**effect.as_data(), "run": str(origin.run), "turn": origin.turn},
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


def was_lost(order: Order) -> bool:
    """Whether an earlier try began whose end nobody wrote down: its worker died, and it may have arrived."""
    return order.attempts - 1 > int(order.payload.get("recorded", 0))


def may_repeat(order: Order) -> bool:
    """Whether doing it twice does no harm, by HTTP's own rules (RFC 9110, 9.2.2) or by the author's word."""
    effect = order.payload
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
    """The run hears what came of it."""
    if isinstance(answer, Answered):
        _tell(unit, order, answer)


def given_up(unit: Unit, order: Order, outcome: Later | Refused) -> None:
    """The run hears that it could not be done."""
    _tell(unit, order, Answered(False, reason="refused", error=outcome.why))


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
        unit.intake.append([NewEvent(lane_id=order.lane_id, event=event)])
