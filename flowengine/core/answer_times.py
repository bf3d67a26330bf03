"""Dates and times of day as people write them in Portuguese and English."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from flowengine.core.text import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            *("janeiro jan january", "fevereiro fev february feb", "marco mar march", "abril abr april apr"),
            *("maio mai may", "junho jun june", "julho jul july", "agosto ago august aug"),
            *("setembro set september sep sept", "outubro out october oct", "novembro nov november"),
            "dezembro dez december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "segunda monday",
            "terca tuesday",
            "quarta wednesday",
            "quinta thursday",
            "sexta friday",
            "sabado saturday",
            "domingo sunday",
        )
    )
    for name in names.split()
}
_NEAR = {"hoje": 0, "today": 0, "amanha": 1, "tomorrow": 1, "depois de amanha": 2, "ontem": -1, "yesterday": -1}

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMBERS = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})(?:[/.\- ](\d{4}|\d{2}))?")
_DAY_MONTH = re.compile(r"(?:dia )?(\d{1,2})(?:o|st|nd|rd|th)?(?: de| of)? ([a-z]{3,9})\.?(?:(?: de|,)? (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_CLOCK = re.compile(
    r"(?:as |at )?(\d{1,2})(?:(?::|h| h |hs)(\d{2})?)?(?:min|hs|h)?(?: ?horas?)? ?(am|pm|da manha|da tarde|da noite)?"
)


def read_date(text: str, today: date, language: str) -> date | None:
    """22/11/2026, 22-11-26, 22/11, 22 de novembro, amanhã, sexta; without a year the next such day from `today` on."""
    said = fold(text).strip(" .!")[:60].removeprefix("no dia ").removeprefix("em ")
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    weekday = _WEEKDAYS.get(said.removesuffix("-feira").removesuffix(" feira").removeprefix("next "))
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if match := _ISO.fullmatch(said):
        year, month, day = map(int, match.groups())
        return _valid(year, month, day)
    if match := _NUMBERS.fullmatch(said):
        first, second, year_text = match.groups()
        day, month = (int(second), int(first)) if language == "en" else (int(first), int(second))
        return _with_year(day, month, year_text, today)
    if match := _DAY_MONTH.fullmatch(said):
        return _with_year(int(match[1]), _MONTHS.get(match[2], 0), match[3], today)
    if match := _MONTH_DAY.fullmatch(said):
        return _with_year(int(match[2]), _MONTHS.get(match[1], 0), match[3], today)
    return None


def read_time(text: str) -> time | None:
    """14:30, 14h30, 14h, 2pm, 8 da noite; a bare number is an hour."""
    match = _CLOCK.fullmatch(fold(text).strip(" .!")[:40])
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half in ("pm", "da tarde", "da noite") and hour < 12:
        hour += 12
    if half in ("am", "da manha") and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _with_year(day: int, month: int, year: str | None, today: date) -> date | None:
    if year is not None:
        number = int(year)
        return _valid(number if number > 99 else _century(number, today), month, day)
    for candidate in range(today.year, today.year + 9):  # a 29 February may be eight years away
        found = _valid(candidate, month, day)
        if found is not None and found >= today:
            return found
    return None


def _century(year: int, today: date) -> int:
    """Two digits mean the year nearest to today, at most 20 ahead: births lie back, appointments ahead."""
    full = today.year - today.year % 100 + year
    return full if full <= today.year + 20 else full - 100


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
