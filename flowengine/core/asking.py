"""What every node that asks has in common: waiting, gathering texts, reminding, asking again, silence, refusal."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self

from msgspec.structs import replace

from flowengine.core.durations import DAY, Duration
from flowengine.core.effects import SendMessage
from flowengine.core.events import Event, EventKind, MessageReceived, SendFailed, TimerFired
from flowengine.core.rendering import render
from flowengine.core.run import Wait
from flowengine.core.steps import Context, Go, Pause, Span, Spans, Stay, Step, Timer
from flowengine.core.text import Template, compile_template

UNTIL: tuple[EventKind, ...] = ("message_received", "timer_fired", "send_failed")
LONGEST_GATHERING = 4  # times the grouping's seconds, counted from the first text
MOST_GATHERED = 50  # texts that are one answer
RETRIES = 2
_REMINDER = "reminder-"  # and its place in the list: the name of its timer

Judge = Callable[[MessageReceived], Go | None]  # None: this is no answer
Again = Callable[[], SendMessage]


@dataclass(frozen=True, slots=True)
class Reminder:
    """Said once the contact has been silent for so long since the question."""

    after: Duration
    text: Template


@dataclass(frozen=True, slots=True)
class Asking:
    """How a question waits. None: as the flow's settings say. `unlimited`: silence may last for ever."""

    retries: int = RETRIES
    wait: Duration | None = None
    grouping: int | None = None
    reminders: tuple[Reminder, ...] = ()
    early_answers: bool = False
    unlimited: bool = False

    @classmethod
    def read(cls, params: Mapping[str, Any]) -> Self:
        wait = params.get("wait")
        return cls(
            retries=params.get("retries", RETRIES),
            wait=Duration.read(wait) if wait else None,
            grouping=params.get("grouping"),
            reminders=_read_reminders(params.get("reminders", ())),
            early_answers=params.get("early_answers", False),
            unlimited=params.get("unlimited", False),
        )

    def begin(self, context: Context, question: SendMessage | None, judge: Judge, *, why: str = "") -> Step:
        """Ask and wait for the answer, unless the contact has given it already and that counts."""
        if self.early_answers and context.said_meanwhile:
            said = MessageReceived(id="said-meanwhile", at=context.now, text="\n".join(context.said_meanwhile))
            answer = judge(said)
            if answer is not None:
                return replace(answer, why="; ".join(filter(None, ("said before", answer.why))))
        return self._wait(context, question, tries=0, why=why)

    def hear(self, context: Context, event: Event, judge: Judge, again: Again | None) -> Step:
        """What follows from an event that this question waits for; `again` is None for one that asks nothing."""
        match event:
            case SendFailed(reason=reason) if again is not None:
                return Go("failed", why=reason)
            case TimerFired(name="no_reply"):
                return Go("no_reply")
            case TimerFired(name="grouping"):
                return self._settle(context, _gathered(context, event.at), judge, again)
            case TimerFired(name=name) if name.startswith(_REMINDER):
                return self._remind(context, int(name.removeprefix(_REMINDER)))
            case MessageReceived() if event.choice is None and _is_text_only(event) and self._seconds(context):
                return self._gather(context, event)
            case MessageReceived():
                return self._settle(context, _with_earlier(context, event), judge, again)
        return Stay()

    def renew(self, context: Context, wait: Wait) -> Pause:
        """A wait that began in another version, by what this one says.

        Texts are gathered as they were; a reminder whose time is past is not said, nor one that was said already.
        """
        if "texts" in wait.keep:
            return Pause(UNTIL, timers=wait.timers, keep=wait.keep)
        left = [int(timer.name.removeprefix(_REMINDER)) for timer in wait.timers if timer.name.startswith(_REMINDER)]
        reminded = min(left) if left else len(self.reminders) if "silent_since" in wait.keep else 0
        since = wait.keep.get("silent_since", wait.since.isoformat())
        timers = self._timers(context, datetime.fromisoformat(since), reminded=reminded)
        keep = {"tries": wait.keep.get("tries", 0), **({"silent_since": since} if self.reminders else {})}
        to_come = tuple(timer for timer in timers if timer.name == "no_reply" or timer.due > context.now)
        return Pause(UNTIL, timers=to_come, keep=keep)

    def _wait(self, context: Context, question: SendMessage | None, *, tries: int, why: str) -> Pause:
        keep: dict[str, Any] = {"tries": tries}
        if self.reminders:
            keep["silent_since"] = context.now.isoformat()
        effects = (question,) if question is not None else ()
        return Pause(UNTIL, effects, self._timers(context, context.now), keep, why)

    def _settle(self, context: Context, event: MessageReceived, judge: Judge, again: Again | None) -> Step:
        answer = judge(event)
        if answer is not None:
            return answer
        if again is None:
            return Stay()
        tries = int(context.kept.get("tries", 0)) + 1
        if tries > self.retries:
            return Go("invalid", why=event.text[:200])
        return self._wait(context, again(), tries=tries, why=f"no answer: {event.text[:200]}")

    def _gather(self, context: Context, event: MessageReceived) -> Pause:
        """Keep this text and wait a little for the next; the first one sets how long that may go on."""
        texts = [*context.kept.get("texts", ()), event.text][-MOST_GATHERED:]
        first = datetime.fromisoformat(context.kept.get("since", event.at.isoformat()))
        seconds = self._seconds(context)
        due = min(event.at + timedelta(seconds=seconds), first + timedelta(seconds=seconds * LONGEST_GATHERING))
        keep = {"tries": context.kept.get("tries", 0), "texts": texts, "since": first.isoformat()}
        return Pause(UNTIL, timers=(Timer("grouping", due),), keep=keep, why="waits for more")

    def _remind(self, context: Context, place: int) -> Step:
        """Say it and go on waiting; the limit of silence stays where it was."""
        if place >= len(self.reminders) or "silent_since" not in context.kept:
            return Stay()
        text = render(self.reminders[place].text, context)
        effects = (SendMessage(text=text, expects=True),) if text.strip() else ()
        since = datetime.fromisoformat(context.kept["silent_since"])
        timers = self._timers(context, since, reminded=place + 1)
        return Pause(UNTIL, effects, timers, context.kept, why=f"reminder {place + 1}")

    def _timers(self, context: Context, since: datetime, *, reminded: int = 0) -> tuple[Timer, ...]:
        """The limit of silence that began at `since`, and the reminders still to be said before it."""
        limit = None if self.unlimited else self.wait or _usual_limit(context.settings)
        silence = (limit.timer("no_reply", since),) if limit else ()
        reminders = (
            reminder.after.timer(f"{_REMINDER}{place}", since)
            for place, reminder in enumerate(self.reminders[reminded:], start=reminded)
        )
        return (*silence, *(timer for timer in reminders if not silence or timer.due < silence[0].due))

    def _seconds(self, context: Context) -> int:
        return int(context.settings.get("grouping", 0) if self.grouping is None else self.grouping)


