"""The outbox: each order once, in its contact's line, by whoever holds the lease."""

from dataclasses import replace
from datetime import timedelta
from re import findall
from uuid import UUID

from sqlalchemy import text

from flowengine.store import installation
from flowengine.store.outbox import _FIRE, Owed
from flowengine.store.unit import Unit
from tests.offices import NOON, Office, meet, talk

LEASE = timedelta(minutes=2)


def test_what_is_owed_twice_is_done_once(office: Office):
    with office.at() as unit:
        unit.outbox.owe([_order("run:1:0"), _order("run:1:0")])
        unit.outbox.owe([_order("run:1:0")])
        (order,) = unit.outbox.claim(10, lease=LEASE)
        assert unit.outbox.done(order)
        assert unit.outbox.claim(10, lease=LEASE) == []


def test_an_order_is_claimed_by_one_worker_at_a_time(office: Office):
    with office.at() as unit:
        unit.outbox.owe([_order(f"run:1:{n}") for n in range(4)])
    with office.at() as one, office.at() as two:
        first, second = one.outbox.claim(3, lease=LEASE), two.outbox.claim(3, lease=LEASE)
    assert sorted(order.id for order in first + second) == [f"run:1:{n}" for n in range(4)]


def test_what_a_dead_worker_held_is_found_when_its_lease_ends_and_the_late_outcome_is_refused(office: Office):
    with office.at() as unit:
        unit.outbox.owe([_order("run:1:0")])
    with office.at() as unit:
        (held,) = unit.outbox.claim(10, lease=LEASE)
    with office.at(1) as unit:
        assert unit.outbox.claim(10, lease=LEASE) == []
    with office.at(3) as unit:
        (again,) = unit.outbox.claim(10, lease=LEASE)
        assert (again.id, again.attempts) == (held.id, 2)
        assert not unit.outbox.done(held)
        assert not unit.outbox.again(held, unit.now, "late")
        assert not unit.outbox.give_up(held, "late")
        assert unit.outbox.done(again)


def test_a_failure_that_passes_is_tried_again_at_its_time(office: Office):
    with office.at() as unit:
        unit.outbox.owe([_order("run:1:0")])
        (order,) = unit.outbox.claim(10, lease=LEASE)
        unit.outbox.again(order, NOON + timedelta(minutes=5), "timed out")
    with office.at(4) as unit:
        assert unit.outbox.claim(10, lease=LEASE) == []
        assert unit.outbox.next_due() == NOON + timedelta(minutes=5)
    with office.at(5) as unit:
        assert [each.attempts for each in unit.outbox.claim(10, lease=LEASE)] == [2]


def test_only_the_head_of_a_contacts_line_may_be_claimed(office: Office):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        line = {"contact_id": contact, "channel_id": office.channel.id}
        unit.outbox.owe([_order(f"run:1:{n}", number=n, **line) for n in (1, 2, 3)])
        (head,) = unit.outbox.claim(10, lease=LEASE)
        assert head.number == 1
        unit.outbox.again(head, NOON + timedelta(minutes=5), "timed out")
        assert unit.outbox.claim(10, lease=LEASE) == []
    with office.at(5) as unit:
        (head,) = unit.outbox.claim(10, lease=LEASE)
        unit.outbox.give_up(head, "refused")
        assert [order.number for order in unit.outbox.claim(10, lease=LEASE)] == [2]


def test_a_line_does_not_hold_up_another_contact(office: Office):
    with office.at() as unit:
        one, two = (meet(unit, office, name).contact_id for name in "ab")
        unit.outbox.owe([_order(f"{c}:1:0", number=1, contact_id=c, channel_id=office.channel.id) for c in (one, two)])
        assert len(unit.outbox.claim(10, lease=LEASE)) == 2


