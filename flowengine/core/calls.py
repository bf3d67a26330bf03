"""What nodes that ask somebody outside have in common: how they wait, how long that may take, why it failed."""

from __future__ import annotations

from datetime import timedelta

from flowengine.core.events import CallAnswered, EventKind
from flowengine.core.steps import Span, Spans

UNTIL: tuple[EventKind, ...] = ("call_answered",)
LONGEST_BETWEEN = timedelta(seconds=60)  # two tries; what performs calls waits no longer


def spans_of_call(time_limit: float, retries: int) -> Spans:
    """From an answer at once to a last try that takes its whole time."""
    return {"*": Span(most=(1 + retries) * timedelta(seconds=time_limit) + retries * LONGEST_BETWEEN)}


def why_failed(event: CallAnswered) -> str:
    """For the trace."""
    said = [event.reason or "failed", str(event.status) if event.status else "", event.error]
    return " ".join(part for part in said if part)[:300]
