"""Amounts of time: hours as they pass, days by the clock or by the calendar."""

from datetime import UTC, datetime

import pytest

from flowengine.core.durations import Duration


def _at(text):
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("amount", "unit", "calendar", "begun", "over"),
    [
        (90, "seconds", False, "2026-01-05T12:00:00+00:00", "2026-01-05T12:01:30+00:00"),
        (2, "hours", True, "2026-01-05T12:00:00+00:00", "2026-01-05T14:00:00+00:00"),
        # New York, 8 March 2026: 02:00 becomes 03:00; 1 November 2026: 02:00 becomes 01:00.
        (1, "days", False, "2026-03-07T17:00:00+00:00", "2026-03-08T17:00:00+00:00"),
        (1, "days", True, "2026-03-07T17:00:00+00:00", "2026-03-08T16:00:00+00:00"),
        (1, "days", True, "2026-03-07T07:30:00+00:00", "2026-03-08T07:00:00+00:00"),
        (1, "days", True, "2026-10-31T05:30:00+00:00", "2026-11-01T05:30:00+00:00"),
    ],
)
def test_a_duration_is_over(amount, unit, calendar, begun, over):
    end = Duration(amount, unit).after(_at(begun), timezone="America/New_York", calendar=calendar)
    assert end == _at(over)


def test_a_timer_remembers_its_words():
    timer = Duration(2, "days").timer("delay", datetime(2026, 1, 5, tzinfo=UTC), timezone="UTC", calendar=True)
    assert timer.rule == {"amount": 2, "unit": "days", "days": "calendar", "timezone": "UTC"}
