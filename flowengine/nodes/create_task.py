"""`create_task`: gives a person something to do, by a day and hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from flowengine.core.deal_at_hand import has_deal
from flowengine.core.durations import Duration
from flowengine.core.effects import CreateTask
from flowengine.core.events import Event
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Stay, Step
from flowengine.core.text import Template, compile_template

LONGEST_TITLE = 200
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Params:
    """`due` counts from now; `at` is the wall-clock time of that day, `weekdays` moves what falls on a weekend."""

    title: Template
    description: Template | None = None
    due: Duration | None = None
    at: str | None = None
    weekdays: bool = False
    to: Literal["owner", "user", "team", "nobody"] = "owner"
    user: str | None = None
    team: str | None = None
    on: Literal["contact", "deal"] = "contact"


def read(params: Mapping[str, Any]) -> Params:
    description, due = params.get("description"), params.get("due")
    return Params(
        title=compile_template(params["title"]),
        description=compile_template(description) if description else None,
        due=Duration.read(due) if due else None,
        at=params.get("at"),
        weekdays=params.get("weekdays", False),
        to=params.get("to", "owner"),
        user=params.get("user"),
        team=params.get("team"),
        on=params.get("on", "contact"),
    )


def enter(params: Params, context: Context) -> Step:
    """Without a deal the task is the contact's: what somebody has to do is never dropped."""
    on: Literal["contact", "deal"] = "deal" if params.on == "deal" and has_deal(context) else "contact"
    user, team = _assignee(params, on, context)
    due = _due(params, context)
    task = CreateTask(
        title=render(params.title, context).strip()[:LONGEST_TITLE],
        description=render(params.description, context) if params.description else "",
        due=due.isoformat() if due else None,
        user=user,
        team=team,
        on=on,
    )
    templates = [params.title, *([params.description] if params.description else [])]
    return Go("next", (task,), why=absent(context, *templates))


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()


def _assignee(params: Params, on: str, context: Context) -> tuple[str | None, str | None]:
    """A user or a team, or neither; an owner that is not there leaves it to the team."""
    match params.to:
        case "user":
            return params.user, None
        case "team":
            return None, params.team
        case "owner":
            owner = context.look_up("owner", on)
            return (owner, None) if owner else (None, params.team)
    return None, None


def _due(params: Params, context: Context) -> datetime | None:
    if params.due is None:
        return None
    zone = ZoneInfo(context.timezone)
    local = params.due.after(context.now, timezone=context.timezone, calendar=True).astimezone(zone)
    if params.weekdays and local.weekday() >= SATURDAY:
        local += timedelta(days=7 - local.weekday())
    if params.at:
        local = datetime.combine(local.date(), time.fromisoformat(params.at), zone)
    return local.astimezone(UTC)
