"""`wait_until`: waits for a fact of the catalogue, or finds that it has happened already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from msgspec.structs import replace

from flowengine.core.conditions import Judge, compile_condition
from flowengine.core.durations import Duration
from flowengine.core.events import Event, EventKind, Happened, MessageReceived, TimerFired
from flowengine.core.run import Wait
from flowengine.core.steps import Context, Go, Pause, Span, Spans, Stay, Step

WAITS = True
MESSAGE = "message.received"  # comes as the message itself, not as a fact


@dataclass(frozen=True, slots=True)
class Params:
    """`lookback`: "now", or since the "start" of the run, or since `since_node` was left."""

    event: str
    wait: Duration
    where: Judge | None = None
    lookback: Literal["now", "start", "node"] = "now"
    since_node: str | None = None


def read(params: Mapping[str, Any]) -> Params:
    where = params.get("where")
    return Params(
        event=params["event"],
        wait=Duration.read(params["wait"]),
        where=compile_condition(where) if where else None,
        lookback=params.get("lookback", "now"),
        since_node=params.get("since_node"),
    )


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Spans:
    limit = Duration.read(params["wait"]).length
    return {"happened": Span(most=limit), "timed_out": Span(limit, limit)}


def enter(params: Params, context: Context) -> Step:
    since = _since(params, context)
    for fact in context.look_up("happened", f"{params.event}|{since}|{params.since_node or ''}") if since else ():
        if _is_meant(params, context, fact["data"]):
            return Go("happened", answer=fact["data"] or None, why=f"happened at {fact['at']}")
    return _wait(params, context.now)


def resume(params: Params, context: Context, event: Event) -> Step:
    match event:
        case TimerFired(name="timed_out"):
            return Go("timed_out")
        # What a run did itself it did before it came to wait here; it is told of that later all the same.
        case Happened(name=params.event, data=data, by=by) if by != context.run and _is_meant(params, context, data):
            return Go("happened", answer=data or None)
        case MessageReceived(text=text) if params.event == MESSAGE and _is_meant(params, context, {"text": text}):
            return Go("happened", answer={"text": text})
    return Stay()


def renew(params: Params, context: Context, wait: Wait) -> Pause:
    return _wait(params, wait.since)


def _wait(params: Params, since: datetime) -> Pause:
    until: tuple[EventKind, ...] = ("happened", "timer_fired", "send_failed")
    if params.event == MESSAGE:
        until = ("message_received", *until)
    return Pause(until, timers=(params.wait.timer("timed_out", since),))


def _since(params: Params, context: Context) -> str | None:
    """The moment (ISO) from which on facts count; None for now. A node that was not passed: since the start."""
    if params.lookback == "now":
        return None
    start = context.times.get("", context.now.isoformat())
    since = context.times.get(params.since_node or "", start) if params.lookback == "node" else start
    last_time = context.times.get(context.node, since)  # a walk that comes round counts no fact twice
    return max(since, last_time, key=datetime.fromisoformat)


def _is_meant(params: Params, context: Context, data: Mapping[str, Any]) -> bool:
    if params.where is None:
        return True
    event = {"kind": "happened", "name": params.event, "text": data.get("text", ""), "data": data}
    return params.where(replace(context, names={**context.names, "event": event}))
