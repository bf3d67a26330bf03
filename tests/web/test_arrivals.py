"""What comes at once is stored together, and each sender hears of their own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from threading import Event, Thread

import pytest

from builder_ui.arrivals import Arrivals, as_inbound
from flowengine.channels.arrived import Arrived
from flowengine.store.engine import StoreBusy
from flowengine.store.unit import Unit


class Slow:
    """An engine whose first transaction begins only when it is told to go on; counts them."""

    def __init__(self, engine):
        self.engine = engine
        self.begun, self.go_on = Event(), Event()
        self.transactions = 0

    def begin(self):
        self.transactions += 1
        first = not self.begun.is_set()
        self.begun.set()
        assert not first or self.go_on.wait(10)
        return self.engine.begin()


@pytest.fixture
def slow(house):
    return Slow(house.engine)


@pytest.fixture
def desk(house, slow):
    return Arrivals(slow, house.redis)


def brought(house, id, text="Oi", sender="renata"):
    return [as_inbound(Arrived(id, sender, text), channel=house.http.id, now=datetime.now(UTC))]


def all_at_once(house, desk, slow, posts):
    """One is being stored while all the others come; what each was told, or what it met."""

    def take_in(post):
        try:
            return desk.take_in(house.account, post)
        except Exception as fault:
            return fault

    with ThreadPoolExecutor(len(posts) + 1) as pool:
        first = pool.submit(take_in, brought(house, "first"))
        assert slow.begun.wait(10)
        told = [pool.submit(take_in, post) for post in posts]
        while len(desk._lines[house.account].waiting) < len(posts):
            pass
        slow.go_on.set()
        assert [each.duplicate for each in first.result()] == [False]
        return [each.result() for each in told]


def waiting_texts(house):
    with Unit.open(house.engine, house.account) as unit:
        lane = unit.contacts.identity(house.http.id, "renata").contact_id
        return [each.event["text"] for each in unit.intake.waiting([lane])]


def test_who_comes_while_another_is_stored_is_stored_with_all_who_came_meanwhile(house, desk, slow):
    told = all_at_once(house, desk, slow, [brought(house, f"m-{n}", f"{n}") for n in range(30)])

    assert slow.transactions == 2
    assert len({each.event_id for (each,) in told}) == 30
    assert sorted(waiting_texts(house)) == sorted(["Oi", *(f"{n}" for n in range(30))])


def test_the_same_message_from_two_at_once_is_stored_once(house, desk, slow):
    (one,), (two,) = all_at_once(house, desk, slow, [brought(house, "m-1"), brought(house, "m-1")])

    assert one.event_id == two.event_id
    assert {one.duplicate, two.duplicate} == {False, True}


def test_what_cannot_be_stored_harms_nobody_who_came_with_it(house, desk, slow):
    bad = [replace(each, event={**each.event, "text": object()}) for each in brought(house, "m-2")]
    posts = [brought(house, "m-1", "um"), bad, brought(house, "m-3", "três")]

    one, fault, three = all_at_once(house, desk, slow, posts)

    assert isinstance(fault, TypeError)
    assert [one[0].duplicate, three[0].duplicate] == [False, False]
    assert sorted(waiting_texts(house)) == ["Oi", "três", "um"]


def test_a_transaction_holds_no_more_than_its_share(house, slow):
    desk = Arrivals(slow, house.redis, most=10)

    all_at_once(house, desk, slow, [brought(house, f"m-{n}") for n in range(30)])

    assert slow.transactions == 4


def test_who_has_waited_for_too_long_is_told_to_come_again_and_nothing_of_theirs_is_stored(house, slow):
    desk = Arrivals(slow, house.redis, patience=0.2)
    first = Thread(target=desk.take_in, args=(house.account, brought(house, "first")))
    first.start()
    assert slow.begun.wait(10)

    with pytest.raises(StoreBusy):
        desk.take_in(house.account, brought(house, "m-1", "late"))

    slow.go_on.set()
    first.join()
    assert waiting_texts(house) == ["Oi"]


def test_while_one_account_waits_another_is_served(house, other, desk, slow):
    first = Thread(target=desk.take_in, args=(house.account, brought(house, "first")))
    first.start()
    assert slow.begun.wait(10)

    served = desk.take_in(other.account, brought(other, "m-1"))

    assert [each.duplicate for each in served] == [False]
    slow.go_on.set()
    first.join()
