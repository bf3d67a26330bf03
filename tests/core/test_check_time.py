"""How the checker reckons with time, held to walking every path and every minute."""

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.check.hops import Hop, Ways, knots
from flowengine.core.check.silence import least_silence, most_silence
from flowengine.core.check.week import ALWAYS, MINUTES, later, spread, week_of
from flowengine.core.hours import WEEKDAYS

HOUR = 3600.0
NODES = "abcde"


@st.composite
def _ways(draw):
    """A small flow: hops of some hours, some of which the contact's word opens."""
    ends = st.sampled_from(NODES)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=8))
    hops = [
        Hop(source, str(number), target, least * HOUR, (least + more) * HOUR, heard)
        for number, (source, target) in enumerate(pairs)
        for least, more, heard in [draw(st.tuples(st.integers(0, 3), st.integers(0, 2), st.booleans()))]
    ]
    reached = {"a"}
    for _ in NODES:
        reached |= {hop.target for hop in hops if hop.source in reached}
    return Ways({"a": True}, tuple(hop for hop in hops if hop.source in reached))


def _walked(ways, steps, better, of):
    """The best silence with which a path of at most so many hops comes to each node."""
    found = {"a": 0.0}
    for _ in range(steps):
        for hop in ways.hops:
            if hop.source in found:
                came = 0.0 if hop.heard else found[hop.source] + of(hop)
                found[hop.target] = better(found.get(hop.target, came), came)
    return found


@given(_ways())
@settings(max_examples=300)
def test_the_least_and_the_most_silence_are_those_of_some_path(ways):
    least = _walked(ways, len(NODES), min, lambda hop: hop.least)
    most = _walked(ways, 200, max, lambda hop: hop.most)
    longest = (len(NODES) - 1) * 5 * HOUR  # without a circle; round one, 200 hops make far more of an hour
    endless = {node: math.inf if seconds > longest else seconds for node, seconds in most.items()}
    assert {node: silence.seconds for node, silence in least_silence(ways).items()} == least
    assert {node: silence.seconds for node, silence in most_silence(ways).items()} == endless


@given(_ways())
def test_knots_come_in_the_order_they_are_walked(ways):
    place = {node: number for number, knot in enumerate(knots(ways.nodes(), ways.hops)) for node in knot}
    assert all(place[hop.source] <= place[hop.target] for hop in ways.hops)


@given(st.sets(st.integers(0, MINUTES - 1), max_size=5), st.integers(0, 30_000), st.integers(0, 400))
def test_a_spread_week_holds_each_minute_it_can_be(minutes, least, wide):
    week = sum(1 << minute for minute in minutes)
    reached = {(minute + least + late) % MINUTES for minute in minutes for late in range(wide + 1)}
    expected = week if not wide and not least else sum(1 << minute for minute in reached)
    assert spread(week, least * 60, (least + wide) * 60) == expected


@given(st.integers(0, MINUTES - 1), st.integers(-20_000, 20_000))
def test_a_minute_goes_round_the_week(minute, minutes):
    assert later(1 << minute, minutes) == 1 << (minute + minutes) % MINUTES


def test_a_week_that_is_open_all_day_every_day_is_always_open():
    hours = {"timezone": "Asia/Kathmandu", "week": {day: [["00:00", "24:00"]] for day in WEEKDAYS}}
    assert week_of(hours, None) == ALWAYS
