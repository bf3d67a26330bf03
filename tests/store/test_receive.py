"""What channels bring in: once, in order, from somebody known."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from sqlalchemy import text

from flowengine.store.unit import Unit, within
from tests.offices import Office, inbound


def test_a_stranger_becomes_a_contact_whose_lane_is_due(office: Office):
    with office.at() as unit:
        (received,) = unit.intake.receive([inbound(office, "5511", "m1", name="João")])
        contact = unit.contacts.get(received.identity.contact_id)
        assert (contact.name, received.duplicate) == ("João", False)
        assert [lane.id for lane in unit.lanes.claim(5)] == [contact.id]
        (waiting,) = unit.intake.waiting([contact.id])
        assert waiting.id == received.event_id
        assert waiting.event["identity"] == str(received.identity.id)


def test_a_repeat_is_given_the_first_event_and_does_nothing(office: Office):
    with office.at() as unit:
        (first,) = unit.intake.receive([inbound(office, "5511", "m1")])
    with office.at(1) as unit:
        (again,) = unit.intake.receive([inbound(office, "5511", "m1")])
        assert (again.event_id, again.duplicate, again.identity) == (first.event_id, True, None)
        assert len(unit.intake.waiting([first.identity.contact_id])) == 1


def test_a_repeat_within_a_batch_points_to_its_first(office: Office):
    with office.at() as unit:
        one, two, three = unit.intake.receive(
            [inbound(office, "a", "m1"), inbound(office, "b", "m2"), inbound(office, "a", "m1")]
        )
    assert [one.duplicate, two.duplicate, three.duplicate] == [False, False, True]
    assert three.event_id == one.event_id


def test_a_batch_waits_in_the_order_it_came(office: Office):
    with office.at() as unit:
        received = unit.intake.receive([inbound(office, "a", f"m{n}", f"{n}") for n in range(20)])
        waiting = unit.intake.waiting([received[0].identity.contact_id])
    assert [each.event["text"] for each in waiting] == [f"{n}" for n in range(20)]
    assert [each.id for each in waiting] == sorted(each.id for each in waiting)


def test_the_same_message_id_on_two_channels_is_two_messages(office: Office):
    with office.at() as unit:
        other = unit.channels.add("http", "Outra", team_id=office.general.id)
        first = inbound(office, "5511", "m1")
        second = type(first)(other.id, "5511", "m1", first.event)
        assert [each.duplicate for each in unit.intake.receive([first, second])] == [False, False]


def test_one_stranger_who_writes_twice_at_once_becomes_one_contact(office: Office):
    messages = [f"m{n}" for n in range(8)]
    received = _at_once(
        [lambda unit, m=m: unit.intake.receive([inbound(office, "5511", m)])[0] for m in messages], office
    )
    assert len({each.identity.contact_id for each in received}) == 1
    with office.at() as unit:
        assert len(unit.intake.waiting([received[0].identity.contact_id])) == len(messages)
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        assert connection.execute(text("select count(*) from contact")).scalar() == 1


def test_one_message_that_comes_twice_at_once_is_one_event(office: Office):
    received = _at_once([lambda unit: unit.intake.receive([inbound(office, "5511", "m1")])[0]] * 8, office)
    assert len({each.event_id for each in received}) == 1
    assert sum(not each.duplicate for each in received) == 1


def test_batches_that_meet_crosswise_do_not_lock_each_other_out(office: Office):
    there = [inbound(office, f"c{n}", f"m{n}") for n in range(50)]
    received = _at_once([lambda unit, b=b: unit.intake.receive(b) for b in (there, there[::-1]) * 3], office)
    assert sum(not each.duplicate for batch in received for each in batch) == len(there)


def test_forgotten_messages_are_new_again(office: Office):
    with office.at() as unit:
        unit.intake.receive([inbound(office, "5511", "m1")])
    with office.at(60) as unit:
        assert unit.intake.forget_seen(unit.now) == 1
        (again,) = unit.intake.receive([inbound(office, "5511", "m1")])
    assert not again.duplicate


def _at_once(acts: list[Callable], office: Office) -> list:
    start = Barrier(len(acts))

    def act(each: Callable):
        start.wait(10)
        return within(office.engine, office.account_id, each)

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(act, acts))