def test_a_due_timer_becomes_an_event_of_its_lane_once(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        unit.intake.done([each.id for each in unit.intake.waiting([lane])])
        unit.lanes.settle([lane])
        unit.outbox.owe([_timer(lane, due=10)])
    with office.at(9) as unit:
        assert (unit.outbox.fire_timers(50), unit.lanes.claim(5)) == (0, [])
    with office.at(10) as unit:
        assert unit.outbox.fire_timers(50) == 1
        assert unit.outbox.fire_timers(50) == 0
        assert [each.id for each in unit.lanes.claim(5)] == [lane]
        (fired,) = unit.intake.waiting([lane])
        assert fired.event == {
            "kind": "timer_fired",
            "run": "r",
            "turn": 1,
            "name": "no_reply",
            "id": str(fired.id),
            "at": unit.now.isoformat(),
        }


def test_two_workers_fire_a_timer_once(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        unit.outbox.owe([_timer(lane, due=0)])
    with office.at(1) as one, office.at(1) as two:
        assert (one.outbox.fire_timers(50), two.outbox.fire_timers(50)) == (1, 0)


def test_a_timer_whose_wait_is_over_does_not_fire(office: Office):
    with office.at() as unit:
        lane, run = meet(unit, office).contact_id, unit.new_id()
        unit.outbox.owe([_timer(lane, due=0, run_id=run)])
        assert unit.outbox.cancel_timers([run]) == 1
        assert unit.outbox.fire_timers(50) == 0


def test_a_timer_that_is_firing_is_not_waited_for(office: Office):
    with office.at() as unit:
        lane, run = meet(unit, office).contact_id, unit.new_id()
        unit.outbox.owe([_timer(lane, due=0, run_id=run)])
    with office.at(1) as worker, office.at(1) as person:
        assert worker.outbox.fire_timers(50) == 1
        assert person.outbox.cancel_timers([run]) == 0


def test_a_take_over_cancels_what_nobody_has_claimed(office: Office):
    with office.at() as unit:
        conversation = talk(unit, office)
        sent, owed = unit.new_id(), unit.new_id()
        unit.outbox.owe([_spoken(conversation.id, sent)])
        unit.outbox.claim(1, lease=LEASE)
        unit.outbox.owe([_spoken(conversation.id, owed)])
        assert unit.outbox.cancel_older(conversation.id, epoch=1) == [owed]


def test_nothing_leaves_while_the_gate_is_held(office: Office):
    with office.at() as unit:
        unit.outbox.owe([_order("run:1:0")])
    installation.hold_gate(office.engine)
    with office.at() as unit:
        held = unit.outbox.claim(10, lease=LEASE)
    installation.open_gate(office.engine)
    with office.at() as unit:
        assert (held, len(unit.outbox.claim(10, lease=LEASE))) == ([], 1)


def test_what_was_given_up_is_kept(office: Office):
    with office.at() as unit:
        unit.outbox.owe([_order("run:1:0")])
        (order,) = unit.outbox.claim(10, lease=LEASE)
        assert unit.outbox.give_up(order, "410 Gone")
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        kept = connection.execute(text("select kind, error from dead_letter")).one()
    assert tuple(kept) == ("callback", "410 Gone")


def test_a_line_whose_head_is_put_off_is_not_due_before_it(office: Office):
    with office.at() as unit:
        contact = meet(unit, office).contact_id
        line = {"contact_id": contact, "channel_id": office.channel.id}
        unit.outbox.owe([_order(f"run:1:{n}", number=n, **line) for n in (1, 2)])
        (head,) = unit.outbox.claim(10, lease=LEASE)
        unit.outbox.again(head, NOON + timedelta(minutes=5), "timed out")
        assert not unit.outbox.owes()
    with office.at(5) as unit:
        (head,) = unit.outbox.claim(10, lease=LEASE)
        unit.outbox.pace([head], [NOON + timedelta(minutes=8)])
        assert not unit.outbox.owes()
    with office.at(8) as unit:
        (head,) = unit.outbox.claim(10, lease=LEASE)
        assert (head.attempts, head.payload["paced"]) == (2, True)
        unit.outbox.done(head)
        assert [order.number for order in unit.outbox.claim(10, lease=LEASE)] == [2]


def test_armed_timers_are_not_read_before_they_are_due(office: Office):
    """However many they are, a look costs a few pages."""
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        fact = _timer(lane, due=10)
        unit.outbox.owe([replace(fact, id=f"run:{n}:0") for n in range(3000)])
    with office.at() as unit:
        look = text(f"explain (analyze, buffers) {_FIRE.text}")
        plan = [line for (line,) in unit.outbox._rows(look, now=NOON, most=500, priority=1)]
    (first,) = [place for place, line in enumerate(plan) if "outbox_timer_idx" in line]
    assert "rows=0" in plan[first]
    read = next(line for line in plan[first:] if "Buffers:" in line)
    assert sum(int(pages) for pages in findall(r"(?:hit|read)=(\d+)", read)) < 10


def _order(id: str, **more) -> Owed:
    return Owed(id=id, kind="callback", payload={"n": 1}, due_at=NOON, **more)


def _spoken(conversation_id: UUID, message_id: UUID) -> Owed:
    payload = {"message": str(message_id)}
    return Owed(
        id=f"{message_id}:1:0", kind="callback", payload=payload, due_at=NOON,
        conversation_id=conversation_id, owner_epoch=0,
    )  # fmt: skip


def _timer(lane: UUID, *, due: int, **more) -> Owed:
    fact = {"kind": "timer_fired", "run": "r", "turn": 1, "name": "no_reply"}
    return Owed(
        id="r:1:no_reply", kind="timer", payload=fact, due_at=NOON + timedelta(minutes=due), lane_id=lane, **more
    )
