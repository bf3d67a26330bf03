"""`transfer`: hands the conversation to a team; after people finished, the flow may go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.durations import Duration
from flowengine.core.effects import Effect, HandOff, SendMessage, TakeBack
from flowengine.core.errors import FlowError
from flowengine.core.events import Event, HumanFinished, TimerFired
from flowengine.core.hours import is_open, next_opening, read_hours
from flowengine.core.rendering import absent, render
from flowengine.core.sayings import closed
from flowengine.core.steps import Context, End, Go, Pause, Stay, Step
from flowengine.core.text import Template, compile_template

WAITS_BEFORE = frozenset({"finished", "timed_out"})


@dataclass(frozen=True, slots=True)
class Params:
    """No team: the flow's default team. No note: the answers given so far."""

    team: str | None = None
    note: Template | None = None
    text: Template | None = None
    priority: Literal["normal", "high"] = "normal"
    wait: Duration | None = None


def read(params: Mapping[str, Any]) -> Params:
    note, text, wait = params.get("note"), params.get("text"), params.get("wait")
    return Params(
        team=params.get("team"),
        note=compile_template(note) if note else None,
        text=compile_template(text) if text else None,
        priority=params.get("priority", "normal"),
        wait=Duration.read(wait) if wait else None,
    )


def enter(params: Params, context: Context) -> Step:
    """Hours and people are looked at before the contact hears of a transfer."""
    team = params.team or context.settings["default_team"]
    facts = context.look_up("team", team)
    if facts is None:
        raise FlowError(f"there is no team {team!r} in this account")
    hours = context.look_up("hours", f"team:{team}")
    shut = hours is not None and not is_open(read_hours(hours), context.now)
    if shut and "closed" in context.wired:
        return Go("closed")
    if not facts.get("available", 1) and "unavailable" in context.wired:
        return Go("unavailable")
    if not facts.get("members", 1) and team != context.settings["default_team"]:
        raise FlowError(f"the team {team!r} has no members")
    told = _closed_text(facts, hours, context) if shut else _own_text(params, context)
    return _hand_over(params, context, team, told)


def resume(params: Params, context: Context, event: Event) -> Step:
    match event:
        case HumanFinished(reason=reason):
            return Go("finished", why=reason or "")
        case TimerFired(name="timed_out") if context.world.conversation.get("state", "queued") == "queued":
            return Go("timed_out", (TakeBack("timed_out"),))
    return Stay()


def _hand_over(params: Params, context: Context, team: str, told: str) -> Step:
    """The run waits only if it has something left to do; else it is complete."""
    limit = params.wait if "timed_out" in context.wired else None
    goes_on = limit is not None or "finished" in context.wired
    note = render(params.note, context) if params.note else answers_so_far(context.names["answers"])
    effects: list[Effect] = [SendMessage(text=told)] if told.strip() else []
    effects.append(HandOff(team=team, note=note, priority=params.priority, goes_on=goes_on))
    if not goes_on:
        return End("handed_off", tuple(effects))
    timers = (limit.timer("timed_out", context.now),) if limit else ()
    why = absent(context, *(template for template in (params.note, params.text) if template))
    return Pause(("human_finished", "timer_fired"), tuple(effects), timers, why=why)


def answers_so_far(answers: Mapping[str, Any]) -> str:
    """One line an answer, for the person who takes over."""
    lines = [(node.replace("_", " ").capitalize(), value) for node, value in answers.items()]
    return "\n".join(f"{name}: {_plain(value)}" for name, value in lines)


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return str(value)


def _own_text(params: Params, context: Context) -> str:
    return render(params.text, context) if params.text else ""


def _closed_text(facts: Mapping[str, Any], hours: Mapping[str, Any], context: Context) -> str:
    """The team's own words for it, else ours with the next opening."""
    own = (facts.get("texts") or {}).get("closed")
    if own:
        return str(own)
    opening = next_opening(read_hours(hours), context.now)
    return closed(opening, now=context.now, language=context.language, timezone=context.timezone)
