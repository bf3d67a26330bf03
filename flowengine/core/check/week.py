"""The minutes of a week as the bits of one number, so that whole sets of moments are rotated and joined at once.

Bit 0 is Monday 00:00 UTC; hours in other zones are laid onto it with the zone's distance from UTC at one moment, so a
clock change later in the year shifts nothing here. Holidays are left out: they are no week like the others.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flowengine.core.errors import Invalid
from flowengine.core.hours import read_hours

Week = int

MINUTES = 7 * 24 * 60
ALWAYS: Week = (1 << MINUTES) - 1
NEVER: Week = 0
SOME_MONDAY = datetime(2026, 1, 5, tzinfo=UTC)


def week_of(hours: Mapping[str, Any] | None, at: datetime | None) -> Week:
    """The minutes in which these hours are open; always where there are none or they cannot be read.

    >>> week_of({"timezone": "America/Sao_Paulo", "week": {"mon": [["08:00", "08:02"]]}}, None) == 0b11 << 11 * 60
    True
    """
    if hours is None:
        return ALWAYS
    try:
        read = read_hours(hours)
    except Invalid:
        return ALWAYS
    offset = (at or SOME_MONDAY).astimezone(ZoneInfo(read.timezone)).utcoffset() or timedelta()
    local = NEVER
    for day, spans in enumerate(read.week):
        for start, end in spans:
            local |= ((1 << (end - start)) - 1) << (day * 24 * 60 + start)
    return later(local & ALWAYS, -int(offset.total_seconds() // 60))


def later(week: Week, minutes: int) -> Week:
    """The same moments, so many minutes later.

    >>> later(1 << (MINUTES - 1), 2) == 0b10
    True
    """
    minutes %= MINUTES
    return ((week << minutes) | (week >> (MINUTES - minutes))) & ALWAYS


def spread(week: Week, least: float, most: float) -> Week:
    """When it can be after some time between `least` and `most` seconds; `most` may be infinite.

    >>> bin(spread(0b1, 60, 180))
    '0b1110'
    """
    if week in (ALWAYS, NEVER) or most == 0:
        return week
    first = math.floor(least / 60)
    if math.isinf(most) or (wide := math.ceil(most / 60) - first) >= MINUTES:
        return ALWAYS
    week, covered = later(week, first), 0
    while covered < wide:  # doubled each time
        step = min(covered + 1, wide - covered)
        week |= later(week, step)
        covered += step
    return week
