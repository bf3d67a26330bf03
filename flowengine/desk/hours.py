"""Business hours as the core judges them: a country's holidays become dates, since the core reads no library."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from holidays import country_holidays

from flowengine.core.errors import Invalid
from flowengine.core.hours import WEEKDAYS, is_open, next_opening, read_hours
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


def must_be_hours(timezone: str, week: Mapping[str, Any], holidays: Sequence[Any]) -> None:
    """Raises Invalid, with a pointer, for what neither the core nor the calendar of holidays can read."""
    unknown = sorted(week.keys() - set(WEEKDAYS))
    if unknown:
        raise Invalid(f"{unknown[0]!r} is no day of the week", detail={"pointer": f"/week/{unknown[0]}"})
    read_hours({"timezone": timezone, "week": week, "holidays": holidays})
    for place, entry in enumerate(holidays):
        if isinstance(entry, dict) and "country" in entry:
            try:
                _of_country(entry["country"], entry.get("region"), 2026)
            except (NotImplementedError, KeyError, TypeError) as unknown_place:
                where = f"/holidays/{place}"
                raise Invalid("no holidays are known of there", detail={"pointer": where}) from unknown_place


def open_now(hours: Hours | None, now: datetime) -> bool:
    """Without hours: always."""
    return hours is None or is_open(read_hours(hours_as_data(hours, now)), now)


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
