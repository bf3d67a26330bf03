"""Business hours as data: whether somebody is there at a moment, and when the doors open next.

    {"timezone": "America/Sao_Paulo",
     "week": {"mon": [["08:00", "12:00"], ["13:30", "18:00"]], "sat": [["09:00", "13:00"]]},
     "holidays": ["2026-12-25", {"date": "2026-12-24", "name": "Véspera", "spans": [["08:00", "12:00"]]}]}

Spans are wall-clock times of the zone, "24:00" is the day's end; a holiday's spans replace the weekday's. A wall time
that a clock change leaves out counts from the first moment after it; one that happens twice counts both times.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flowengine.core.clock_changes import clock_change
from flowengine.core.errors import Invalid

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FURTHEST = 400  # days looked ahead: a year of holidays and then some

Span = tuple[int, int]  # minutes of the day, from and until


@dataclass(frozen=True, slots=True)
class Hours:
    """Spans by weekday (Monday first) and by date; sorted, none touches the next."""

    timezone: str
    week: tuple[tuple[Span, ...], ...]
    holidays: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)

    def spans(self, day: date) -> tuple[Span, ...]:
        return self.holidays[day] if day in self.holidays else self.week[day.weekday()]


def read_hours(data: Mapping[str, Any]) -> Hours:
    """The hours that `data` describes; raises Invalid with a pointer to what cannot be read."""
    try:
        zone = ZoneInfo(str(data["timezone"])).key
    except (KeyError, ValueError, OSError) as unknown:
        raise Invalid("this time zone is not known", detail={"pointer": "/timezone"}) from unknown
    week = data.get("week") or {}
    days = tuple(_read_spans(week.get(day, ()), f"/week/{day}") for day in WEEKDAYS)
    holidays = {}
    for place, holiday in enumerate(data.get("holidays") or ()):
        entry = {"date": holiday} if isinstance(holiday, str) else holiday
        if "country" in entry:
            continue  # the outside turns a country's holidays into dates before it hands the hours in
        try:
            day = date.fromisoformat(entry["date"])
        except (KeyError, TypeError, ValueError) as unreadable:
            raise Invalid("a holiday needs a date", detail={"pointer": f"/holidays/{place}/date"}) from unreadable
        holidays[day] = _read_spans(entry.get("spans") or (), f"/holidays/{place}/spans")
    return Hours(zone, days, holidays)


def is_open(hours: Hours, at: datetime) -> bool:
    """Whether `at` (aware) lies within a span; a span's end is outside."""
    local = at.astimezone(ZoneInfo(hours.timezone))
    minute = local.hour * 60 + local.minute
    return any(start <= minute < end for start, end in hours.spans(local.date()))


def next_opening(hours: Hours, at: datetime) -> datetime | None:
    """`at` itself while open, else the moment (UTC) the doors open next; None when they stay shut for over a year."""
    if is_open(hours, at):
        return at
    today = at.astimezone(ZoneInfo(hours.timezone)).date()
    for ahead in range(-1, FURTHEST):
        day = today + timedelta(days=ahead)
        for moment in _possible_openings(hours, day):
            if moment >= at and is_open(hours, moment):
                return moment
    return None


def _possible_openings(hours: Hours, day: date) -> list[datetime]:
    """Every moment of the day at which closed can become open: starts of spans, and changes of the clock."""
    spans = hours.spans(day)
    if not spans:
        return []
    zone = ZoneInfo(hours.timezone)
    moments = {moment for start, _ in spans for moment in _moments(day, start, zone)}
    moments.update(moment for moment in _clock_changes(day, zone) if moment.astimezone(zone).date() == day)
    return sorted(moments)


def _moments(day: date, minute: int, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments a wall clock shows this time: one, two when it is set back, none in the gap when it is set ahead."""
    wall = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    for fold in (0, 1):
        moment = wall.replace(fold=fold).astimezone(UTC)
        if moment.astimezone(zone).replace(fold=0) == wall.replace(fold=0):
            yield moment


def _clock_changes(day: date, zone: ZoneInfo) -> Iterator[datetime]:
    """The moments of the day at which the zone's distance from UTC changes."""
    start = datetime(day.year, day.month, day.day, tzinfo=UTC) - timedelta(hours=15)
    for hour in range(54):
        before, after = start + timedelta(hours=hour), start + timedelta(hours=hour + 1)
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield clock_change(before, after, zone)


def _read_spans(spans: Any, pointer: str) -> tuple[Span, ...]:
    if not isinstance(spans, list | tuple):
        raise Invalid("spans are a list of [from, until]", detail={"pointer": pointer})
    read = sorted(_read_span(span, f"{pointer}/{place}") for place, span in enumerate(spans))
    joined: list[Span] = []
    for start, end in read:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _read_span(span: Any, pointer: str) -> Span:
    if not isinstance(span, Sequence) or isinstance(span, str) or len(span) != 2:
        raise Invalid("a span is [from, until]", detail={"pointer": pointer})
    start, end = (_minutes(clock, f"{pointer}/{place}") for place, clock in enumerate(span))
    if end <= start:
        raise Invalid("a span ends after it begins; split it at 24:00", detail={"pointer": pointer})
    return start, end


def _minutes(clock: Any, pointer: str) -> int:
    hour, _, minute = str(clock).partition(":")
    if hour.isascii() and hour.isdigit() and minute.isascii() and minute.isdigit() and len(minute) == 2:
        minutes = int(hour) * 60 + int(minute)
        if int(minute) < 60 and minutes <= 24 * 60:
            return minutes
    raise Invalid("a time is written 08:30", detail={"pointer": pointer})
