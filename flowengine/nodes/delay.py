"""`delay`: waits for an amount of time, until a date and time, or until a date that is known by then."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from flowengine.core.due_dates import Offset, due, wall_in
from flowengine.core.durations import Duration
from flowengine.core.errors import BadParameter, FlowError
from flowengine.core.events import Event, TimerFired
from flowengine.core.hours import WEEKDAYS, Hours, next_opening, read_hours
from flowengine.core.rendering import render
from flowengine.core.run import Wait
from flowengine.core.steps import Context, End, Go, Jump, Pause, Span, Spans, Stay, Step, Timer
from flowengine.core.text import Template, compile_template
from flowengine.core.weekly_windows import weekly
from flowengine.core.zones import zone_of

WAITS = True
USUAL = Duration(1, "hours")  # where its author has not said how long; the schema's default
A_WEEK = timedelta(days=7)  # the longest that a window of one's own can be shut
CLOCK_SLACK = timedelta(hours=2)  # by which a day of the calendar may differ from 24 hours


@dataclass(frozen=True, slots=True)
class Params:
    """`how`: "for" so long, until a "moment" on the clock, or until a "date" that a template gives.

    `days`: of an amount, "hours_24", or "calendar" for the same time of day on a later date. `node` is where the walk
    goes on where `if_past` says skip.
    """

    how: Literal["for", "moment", "date"] = "for"
    wait: Duration = USUAL
    days: str = "hours_24"
    at: datetime | None = None
    date: Template | None = None
    offset: Offset | None = None
    time: str = "09:00"
    yearly: bool = False
    if_past: Literal["continue", "skip", "end"] | None = None
    node: str | None = None
    window: Literal["any", "own", "business_hours"] = "any"
    weekdays: tuple[str, ...] = WEEKDAYS
    opens: str = "00:00"
    closes: str = "00:00"
    zone: Literal["contact", "account", "fixed"] = "contact"
    timezone: str | None = None


def read(params: Mapping[str, Any]) -> Params:
    read_as: dict[str, Callable[[Any], Any]] = {
        "wait": Duration.read,
        "at": _read_moment,
        "date": compile_template,
        "offset": Offset.read,
        "weekdays": tuple,
        "timezone": _read_zone,
    }
    return Params(**{name: read_as.get(name, _as_is)(value) for name, value in params.items()})


def pauses(params: Mapping[str, Any]) -> bool:
    """Whether nobody can walk round a loop through this node without a pause: a moment that is past is passed."""
    return params.get("how", "for") == "for" or params.get("yearly", False) or params.get("if_past") == "end"


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Spans:
    if params.get("how", "for") != "for":
        return {"*": Span(most=None)}
    length = (Duration.read(params["wait"]) if "wait" in params else USUAL).length
    slack = CLOCK_SLACK if params.get("days") == "calendar" else timedelta(0)
    slips = {"any": timedelta(0), "own": A_WEEK}.get(params.get("window", "any"))
    return {"*": Span(length - min(slack, length), None if slips is None else length + slack + slips)}


def enter(params: Params, context: Context) -> Step:
    zone = _zone(params, context)
    if params.how == "for":
        moment = params.wait.after(context.now, timezone=zone.key, calendar=params.days == "calendar")
        words = {"amount": params.wait.amount, "unit": params.wait.unit, "days": params.days}
        return _wait(params, context, zone, moment, words)
    wall = _wall(params, context, zone)
    found = due(wall, params.offset or Offset(), zone, yearly=params.yearly, now=context.now) if wall else None
    if wall is None or found is None or found <= context.now:
        return _too_late(params, context, zone, why=f"past: {wall.isoformat()}" if wall else "no date")
    return _wait(params, context, zone, found, {"wall": wall.isoformat(timespec="minutes"), "yearly": params.yearly})


def resume(params: Params, context: Context, event: Event) -> Step:
    return Go("next") if isinstance(event, TimerFired) else Stay()


def renew(params: Params, context: Context, wait: Wait) -> Pause:
    """So long since the wait began; whoever would not wait at all has waited."""
    step = enter(params, replace(context, now=wait.since))
    return step if isinstance(step, Pause) else Pause(wait.until, timers=(Timer("delay", context.now),))


def _too_late(params: Params, context: Context, zone: ZoneInfo, *, why: str) -> Step:
    if params.if_past == "skip" and params.node:
        return Jump(params.node, why=why)
    if params.if_past == "end":
        return End("past")
    return _wait(params, context, zone, context.now, {"past": True}, why=why)


def _wait(
    params: Params, context: Context, zone: ZoneInfo, moment: datetime, words: Mapping[str, Any], *, why: str = ""
) -> Step:
    """Until then, or the first allowed moment after it; the timer remembers the words it was computed from."""
    hours = _window(params, context, zone)
    allowed = moment if hours is None else next_opening(hours, moment)
    if allowed is None:
        raise FlowError("the hours in which this delay may end never come")
    if allowed <= context.now:
        return Go("next", why=why)
    rule = {"how": params.how, **words, "window": params.window, "zone": params.zone, "timezone": zone.key}
    return Pause(("timer_fired", "send_failed"), timers=(Timer("delay", allowed, rule),), why=why)


def _window(params: Params, context: Context, zone: ZoneInfo) -> Hours | None:
    if params.window == "own":
        return weekly(zone.key, params.weekdays, params.opens, params.closes)
    hours = context.look_up("hours", "account") if params.window == "business_hours" else None
    return read_hours(hours) if hours else None


def _wall(params: Params, context: Context, zone: ZoneInfo) -> datetime | None:
    if params.date is None:
        return params.at
    text = render(params.date, context)
    usually_at = time.fromisoformat(params.time)
    return wall_in(text, usually_at=usually_at, now=context.now, zone=zone, language=context.language)


def _zone(params: Params, context: Context) -> ZoneInfo:
    if params.zone == "fixed" and params.timezone:
        return zone_of(params.timezone)
    account = context.world.account.get("timezone") if params.zone == "account" else None
    return zone_of(account or context.timezone)


def _read_moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as impossible:
        said = {"pt-BR": f"“{text}” não existe no calendário", "en": f"“{text}” is not in the calendar"}
        raise BadParameter(said) from impossible


def _read_zone(name: str) -> str:
    if zone_of(name).key != name:
        raise BadParameter({"pt-BR": f"não há um fuso horário “{name}”", "en": f"there is no time zone “{name}”"})
    return name


def _as_is(value: Any) -> Any:
    return value
