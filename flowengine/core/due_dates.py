"""Absolute moments of a delay: a date and time of its author's, or one that is read from a text, shifted and yearly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from flowengine.core.answers.times import read_date
from flowengine.core.clock_changes import first_moment

SHIFTED = 11  # years beyond which no offset reaches: 3,650 days are nearly ten


@dataclass(frozen=True, slots=True)
class Offset:
    """Days are those of the calendar; hours and minutes are counted as they pass."""

    days: int = 0
    clock: timedelta = timedelta(0)

    @classmethod
    def read(cls, data: Mapping[str, Any] | None) -> Self:
        if not data:
            return cls()
        amount = int(data["amount"]) * (-1 if data["when"] == "before" else 1)
        return cls(days=amount) if data["unit"] == "days" else cls(clock=timedelta(**{data["unit"]: amount}))

    def applied(self, wall: datetime, zone: ZoneInfo) -> datetime:
        return first_moment(wall + timedelta(days=self.days), zone) + self.clock


def wall_in(text: str, *, usually_at: time, now: datetime, zone: ZoneInfo, language: str) -> datetime | None:
    """The date and time on the zone's clock that a text tells: ISO, or as people write dates; None where it tells none.

    `usually_at` is the time of day where the text has none.
    """
    text = text.strip()[:60]
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        day = read_date(text, now.astimezone(zone).date(), language)
        return None if day is None else datetime.combine(day, usually_at)
    if len(text) <= len("2026-11-22"):
        return datetime.combine(found.date(), usually_at)
    return found.astimezone(zone).replace(tzinfo=None) if found.tzinfo else found


def due(wall: datetime, offset: Offset, zone: ZoneInfo, *, yearly: bool, now: datetime) -> datetime | None:
    """The moment (UTC), or the next anniversary of it after `now`; None where the calendar does not reach so far."""
    try:
        if not yearly:
            return offset.applied(wall, zone).astimezone(UTC)
        shifted = (offset.applied(each, zone) for each in _anniversaries(wall, now.astimezone(zone).year - SHIFTED))
        return next((moment.astimezone(UTC) for moment in shifted if moment > now), None)
    except (OverflowError, ValueError):
        return None


def _anniversaries(wall: datetime, year: int) -> Iterator[datetime]:
    """In each year from `year` on; 29 February falls on 1 March where there is none."""
    for each in range(year, year + 2 * SHIFTED + 2):
        leap_day = (wall.month, wall.day) == (2, 29) and not _is_leap(each)
        yield datetime.combine(date(each, 3, 1) if leap_day else wall.date().replace(year=each), wall.time())


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
