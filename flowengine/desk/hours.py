"""Business hours as the core judges them: a country's holidays become dates, since the core reads no library."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from holidays import country_holidays

from flowengine.core.hours import is_open, next_opening, read_hours
from flowengine.store.hours import Hours


def hours_as_data(hours: Hours, now: datetime) -> dict[str, Any]:
    """{"timezone", "week", "holidays"} (core.hours), with the holidays of this year and the next.

    An entry {"country": "BR", "region"?: "SP"} stands for that country's; an own entry for a date comes after and
    so has the last word.
    """
    year = now.astimezone(ZoneInfo(hours.timezone)).year
    dates: list[Any] = []
    for entry in hours.holidays:
        if isinstance(entry, dict) and "country" in entry:
            dates += _of_country(entry["country"], entry.get("region"), year)
    own = [entry for entry in hours.holidays if not (isinstance(entry, dict) and "country" in entry)]
    return {"timezone": hours.timezone, "week": hours.week, "holidays": dates + own}


def opening(hours: Hours | None, now: datetime) -> tuple[bool, datetime | None]:
    """Whether it is open now, and if not when it opens next (None: not within a year). Without hours: always open."""
    if hours is None:
        return True, None
    judged = read_hours(hours_as_data(hours, now))
    if is_open(judged, now):
        return True, None
    return False, next_opening(judged, now + timedelta(seconds=1))


@cache
def _of_country(country: str, region: str | None, year: int) -> list[Any]:
    days = country_holidays(country, subdiv=region, years=(year, year + 1))
    return [{"date": day.isoformat(), "name": name} for day, name in sorted(days.items())]
