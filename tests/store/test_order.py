"""Streams are read in the order their reader gives: whatever order transactions commit in, nothing is skipped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import UUID

from uuid_utils.compat import uuid7

from flowengine.store.messages import Message, NewMessage
from flowengine.store.order import GAP
from flowengine.store.partitions import earlier
from flowengine.store.unit import Unit
from tests.offices import Office, talk


def test_an_event_that_commits_late_is_read_after_one_that_began_later(office: Office):
    with office.at() as early:
        early.live.tell("flow", {"id": "early"})
        with office.at() as late:
            late.live.tell("flow", {"id": "late"})
        with office.at() as reader:
            assert [event.ref["id"] for event in reader.live.read(0)] == ["late"]
            cursor = reader.live.position()
    with office.at() as reader:
        assert [event.ref["id"] for event in reader.live.read(cursor)] == ["early"]
        assert [event.ref["id"] for event in reader.live.read(0)] == ["late", "early"]


def test_outgoing_messages_that_commit_in_the_opposite_order_are_each_fetched_once(office: Office):
    with office.at() as unit:
        first, second = talk(unit, office, "a"), talk(unit, office, "b")
    fetched = []
    with office.at() as slow:
        _send(slow, office, first, "slow")
        with office.at() as fast:
            _send(fast, office, second, "fast")
        with office.at() as reader:
            fetched += reader.outgoing.read(office.channel.id, 0)
    with office.at() as reader:
        fetched += reader.outgoing.read(office.channel.id, fetched[-1].position)
    assert [each.body["text"] for each in fetched] == ["fast", "slow"]
    assert [each.to for each in fetched] == ["b", "a"]


def test_messages_of_one_contact_keep_their_order_whatever_the_clocks_say(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
    with office.at(minutes=5) as ahead:  # a machine whose clock is ahead sends first
        _send(ahead, office, conversation, "one")
    with office.at(minutes=1) as behind:
        _send(behind, office, conversation, "two")
    with office.at() as reader:
        assert [each.body["text"] for each in reader.outgoing.read(office.channel.id, 0)] == ["one", "two"]


def test_readers_at_once_agree_on_the_order(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        _send(unit, office, conversation, *(str(number) for number in range(100)))
    start = Barrier(6)

    def read(_: int) -> list[tuple[int, str]]:
        start.wait(10)
        with office.at() as unit:
            return [(each.position, each.body["text"]) for each in unit.outgoing.read(office.channel.id, 0)]

    with ThreadPoolExecutor(6) as pool:
        seen = list(pool.map(read, range(6)))
    assert seen == [[(number + 1, str(number)) for number in range(100)]] * 6


def test_one_contact_can_be_read_alone(office: Office):
    with office.at() as unit:
        first, second = talk(unit, office, "a"), talk(unit, office, "b")
        _send(unit, office, first, "to a")
        _send(unit, office, second, "to b")
        only = unit.outgoing.read(office.channel.id, 0, identity_id=second.identity_id)
    assert [each.body["text"] for each in only] == ["to b"]


def test_who_reads_from_now_on_hears_of_what_is_to_come(office: Office):
    with office.at() as unit:
        unit.live.tell("flow", {"id": "before"})
        position = unit.live.position()
        unit.live.tell("flow", {"id": "after"})
        assert [event.ref["id"] for event in unit.live.read(position)] == ["after"]


def test_what_nobody_read_for_long_is_passed_over_and_who_resumes_across_it_sees_a_gap(office: Office):
    with office.at() as unit:
        _tell(unit, "read", minutes_ago=60)
        (read,) = unit.live.read(0, since=_minutes_ago(61))
        _tell(unit, "unread", minutes_ago=30)
        _tell(unit, "fresh", minutes_ago=1)
    with office.at() as unit:
        position = unit.live.position()
        assert [each.ref["id"] for each in unit.live.read(read.position)] == ["fresh"]
        assert unit.live.position() == position > read.position + GAP


def test_a_stream_that_is_read_all_the_time_has_no_gaps(office: Office):
    with office.at() as unit:
        unit.live.tell("flow", {"id": "one"})
        assert unit.live.position() == 1
    with office.at() as unit:
        unit.live.tell("flow", {"id": "two"})
    with office.at() as unit:
        assert unit.live.position() == 2


def test_who_was_kept_from_reading_for_long_is_told_all_the_same(office: Office):
    with office.at() as unit:
        _tell(unit, "meanwhile", minutes_ago=30)
        assert [each.ref["id"] for each in unit.live.read(0, since=_minutes_ago(60))] == ["meanwhile"]


def _tell(unit: Unit, what: str, *, minutes_ago: int) -> None:
    unit.live.keep([{"id": _minutes_ago(minutes_ago), "kind": "flow", "ref": {"id": what}}])


def _minutes_ago(minutes: int) -> UUID:
    return earlier(uuid7(), timedelta(minutes=minutes))


def _send(unit: Unit, office: Office, conversation, *texts: str) -> list[Message]:
    messages = unit.messages.add(
        [
            NewMessage(
                conversation_id=conversation.id,
                contact_id=conversation.contact_id,
                channel_id=office.channel.id,
                identity_id=conversation.identity_id,
                author="bot",
                body={"text": text},
            )
            for text in texts
        ]
    )
    unit.outgoing.put(messages)
    return messages
