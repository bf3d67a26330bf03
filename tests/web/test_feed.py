"""A feed reads a stream once for all who listen, and nobody misses anything."""

from queue import Queue

import pytest

from builder_ui.feed import QUEUE_LENGTH, Dropped, Entry, Feed, Source
from builder_ui.hints import Hints


class Memory(Source):
    """A stream in memory; values are (who may have it, what)."""

    topic = "live:test"
    signs = "typing:test"

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

    def __init__(self, all):
        self.rows = all.rows

    def after(self, position):
        return super().after(position)[:10]
