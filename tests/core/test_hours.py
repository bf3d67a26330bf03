"""Business hours: open or not, and when next, in every zone and across every change of the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.errors import Invalid
from flowengine.core.hours import WEEKDAYS, is_open, next_opening, read_hours

ZONES = ["America/Sao_Paulo", "America/New_York", "Europe/Lisbon", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]
OFFICE = {
    "timezone": "America/Sao_Paulo",
    "week": {day: [["08:00", "12:00"], ["13:30", "18:00"]] for day in WEEKDAYS[:5]},
}


def _clock(minute):
    return f"{minute // 60:02}:{minute % 60:02}"


def _spans(bounds):
    low, high = min(bounds), max(bounds)
    return [_clock(low), _clock(high if high > low else low + 1)]


_span = st.tuples(st.integers(0, 1439), st.integers(1, 1440)).map(_spans)
_week = st.dictionaries(st.sampled_from(WEEKDAYS), st.lists(_span, max_size=3), max_size=7)
_hours = st.builds(
    lambda zone, week, days: read_hours(
        {"timezone": zone, "week": week, "holidays": [{"date": d.isoformat(), "spans": s} for d, s in days.items()]}
    ),
    st.sampled_from(ZONES),
    _week,
    st.dictionaries(st.dates(date(2026, 1, 1), date(2027, 1, 1)), st.lists(_span, max_size=2), max_size=5),
)
# Around the days on which clocks change as well as anywhere in the year.
_changes = [
    datetime(2026, month, day, tzinfo=UTC) for month, day in ((3, 8), (3, 29), (4, 4), (10, 3), (10, 25), (11, 1))
]
_moments = st.one_of(
    st.integers(0, 365 * 24 * 60).map(lambda minute: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)),
    st.builds(
        lambda day, minutes: day + timedelta(minutes=minutes), st.sampled_from(_changes), st.integers(-900, 2400)
    ),
)


def _at(text):
    return datetime.fromisoformat(text)


def test_the_doors_open_at_midnight_of_the_day_on_which_the_clock_is_set_ahead():
    week = {"sat": [["00:00", "00:01"]], "sun": [["00:00", "03:01"]]}
    hours = read_hours({"timezone": "America/New_York", "week": week})
    assert next_opening(hours, _at("2026-03-07T19:00:00-05:00")) == _at("2026-03-08T00:00:00-05:00")


@given(_hours, _moments)
@settings(max_examples=300)
def test_the_next_opening_is_not_before_is_open_and_closed_just_before(hours, at):
    opening = next_opening(hours, at)
    if opening is None:
        assert not is_open(hours, at)
        return
    assert opening >= at
    assert is_open(hours, opening)
    assert opening == at or not is_open(hours, opening - timedelta(microseconds=1))


@given(_hours, _moments, st.integers(0, 5000))
@settings(max_examples=300)
def test_nothing_is_open_before_the_next_opening(hours, at, minutes):
    between = at + timedelta(minutes=minutes)
    opening = next_opening(hours, at)
    assert not is_open(hours, between) or opening is not None and opening <= between


@pytest.mark.parametrize(
    ("moment", "open_then"),
    [
        ("2026-01-05T08:00:00-03:00", True),
        ("2026-01-05T07:59:59-03:00", False),
        ("2026-01-05T12:00:00-03:00", False),
        ("2026-01-05T13:30:00-03:00", True),
        ("2026-01-05T21:00:00+00:00", False),
        ("2026-01-10T10:00:00-03:00", False),
    ],
)
def test_an_office_is_open_within_its_spans(moment, open_then):
    assert is_open(read_hours(OFFICE), _at(moment)) is open_then


def test_a_friday_evening_waits_for_monday():
    assert next_opening(read_hours(OFFICE), _at("2026-01-09T18:00:00-03:00")) == _at("2026-01-12T08:00:00-03:00")


def test_a_holiday_closes_the_day_or_shortens_it():
    holidays = ["2026-01-05", {"date": "2026-01-06", "spans": [["10:00", "11:00"]]}]
    hours = read_hours({**OFFICE, "holidays": holidays})
    assert next_opening(hours, _at("2026-01-05T09:00:00-03:00")) == _at("2026-01-06T10:00:00-03:00")


def test_a_time_that_the_clock_leaves_out_opens_right_after_the_gap():
    # New York, 8 March 2026: 02:00 becomes 03:00.
    hours = read_hours({"timezone": "America/New_York", "week": {"sun": [["02:30", "10:00"]]}})
    assert next_opening(hours, _at("2026-03-08T05:00:00+00:00")) == _at("2026-03-08T07:00:00+00:00")


def test_a_time_that_comes_twice_opens_twice():
    # New York, 1 November 2026: 02:00 becomes 01:00.
    hours = read_hours({"timezone": "America/New_York", "week": {"sun": [["01:00", "01:30"]]}})
    assert next_opening(hours, _at("2026-11-01T05:30:00+00:00")) == _at("2026-11-01T06:00:00+00:00")


def test_doors_that_never_open_have_no_next_opening():
    assert next_opening(read_hours({"timezone": "UTC"}), _at("2026-01-05T09:00:00+00:00")) is None


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({"timezone": "Mars/Olympus"}, "/timezone"),
        ({}, "/timezone"),
        ({"timezone": "UTC", "week": {"mon": "08:00"}}, "/week/mon"),
        ({"timezone": "UTC", "week": {"mon": [["18:00", "08:00"]]}}, "/week/mon/0"),
        ({"timezone": "UTC", "week": {"mon": [["8h", "9h"]]}}, "/week/mon/0/0"),
        ({"timezone": "UTC", "week": {"mon": [["08:00", "24:01"]]}}, "/week/mon/0/1"),
        ({"timezone": "UTC", "holidays": [{"name": "?"}]}, "/holidays/0/date"),
        ({"timezone": "UTC", "holidays": [{"date": "2026-02-30"}]}, "/holidays/0/date"),
    ],
)
def test_hours_that_cannot_be_read_are_refused_with_the_place(data, pointer):
    with pytest.raises(Invalid) as refused:
        read_hours(data)
    assert refused.value.detail == {"pointer": pointer}
