"""`transfer`: hands the conversation to people; after they finished, the flow may go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from flowengine.core.durations import Duration
from flowengine.core.effects import ChangeTags, Effect, HandOff, SendMessage, TakeBack
from flowengine.core.errors import FlowError
from flowengine.core.events import Event, HumanFinished, TimerFired
from flowengine.core.hand_over import answers_so_far, target, words_for
from flowengine.core.hours import is_open, read_hours
from flowengine.core.rendering import absent, render
from flowengine.core.run import Wait
from flowengine.core.steps import Context, End, Go, Pause, Span, Spans, Stay, Step
from flowengine.core.text import Template, compile_template

WAITS_BEFORE = frozenset({"finished", "timed_out"})
LONGEST_SUBJECT = 200


@dataclass(frozen=True, slots=True)
class Params:
    """No team: the flow's default team. No note: the answers given so far."""

    to: Literal["team", "user", "owner", "portfolio", "last_agent", "chosen"] = "team"
    team: str | None = None
    user: str | None = None
    chosen: Template | None = None
    when_away: Literal["team", "wait"] = "team"
    note: Template | None = None
    subject: Template | None = None
    text: Template | None = None
    priority: Literal["normal", "high"] = "normal"
    tags: tuple[str, ...] = ()
    queue_limit: int | None = None
    wait: Duration | None = None

    @property
    def templates(self) -> tuple[Template, ...]:
        return tuple(each for each in (self.chosen, self.note, self.subject, self.text) if each is not None)


def read(params: Mapping[str, Any]) -> Params:
    def template(name: str) -> Template | None:
        return compile_template(params[name]) if params.get(name) else None

    return Params(
        to=params.get("to", "team"),
        team=params.get("team"),
        user=params.get("user"),
        chosen=template("chosen"),
        when_away=params.get("when_away", "team"),
        note=template("note"),
        subject=template("subject"),
        text=template("text"),
        priority=params.get("priority", "normal"),
        tags=tuple(params.get("tags", ())),
        queue_limit=params.get("queue_limit"),
        wait=Duration.read(params["wait"]) if params.get("wait") else None,
    )


def enter(params: Params, context: Context) -> Step:
    """People, hours and limits are looked at before the contact hears of a transfer."""
    chosen = render(params.chosen, context).strip() if params.chosen else ""
    meant = target(context, params.to, user=params.user, chosen=chosen, waits=params.when_away == "wait")
    person = meant.person
    default = context.settings.get("default_team", "")
    team = meant.team or params.team or (person.team(default) if person else default)
    if not team:
        raise FlowError("the flow names no default team, and the step no team")
    facts = context.look_up("team", team)
    if facts is None:
        raise FlowError(f"there is no team {team!r} in this account")
    hours = context.look_up("hours", f"team:{team}")
    shut = hours is not None and not is_open(read_hours(hours), context.now)
    if shut and "closed" in context.wired:
        return Go("closed")
    busy = not person.available if person else _is_busy(params, facts)
    if busy and "unavailable" in context.wired:
        return Go("unavailable", why=f"{person.slug} is away" if person else "")
    if person is None and not facts.get("members", 1) and team != default:
        raise FlowError(f"the team {team!r} has no members")
    own = render(params.text, context) if params.text else ""
    told = words_for(facts, hours if shut else None, context, busy=busy, own=own)
    return _hand_over(params, context, team, person.slug if person else None, told)


def resume(params: Params, context: Context, event: Event) -> Step:
    match event:
        case HumanFinished(reason=reason):
            return Go("finished", why=reason or "")
        case TimerFired(name="timed_out") if context.world.conversation.get("state", "queued") == "queued":
            return Go("timed_out", (TakeBack("timed_out"),))
    return Stay()


def renew(params: Params, context: Context, wait: Wait) -> Pause:
    """Whoever has the conversation keeps it; only the limit of the queue is another."""
    return _wait(_limit(params, context), wait.since)


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Spans:
    """Nobody knows how long people talk; the queue's limit is exact."""
    limit = Duration.read(params["wait"]).length if params.get("wait") else None
    return {"finished": Span(most=None), "timed_out": Span(limit, limit) if limit else Span(most=None)}


def _is_busy(params: Params, facts: Mapping[str, Any]) -> bool:
    full = params.queue_limit is not None and facts.get("queued", 0) >= params.queue_limit
    return full or not facts.get("available", 1)


def _hand_over(params: Params, context: Context, team: str, user: str | None, told: str) -> Step:
    """The run waits only if it has something left to do; else it is complete."""
    limit = _limit(params, context)
    goes_on = limit is not None or "finished" in context.wired
    effects: list[Effect] = [SendMessage(text=told)] if told.strip() else []
    if params.tags:
        effects.append(ChangeTags("conversation", params.tags))
    effects.append(
        HandOff(
            team=team,
            note=render(params.note, context) if params.note else answers_so_far(context.names["answers"]),
            priority=params.priority,
            goes_on=goes_on,
            user=user,
            subject=_subject(params, context),
        )
    )
    if not goes_on:
        return End("handed_off", tuple(effects))
    return _wait(limit, context.now, tuple(effects), why=absent(context, *params.templates))


def _wait(limit: Duration | None, since: datetime, effects: tuple[Effect, ...] = (), *, why: str = "") -> Pause:
    timers = (limit.timer("timed_out", since),) if limit else ()
    return Pause(("human_finished", "timer_fired"), effects, timers, why=why)


def _limit(params: Params, context: Context) -> Duration | None:
    """How long the contact may stand in the queue, where the author says what follows then."""
    return params.wait if "timed_out" in context.wired else None


def _subject(params: Params, context: Context) -> str | None:
    return (render(params.subject, context).strip()[:LONGEST_SUBJECT] or None) if params.subject else None
