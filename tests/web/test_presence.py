"""Who is there: whoever has a screen open, told to everybody else's screens."""

from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis

from builder_ui import sse
from builder_ui.live import Screen
from builder_ui.process import NAME
from flowengine.desk.presence import leave
from flowengine.jobs import presence
from flowengine.jobs.sweeper import Sweeper


@pytest.fixture
def bia(house):
    """Bia has signed in, a day ago, and has no screen open."""
    bia = house.browser("bia")
    presence.unmark(house.redis, house.account, house.members["bia"])
    return bia


@pytest.fixture
def caio(house):
    """What Caio's screen hears."""
    stream = house.browser("caio").listen()
    stream.until("hello")
    return stream


def known(house, name="bia"):
    with house.unit() as unit:
        return unit.members.get(house.members[name]).presence


def screen(house):
    """What a screen of Bia's is told, as it asks for it; its signs of life come in haste."""
    process = house.app.extensions[NAME]
    return Screen(process, house.account, house.members["bia"], 0, None, heartbeat=0.05).events()


def sweep(house, *, after=0):
    """The worker's sweeps from a while before now until `after` seconds from now, so that it trusts what it sees."""
    now = datetime.now(UTC)
    for second in range(-presence.MARK_S, after + 1, presence.SWEEP_S):
        presence.sweep(house.engine, house.redis, now + timedelta(seconds=second))


def heard_about(stream, member):
    """The next change of a team that this person brought about."""
    while True:
        _, told, _ = stream.until("change")
        if told["kind"] == "team" and told["actor"] == str(member):
            return told


def test_whoever_opens_a_screen_is_there_and_others_hear_so(house, bia, caio):
    with house.unit() as unit:
        unit.members.leave([house.members["bia"]])

    bia.listen()

    heard_about(caio, house.members["bia"])
    assert known(house) == "online"


def test_whoever_has_a_screen_open_stays(house, bia):
    bia.listen()

    sweep(house)

    assert known(house) == "online"


def test_an_open_screen_says_again_and_again_that_it_is_there(house, bia):
    events = screen(house)
    next(events)
    house.redis.delete(presence.MARKS)

    heard = next(events)

    assert heard == sse.COMMENT
    assert house.redis.zcard(presence.MARKS) == 1


def test_thirty_seconds_after_the_last_screen_has_gone_so_has_its_person(house, bia, caio):
    bia.listen()
    sweep(house, after=30)
    assert known(house) == "online"

    sweep(house, after=presence.MARK_S)

    assert known(house) == "offline"
    heard_about(caio, house.members["bia"])


def test_one_of_two_screens_is_enough(house, bia):
    screens = [screen(house) for _ in range(2)]
    for each in screens:
        next(each)

    screens[0].close()
    sweep(house)

    assert known(house) == "online"


def test_who_is_away_stays_away_while_a_screen_is_open(house, bia):
    bia.post("/session", {"presence": "away"}, method="PATCH")
    bia.listen()

    sweep(house)

    assert known(house) == "away"


def test_while_redis_is_away_the_last_word_stands(house, bia):
    nowhere = Redis(host="127.0.0.1", port=1)

    assert presence.sweep(house.engine, nowhere) == 0

    assert known(house) == "online"


def test_a_redis_that_has_forgotten_everything_makes_nobody_absent(house, bia):
    sweep(house)
    bia.listen()
    house.redis.flushall()

    presence.sweep(house.engine, house.redis)
    presence.sweep(house.engine, house.redis, datetime.now(UTC) + timedelta(seconds=presence.BREAK_S))

    assert known(house) == "online"


def test_whoever_was_taken_for_absent_by_mistake_is_there_again_with_the_next_sweep(house, bia):
    bia.listen()
    with house.unit() as unit:
        unit.members.leave([house.members["bia"]])

    presence.sweep(house.engine, house.redis)

    assert known(house) == "online"


def test_of_many_sweeps_one_tells(house, bia):
    sweep(house)
    with house.unit() as unit:
        before = unit.live.position()

    sweep(house)

    with house.unit() as unit:
        assert unit.live.position() == before
    assert known(house) == "offline"


def test_whoever_signs_out_has_gone_at_once(house, bia):
    bia.delete("/session")

    assert known(house) == "offline"
    assert house.redis.zcard(presence.MARKS) == 0


def test_a_mark_of_somebody_who_was_removed_brings_nobody_back(house, bia):
    with house.unit() as unit:
        unit.members.remove(house.members["bia"])
    presence.mark(house.redis, house.account, house.members["bia"])

    presence.sweep(house.engine, house.redis)

    assert known(house) == "offline"


def test_a_worker_sweeps_beside_its_work(house, bia, caio):
    with house.unit() as unit:
        leave(unit, [house.members["bia"]])
    presence.mark(house.redis, house.account, house.members["bia"])

    with Sweeper(house.engine, house.redis, "hot", period=0.05):
        heard_about(caio, house.members["bia"])  # that she left
        heard_about(caio, house.members["bia"])  # and came

    assert known(house) == "online"
