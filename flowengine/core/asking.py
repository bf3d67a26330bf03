"""What every node that asks has in common: waiting, gathering several texts, asking again, silence, refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from flowengine.core.durations import DAY, Duration
from flowengine.core.effects import SendMessage
from flowengine.core.events import Event, EventKind, MessageReceived, SendFailed, TimerFired
from flowengine.core.steps import Context, Go, Pause, Stay, Step, Timer

UNTIL: tuple[EventKind, ...] = ("message_received", "timer_fired", "send_failed")
LONGEST_GATHERING = 4  # times the grouping's seconds, counted from the first text
MOST_GATHERED = 50  # texts that are one answer

Judge = Callable[[MessageReceived], Go | None]  # None: this is no answer
Again = Callable[[], SendMessage]


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question waits. None: as the flow's settings say."""

    retries: int = 2
    wait: Duration | None = None
    grouping: int | None = None

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> Self:
        wait = params.get("wait")
        return cls(params.get("retries", 2), Duration.read(wait) if wait else None, params.get("grouping"))

    def begin(self, context: Context, question: SendMessage, *, why: str = "") -> Pause:
        """Send the question and wait for the answer."""
        return Pause(UNTIL, (question,), (self._silence(context),), {"tries": 0}, why)

    def hear(self, context: Context, event: Event, judge: Judge, again: Again) -> Step:
        """What follows from an event that this question waits for."""
        match event:
            case SendFailed(reason=reason):
                return Go("failed", why=reason)
            case TimerFired(name="no_reply"):
                return Go("no_reply")
            case TimerFired(name="grouping"):
                return self._settle(context, _gathered(context, event.at), judge, again)
            case MessageReceived() if event.choice is None and event.text and self._seconds(context):
                return self._gather(context, event)
            case MessageReceived():
                return self._settle(context, event, judge, again)
        return Stay()

    def _settle(self, context: Context, event: MessageReceived, judge: Judge, again: Again) -> Step:
        answer = judge(event)
        if answer is not None:
            return answer
        tries = int(context.kept.get("tries", 0)) + 1
        if tries > self.retries:
            return Go("invalid", why=event.text[:200])
        return Pause(
            UNTIL, (again(),), (self._silence(context),), {"tries": tries}, why=f"no answer: {event.text[:200]}"
        )

    def _gather(self, context: Context, event: MessageReceived) -> Pause:
        """Keep this text and wait a little for the next; the first one sets how long that may go on."""
        texts = [*context.kept.get("texts", ()), event.text][-MOST_GATHERED:]
        first = datetime.fromisoformat(context.kept.get("since", event.at.isoformat()))
        seconds = self._seconds(context)
        due = min(event.at + timedelta(seconds=seconds), first + timedelta(seconds=seconds * LONGEST_GATHERING))
        keep = {"tries": context.kept.get("tries", 0), "texts": texts, "since": first.isoformat()}
        return Pause(UNTIL, timers=(Timer("grouping", due),), keep=keep, why="waits for more")

    def _silence(self, context: Context) -> Timer:
        setting = context.settings.get("no_reply")
        limit = self.wait or (Duration.read(setting) if setting else DAY)
        return limit.timer("no_reply", context.now)

    def _seconds(self, context: Context) -> int:
        return int(context.settings.get("grouping", 0) if self.grouping is None else self.grouping)


def _gathered(context: Context, at: datetime) -> MessageReceived:
    """The texts kept so far, as one answer."""
    return MessageReceived(id="gathered", at=at, text="\n".join(context.kept.get("texts", ())))
