# ruff: noqa: DTZ001, DTZ901 - a time on the wall has no zone of its own
"""Moments of delays: what a clock shows, across its changes, and windows of the week."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.clock_changes import first_moment
from flowengine.core.due_dates import Offset, due, wall_in
from flowengine.core.hours import WEEKDAYS, is_open, next_opening
from flowengine.core.weekly_windows import weekly

# Zones that change their clock, did so until lately, do so by half an hour, never do, skipped a day (Apia, 2011).
ZONES = ["America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "America/Recife", "Pacific/Apia", "UTC"]
zones = st.sampled_from(ZONES).map(ZoneInfo)
walls = st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1))
moments = st.datetimes(datetime(2010, 1, 1), datetime(2035, 1, 1), timezones=st.just(UTC))
clocks = st.times().map(lambda clock: clock.strftime("%H:%M"))


@given(walls, zones)
def test_a_clock_shows_the_time_of_its_moment_or_has_just_left_it_out(wall, zone):
    shown = first_moment(wall, zone).astimezone(zone).replace(tzinfo=None)
    assert shown == wall or wall < shown <= wall + timedelta(days=1)


@given(walls, zones)
def test_a_later_time_on_the_wall_is_no_earlier_moment_where_the_clock_shows_it_once(wall, zone):
    later = first_moment(wall + timedelta(hours=3), zone)
    assert later > first_moment(wall, zone)


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), moments, zones, st.integers(-3_650, 3_650))
def test_an_anniversary_is_ahead_and_at_most_a_leap_year_away(born, now, zone, days):
    wall = datetime.combine(born, time(9))
    found = due(wall, Offset(days=days), zone, yearly=True, now=now)
    assert found is not None
    assert now < found <= now + timedelta(days=368)


@given(walls, zones, st.integers(-3_650, 3_650))
def test_days_before_or_after_keep_the_time_of_day(wall, zone, days):
    found = due(wall, Offset(days=days), zone, yearly=False, now=datetime(2020, 1, 1, tzinfo=UTC))
    assert found == first_moment(wall + timedelta(days=days), zone)


@given(moments, st.sets(st.sampled_from(WEEKDAYS), min_size=1), clocks, clocks, st.sampled_from(ZONES))
def test_a_window_opens_within_a_week_and_holds_the_moment_it_opens(moment, days, opens, closes, zone):
    window = weekly(zone, days, opens, closes)
    opening = next_opening(window, moment)
    # A window that lies wholly in the hour that the clock leaves out waits for the week after.
    assert opening is not None
    assert moment <= opening <= moment + timedelta(days=15)
    assert is_open(window, opening)


@pytest.mark.parametrize(
    ("text", "wall"),
    [
        ("2026-02-10", datetime(2026, 2, 10, 9)),
        ("2026-02-10T15:45", datetime(2026, 2, 10, 15, 45)),
        ("2026-02-10 15:45:30", datetime(2026, 2, 10, 15, 45, 30)),
        ("2026-02-10T15:45:00Z", datetime(2026, 2, 10, 12, 45)),
        ("10/02/2026", datetime(2026, 2, 10, 9)),
        ("amanhã", datetime(2026, 1, 6, 9)),
        ("", None),
        ("em breve", None),
    ],
)
def test_a_text_tells_a_date_and_time(text, wall):
    zone, now = ZoneInfo("America/Sao_Paulo"), datetime(2026, 1, 5, 13, tzinfo=UTC)
    assert wall_in(text, usually_at=time(9), now=now, zone=zone, language="pt-BR") == wall


@given(st.text(max_size=70), zones)
def test_any_text_tells_a_date_or_none_and_any_date_has_a_moment_or_none(text, zone):
    now = datetime(2026, 1, 5, 13, tzinfo=UTC)
    wall = wall_in(text, usually_at=time(9), now=now, zone=zone, language="pt-BR") or datetime.max
    found = due(wall, Offset(days=3_650), zone, yearly=True, now=now)
    assert found is None or found > now


@pytest.mark.parametrize("wall", [datetime.min, datetime.max])
@pytest.mark.parametrize("yearly", [False, True])
def test_the_ends_of_the_calendar_are_no_error(wall, yearly):
    now = datetime(2026, 1, 5, 13, tzinfo=UTC)
    for days in (-3_650, 3_650):
        found = due(wall, Offset(days=days), ZoneInfo("America/Sao_Paulo"), yearly=yearly, now=now)
        assert found is None or found.tzinfo is not None
