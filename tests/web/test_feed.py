"""A feed reads a stream once for all who listen, and nobody misses anything."""

from queue import Queue

import pytest

from builder_ui.feed import QUEUE_LENGTH, Dropped, Entry, Feed, Source
from builder_ui.hints import Hints


class Memory(Source):
    """A stream in memory; values are (who may have it, what)."""

    topic = "live:test"
    signs = "typing:test"
    most = 500

    def __init__(self):
        self.rows = []

    def latest(self):
        return len(self.rows)

    def after(self, position):
        return [Entry(n, row) for n, row in enumerate(self.rows, 1) if n > position]

    def sign(self, payload):
        return ("ana", payload.decode())

    def share(self, entries, keys):
        return {key: [entry for entry in entries if entry.value[0] == key] for key in keys}


@pytest.fixture
def memory():
    return Memory()


@pytest.fixture
def feed(memory, redis):
    hints = Hints(redis)
    yield Feed(memory, hints, look_every=0.3)
    hints.close()


def test_a_listener_hears_what_follows_and_only_what_is_meant_for_it(feed, memory, redis):
    memory.rows.append(("ana", "before"))

    with feed.listen("ana") as ana, feed.listen("bia") as bia:
        memory.rows += [("bia", "one"), ("ana", "two")]
        redis.publish("live:test", b"1")

        assert ana.next(5) == Entry(3, ("ana", "two"))
        assert bia.next(5) == Entry(2, ("bia", "one"))
        assert ana.since == 1


def test_without_a_hint_the_feed_looks_by_the_clock(feed, memory):
    with feed.listen("ana") as ana:
        memory.rows.append(("ana", "late"))

        assert ana.next(5) == Entry(1, ("ana", "late"))


def test_a_sign_passes_without_a_position(feed, redis):
    with feed.listen("ana") as ana:
        while not redis.publish("typing:test", b"writes"):
            ana.next(0.05)

        assert ana.next(5) == Entry(None, ("ana", "writes"))


def test_whoever_cannot_keep_up_is_told_to_come_back(feed, memory, redis):
    with feed.listen("ana") as ana:
        memory.rows += [("ana", str(n)) for n in range(QUEUE_LENGTH + 1)]
        taken = Queue()
        with pytest.raises(Dropped):
            while True:
                taken.put(ana.next(1))

        assert taken.qsize() == QUEUE_LENGTH


def test_a_feed_rests_when_nobody_listens_and_begins_anew(feed, memory):
    with feed.listen("ana"):
        memory.rows.append(("ana", "heard"))

    with feed.listen("ana") as again:
        assert again.since >= 0
        memory.rows.append(("ana", "new"))
        heard = [again.next(2)]
        while heard[-1] is not None and heard[-1].value[1] != "new":
            heard.append(again.next(2))
        assert heard[-1].value == ("ana", "new")


def test_what_is_too_much_for_one_look_is_read_in_the_next_at_once(memory, redis):
    hints = Hints(redis)
    feed = Feed(Pages(memory), hints, look_every=1)
    with feed.listen("ana") as ana:
        memory.rows += [("ana", str(n)) for n in range(40)]
        heard = [ana.next(3) for _ in range(10)]
        heard += [ana.next(0.5) for _ in range(30)]
    hints.close()

    assert [entry.value[1] for entry in heard] == [str(n) for n in range(40)]


class Pages(Memory):
    """A stream that gives ten entries at once."""

    most = 10

    def __init__(self, all):
        self.rows = all.rows

    def after(self, position):
        return super().after(position)[:10]


def test_who_comes_back_is_given_what_followed_without_another_look(feed, memory, redis):
    with feed.listen("ana", after=0) as ana:
        memory.rows += [("ana", str(n)) for n in range(3)]
        redis.publish("live:test", b"1")
        assert [ana.next(5).position for _ in range(3)] == [1, 2, 3]
    memory.after = None  # it is not asked

    with feed.listen("ana", after=1) as again:
        assert again.since == 1
        assert [again.next(1).position for _ in range(2)] == [2, 3]


def test_who_comes_back_finds_at_once_what_nobody_has_hinted_at(memory, redis):
    hints = Hints(redis)
    feed = Feed(memory, hints, look_every=60)
    with feed.listen("ana"):
        pass
    memory.rows.append(("ana", "unheard"))

    with feed.listen("ana", after=0) as again:
        assert again.next(5) == Entry(1, ("ana", "unheard"))
    hints.close()


def test_who_is_further_back_than_is_remembered_is_told_so(feed, memory, redis):
    memory.rows += [("ana", str(n)) for n in range(5)]

    with feed.listen("ana", after=2) as ana:
        assert ana.since == 5


def test_who_joins_a_feed_that_rested_hears_nothing_of_the_past(memory, redis):
    hints = Hints(redis)
    feed = Feed(memory, hints, look_every=60)
    with feed.listen("ana"):
        pass
    memory.rows.append(("ana", "meanwhile"))

    with feed.listen("ana") as again:
        assert again.since == 1
        assert again.next(0.3) is None
    hints.close()
