"""When a zone's clock is set ahead or back, and what that makes of a time on the wall."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo


def clock_change(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """The moment, to the second, at which the zone's distance from UTC changes, somewhere between these two."""
    offset = before.astimezone(zone).utcoffset()
    while after - before > timedelta(seconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            before = middle
        else:
            after = middle
    return after.replace(microsecond=0)


def first_moment(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the zone's wall clock first shows `wall`, a time without a zone.

    Of a time that the clock shows twice it is the first; for one that it leaves out, the first moment after it.
    """
    first, second = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return clock_change(second, first, zone) if second < first else first