def asking_spans(params: Mapping[str, Any], settings: Mapping[str, Any], *, retries: int = RETRIES) -> Spans:
    """How long a question with these params may wait, by port; `retries` is what counts where they say nothing."""
    if params.get("unlimited"):
        return {"*": Span(most=None)}
    limit = (Duration.read(params["wait"]) if params.get("wait") else _usual_limit(settings)).length
    gathering = timedelta(seconds=LONGEST_GATHERING * params.get("grouping", settings.get("grouping", 0)))
    most = (limit + gathering) * (params.get("retries", retries) + 1)
    return {"*": Span(most=most), "no_reply": Span(limit, most)}


def _read_reminders(given: Sequence[Mapping[str, Any]]) -> tuple[Reminder, ...]:
    read = (Reminder(Duration.read(each["after"]), compile_template(each["text"])) for each in given)
    return tuple(sorted(read, key=lambda reminder: reminder.after.length))


def _usual_limit(settings: Mapping[str, Any]) -> Duration:
    setting = settings.get("no_reply")
    return Duration.read(setting) if setting else DAY


def _is_text_only(event: MessageReceived) -> bool:
    return event.text != "" and not event.attachments and event.location is None


def _gathered(context: Context, at: datetime) -> MessageReceived:
    """The texts kept so far, as one answer."""
    return MessageReceived(id="gathered", at=at, text="\n".join(context.kept.get("texts", ())))


def _with_earlier(context: Context, event: MessageReceived) -> MessageReceived:
    """A file or a place that ends the gathering of texts, with those texts; a button stands for itself."""
    texts = context.kept.get("texts", ())
    if event.choice is not None or not texts:
        return event
    return replace(event, text="\n".join(filter(None, (*texts, event.text))))
