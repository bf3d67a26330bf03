"""Filters of dates and times of day, on the contact's clock and in the language of the flow."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from babel.dates import format_date, format_datetime, format_time
from jinja2 import pass_context

from flowengine.core.filters.shown import written_date, written_time
from flowengine.core.filters.values import (
    date_of,
    language_of,
    locale_of,
    moment_of,
    number_of,
    plain_spaces,
    short,
    text_of,
    today_of,
)

LONGEST_PATTERN = 40  # of a date


@pass_context
def _date(context: Any, value: Any, pattern: str | None = None) -> str:
    """22/11/2026; `pattern` is short, medium, long, full or one of CLDR's, such as "dd/MM"."""
    moment = moment_of(context, value)
    if moment is None or isinstance(moment, time):
        return text_of(value)
    if not pattern:
        return written_date(context, moment)
    return short(plain_spaces(format_date(moment, str(pattern)[:LONGEST_PATTERN], locale=locale_of(context))))


@pass_context
def _time(context: Any, value: Any, pattern: str | None = None) -> str:
    """15:04, or 3:04 PM."""
    moment = moment_of(context, value)
    if moment is None or (isinstance(moment, date) and not isinstance(moment, datetime)):
        return text_of(value)
    if not pattern:
        return written_time(context, moment)
    shape = str(pattern)[:LONGEST_PATTERN]
    write = format_datetime if isinstance(moment, datetime) else format_time
    return short(plain_spaces(write(moment, shape, locale=locale_of(context))))


@pass_context
def _date_time(context: Any, value: Any) -> str:
    """22/11/2026 15:04; a date alone stays one."""
    moment = moment_of(context, value)
    if isinstance(moment, datetime):
        return f"{written_date(context, moment)} {written_time(context, moment)}"
    return str(_date(context, value))


@pass_context
def _weekday(context: Any, value: Any) -> str:
    """segunda-feira, Monday."""
    day = date_of(context, value)
    return text_of(value) if day is None else str(format_date(day, "EEEE", locale=locale_of(context)))


@pass_context
def _month(context: Any, value: Any) -> str:
    """novembro, November."""
    day = date_of(context, value)
    return text_of(value) if day is None else str(format_date(day, "LLLL", locale=locale_of(context)))


@pass_context
def _date_plus(context: Any, value: Any, amount: Any, unit: str = "days") -> Any:
    """So much later (earlier when negative). Days, weeks, months and years keep the time of day; a month that is too
    short gives its last day; minutes and hours are those that pass.
    """
    moment, number = moment_of(context, value), number_of(amount)
    if moment is None or number is None or isinstance(moment, time):
        return text_of(value)
    count = int(number)
    match unit:
        case "minutes" | "hours":
            if not isinstance(moment, datetime):
                moment = datetime.combine(moment, time())
            span = timedelta(minutes=count) if unit == "minutes" else timedelta(hours=count)
            return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo) if moment.tzinfo else moment + span
        case "days" | "weeks":
            return moment + timedelta(days=count * (7 if unit == "weeks" else 1))
        case "months" | "years":
            return _months_later(moment, count * (12 if unit == "years" else 1))
    raise ValueError(f"{unit!r} is no unit: minutes, hours, days, weeks, months, years")


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError("beyond the calendar")
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))


@pass_context
def _days_until(context: Any, value: Any) -> int | str:
    """Days of the calendar from today; 0 today, negative for what is past; nothing where there is no date."""
    day, today = date_of(context, value), today_of(context)
    return "" if day is None or today is None else (day - today).days


@pass_context
def _days_since(context: Any, value: Any) -> int | str:
    days = _days_until(context, value)
    return -days if isinstance(days, int) else ""


@pass_context
def _age(context: Any, value: Any) -> int | str:
    """Whole years since a date; nothing where there is none, or it is to come."""
    day, today = date_of(context, value), today_of(context)
    if day is None or today is None or day > today:
        return ""
    return today.year - day.year - ((today.month, today.day) < (day.month, day.day))


@pass_context
def _greeting(context: Any, value: Any) -> str:
    """What one says at this time of day: Bom dia, Boa tarde, Boa noite."""
    moment = moment_of(context, value)
    if moment is None or not isinstance(moment, datetime | time):
        return text_of(value)
    words = _GREETINGS[language_of(context) if language_of(context) in _GREETINGS else "en"]
    return words[0 if 5 <= moment.hour < 12 else 1 if 12 <= moment.hour < 18 else 2]


_GREETINGS = {
    "pt-BR": ("Bom dia", "Boa tarde", "Boa noite"),
    "en": ("Good morning", "Good afternoon", "Good evening"),
}

DATE_FILTERS: Mapping[str, Callable[..., Any]] = {
    "date": _date,
    "time": _time,
    "date_time": _date_time,
    "weekday": _weekday,
    "month": _month,
    "date_plus": _date_plus,
    "days_until": _days_until,
    "days_since": _days_since,
    "age": _age,
    "greeting": _greeting,
}
