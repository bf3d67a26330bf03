"""Amounts of time as authors give them, and when they are over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Self
from zoneinfo import ZoneInfo

from flowengine.core.clock_changes import first_moment
from flowengine.core.steps import Timer

_LENGTHS = {unit: timedelta(**{unit: 1}) for unit in ("seconds", "minutes", "hours", "days")}


@dataclass(frozen=True, slots=True)
class Duration:
    """`unit` is seconds, minutes, hours or days."""

    amount: int
    unit: str

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> Self:
        return cls(int(data["amount"]), str(data["unit"]))

    @property
    def length(self) -> timedelta:
        """With days of 24 hours."""
        return self.amount * _LENGTHS[self.unit]

    def after(self, moment: datetime, *, timezone: str = "UTC", calendar: bool = False) -> datetime:
        """`moment` plus this, in UTC.

        `calendar` counts days by the wall clock of `timezone`: the same time on a later date. A time that does not
        exist there becomes the first one after it, of one that exists twice the first is taken.
        """
        if not (calendar and self.unit == "days"):
            return moment + self.length
        zone = ZoneInfo(timezone)
        return first_moment(moment.astimezone(zone).replace(tzinfo=None) + timedelta(days=self.amount), zone)

    def timer(self, name: str, moment: datetime, *, timezone: str = "UTC", calendar: bool = False) -> Timer:
        """A timer for it that remembers the words it was computed from."""
        due = self.after(moment, timezone=timezone, calendar=calendar)
        rule = {"amount": self.amount, "unit": self.unit}
        return Timer(name, due, {**rule, "days": "calendar", "timezone": timezone} if calendar else rule)


DAY = Duration(24, "hours")
