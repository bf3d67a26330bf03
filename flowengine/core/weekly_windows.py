"""A window of the week, the same hours on some weekdays, as business hours."""

from __future__ import annotations

from collections.abc import Collection

from flowengine.core.hours import WEEKDAYS, Hours, read_hours

MIDNIGHT = "24:00"


def weekly(timezone: str, weekdays: Collection[str], opens: str, closes: str) -> Hours:
    """From `opens` until `closes` on these weekdays; a window that ends before it begins ends on the next day.

    The same time twice is the whole day, from then on.
    """
    week: dict[str, list[list[str]]] = {day: [] for day in WEEKDAYS}
    for place, day in enumerate(WEEKDAYS):
        if day not in weekdays:
            continue
        if opens < closes:
            week[day].append([opens, closes])
        else:
            week[day].append([opens, MIDNIGHT])
            if closes != "00:00":
                week[WEEKDAYS[(place + 1) % 7]].append(["00:00", closes])
    return read_hours({"timezone": timezone, "week": week})
