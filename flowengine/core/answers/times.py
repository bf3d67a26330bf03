"""Dates and times of day as people write them in Portuguese and English."""

from __future__ import annotations

import re
from datetime import date, time, timedelta

from flowengine.core.answers.numbers import number_in_words
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
_RUN_TOGETHER = re.compile(r"(\d{2})(\d{2})(\d{4})")
_DAY_MONTH = re.compile(r"(\d{1,2})(?:o|st|nd|rd|th)?(?: de| of)? ([a-z]{3,9})\.?(?:(?: de|,)? (\d{4}))?")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?:,? (\d{4}))?")
_IN_DAYS = re.compile(r"(?:daqui a|daqui|em|in) (\d{1,3}|[a-z]+) (dias?|days?|semanas?|weeks?)")
_DAY_ONLY = re.compile(r"dia (\d{1,2})")
_BEFORE_DATE = re.compile(r"(?:no |na |em |pro |para )?(?:dia |proxim[oa] |est[ae] |ess[ae] |next |this |on )?")
_AFTER_DATE = (" que vem", " proxima", " agora", " cedo", " de manha", " a tarde", " a noite", " morning", " evening")

_CLOCK = re.compile(
    r"(?:(?:la )?pel?as |[aà]s |at )?(\d{1,2})(?:(?::|\.|h| h |hs)(\d{2})?)?(?:min|hs|h)?(?: ?horas?)?"
    r"(?: ?o'?clock)? ?(am|pm|da manha|da tarde|da noite|da madrugada|de manha|in the morning|in the evening)?"
)
_CLOCK_WORDS = (
    (re.compile(r"\bmeio[- ]dia\b|\bnoon\b"), "12"),
    (re.compile(r"\bmeia[- ]noite\b|\bmidnight\b"), "0"),
    (re.compile(r"(?: horas)? e meia\b"), ":30"),
    (re.compile(r"(?: horas)? e quinze\b"), ":15"),
    (re.compile(r"^(\d{2})(\d{2})$"), r"\1:\2"),
)
_AFTERNOON = ("pm", "da tarde", "da noite", "in the evening")
_MIDNIGHT_IS_12 = ("am", "da noite", "da manha", "da madrugada")


def read_date(text: str, today: date, language: str) -> date | None:
    """22/11/2026, 22-11-26, 22/11, 22 de novembro, amanhã, sexta que vem, dia 5, daqui a 3 dias, 22112026.

    Without a year it is the next such day, `today` included; a weekday is never today.
    """
    said = " ".join(fold(text).split()).strip(" .!,")[:60].replace("primeiro de", "1 de")
    if (ahead := _days_ahead(said)) is not None:
        return today + timedelta(days=ahead)
    if match := _DAY_ONLY.fullmatch(said.removeprefix("no ")):
        return _next_day(int(match[1]), today)
    said = _bare_date(said)
    if said in _NEAR:
        return today + timedelta(days=_NEAR[said])
    weekday = _WEEKDAYS.get(said.removesuffix("-feira").removesuffix(" feira"))
    if weekday is not None:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    return _calendar_date(said, today, language)


def read_time(text: str) -> time | None:
    """14:30, 14h30, 14h, 2pm, 8 da noite, duas e meia da tarde, meio-dia, 1430; a bare number is an hour."""
    said = " ".join(fold(text).split()).strip(" .!,")[:40]
    for pattern, figures in _CLOCK_WORDS:
        said = pattern.sub(figures, said)
    match = _CLOCK.fullmatch(_hour_in_figures(said))
    if match is None:
        return None
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half in _AFTERNOON and hour < 12:
        hour += 12
    elif half in _MIDNIGHT_IS_12 and hour == 12:
        hour = 0
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _hour_in_figures(said: str) -> str:
    """“duas da tarde” as “2 da tarde”: the first word that spells a number stands for it."""
    words = said.split()
    start = 1 if words and words[0] in ("as", "at") else 0
    number, rest = number_in_words(re.split(r"[ :]", " ".join(words[start:]), maxsplit=1)[:1])
    if number is None or rest:
        return said
    first = words[start].partition(":")
    return " ".join([f"{number}{first[1]}{first[2]}", *words[start + 1 :]])


def _days_ahead(said: str) -> int | None:
    match = _IN_DAYS.fullmatch(said)
    if match is None:
        return None
    amount = int(match[1]) if match[1].isdigit() else number_in_words([match[1]])[0]
    return None if amount is None else amount * (7 if match[2][0] in "sw" else 1)


def _bare_date(said: str) -> str:
    """Without “no dia”, “próxima”, “que vem” and the part of the day, which a date does not need."""
    for ending in _AFTER_DATE:
        said = said.removesuffix(ending)
    opening = _BEFORE_DATE.match(said)
    return said[opening.end() :] if opening else said


def _next_day(day: int, today: date) -> date | None:
    """The next day of this number, `today` included."""
    for ahead in range(13):
        years, month = divmod(today.month - 1 + ahead, 12)
        found = _valid(today.year + years, month + 1, day)
        if found is not None and found >= today:
            return found
    return None


def _calendar_date(said: str, today: date, language: str) -> date | None:
    if match := _ISO.fullmatch(said):
        year, month, day = map(int, match.groups())
        return _valid(year, month, day)
    if match := _NUMBERS.fullmatch(said) or _RUN_TOGETHER.fullmatch(said):
        first, second, year_text = match.groups()
        day, month = (int(second), int(first)) if language == "en" else (int(first), int(second))
        return _with_year(day, month, year_text, today)
    if match := _DAY_MONTH.fullmatch(said):
        return _with_year(int(match[1]), _MONTHS.get(match[2], 0), match[3], today)
    if match := _MONTH_DAY.fullmatch(said):
        return _with_year(int(match[2]), _MONTHS.get(match[1], 0), match[3], today)
    return None


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
