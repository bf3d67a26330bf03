"""Lanes: one event at a time, nobody waits for anybody, nothing is overlooked."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from psycopg import Connection
from sqlalchemy import text

from flowengine.store.due import next_accounts
from flowengine.store.intake import BULK, REPLY, TIMER
from flowengine.store.receive import Inbound
from flowengine.store.unit import Unit
from tests.offices import NOON, Office, event, inbound, meet


def test_a_claimed_lane_is_nobody_elses(office: Office):
    with office.at() as unit:
        unit.intake.receive([inbound(office, f"c{n}", f"m{n}") for n in range(4)])
    with office.at() as one, office.at() as two:
        first, second = one.lanes.claim(3), two.lanes.claim(3)
    assert (len(first), len(second)) == (3, 1)
    assert not {lane.id for lane in first} & {lane.id for lane in second}


def test_replies_come_before_timers_and_timers_before_bulk(office: Office):
    with office.at() as unit:
        lanes = [meet(unit, office, name).contact_id for name in ("bulk", "timer", "reply")]
        _rest(unit, lanes)
    with office.at(1) as unit:
        unit.intake.append([event(lane, priority=p) for lane, p in zip(lanes, (BULK, TIMER, REPLY), strict=True)])
    with office.at(2) as unit:
        assert [lane.id for lane in unit.lanes.claim(3)] == lanes[::-1]


def test_bulk_work_is_taken_a_part_at_a_time_whoever_writes_meanwhile(office: Office):
    with office.at() as unit:
        lanes = [meet(unit, office, f"bulk {n}").contact_id for n in range(6)]
        _rest(unit, lanes)
    with office.at(1) as unit:
        unit.intake.append([event(lane, priority=BULK) for lane in lanes])
    with office.at(2) as unit:
        assert len(unit.lanes.claim(6, bulk=2)) == 2
    with office.at(3) as unit:
        unit.intake.append([event(lanes[4], priority=REPLY)])
    with office.at(4) as unit:
        claimed = [lane.id for lane in unit.lanes.claim(6, bulk=2)]
        assert len(claimed) == 3
        assert claimed[0] == lanes[4]


def test_of_somebody_who_writes_without_end_a_part_is_read_at_a_time(office: Office):
    with office.at() as unit:
        lane = meet(unit, office, "talker").contact_id
        _rest(unit, [lane])
        unit.intake.append([event(lane) for _ in range(5)])
    with office.at(1) as unit:
        unit.lanes.claim(1)
        first = unit.intake.waiting([lane], 3)
        assert [each.arrival for each in first] == [each.arrival for each in unit.intake.waiting([lane])][:3]
        unit.intake.done([each.id for each in first])
        unit.lanes.settle([lane])
    with office.at(2) as unit:
        assert [each.id for each in unit.lanes.claim(1)] == [lane]


def test_a_reply_is_taken_before_a_timer_that_came_earlier(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        _rest(unit, [lane])
        unit.intake.append([event(lane, "timer", priority=TIMER)])
        unit.intake.append([event(lane, "reply", priority=REPLY)])
        assert [each.event["text"] for each in unit.intake.waiting([lane])] == ["reply", "timer"]


def test_a_settled_lane_rests_until_something_happens(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        _rest(unit, [lane])
    with office.at(1) as unit:
        assert unit.lanes.claim(5) == []
        unit.intake.append([event(lane)])
    with office.at(2) as unit:
        assert [each.id for each in unit.lanes.claim(5)] == [lane]


def test_a_lane_with_something_left_stays_due(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        unit.lanes.settle([lane])
    with office.at(1) as unit:
        assert [each.id for each in unit.lanes.claim(5)] == [lane]


def test_writing_an_event_does_not_wait_for_a_turn_and_is_not_overlooked(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
    with office.at(1) as turn:
        turn.lanes.claim(5)
        taken = [each.id for each in turn.intake.waiting([lane])]
        with office.at(1) as channel:  # commits while the turn holds the lane
            channel.intake.receive([inbound(office, "5511", "meanwhile", "meanwhile")])
        turn.intake.done(taken)
        turn.lanes.settle([lane])
    _assert_is_found(office, lane)


def test_an_event_that_commits_after_the_turn_is_not_overlooked(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
    with office.at(1) as channel, office.at(1) as turn:
        turn.lanes.claim(5)
        channel.intake.receive([inbound(office, "5511", "meanwhile", "meanwhile")])
        turn.intake.done([each.id for each in turn.intake.waiting([lane])])
        turn.lanes.settle([lane])
    _assert_is_found(office, lane)


def test_an_event_whose_statement_began_before_the_turn_ended_is_not_overlooked(office: Office, emptying):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
    with ThreadPoolExecutor() as pool:
        with office.engine.connect() as twin:  # the same message once more, which comes to nothing
            Unit.on(twin, office.account_id).intake.receive([inbound(office, "another", "meanwhile")])
            with office.at(1) as turn:
                turn.lanes.claim(5)
                taken = [each.id for each in turn.intake.waiting([lane])]
                channel = pool.submit(_receive, office, inbound(office, "5511", "meanwhile", "meanwhile"))
                _until_somebody_waits(emptying)
                turn.intake.done(taken)
                turn.lanes.settle([lane])
            twin.rollback()
        channel.result()
    _assert_is_found(office, lane)


def test_a_turn_cannot_begin_between_an_event_and_its_commit(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
    with office.at(1) as channel:
        channel.intake.append([event(lane)])
        with office.at(1) as turn:
            assert turn.lanes.claim(5) == []
    with office.at(1) as turn:
        assert [each.id for each in turn.lanes.claim(5)] == [lane]


def test_a_lane_that_failed_is_left_alone_until_its_time(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
    with office.at(1) as turn:
        turn.lanes.claim(5)
        with office.at(1) as channel:
            channel.intake.append([event(lane)])
        turn.lanes.put_off(lane, NOON + timedelta(minutes=10))
    with office.at(9) as unit:
        assert unit.lanes.claim(5) == []
    with office.at(10) as unit:
        assert [each.id for each in unit.lanes.claim(5)] == [lane]


def test_the_fifth_failure_is_counted_and_the_event_kept_as_a_dead_letter(office: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        (waiting,) = unit.intake.waiting([lane])
        assert [unit.intake.failed(waiting.id) for _ in range(5)] == [1, 2, 3, 4, 5]
        unit.intake.give_up(waiting.id, "KeyError: 'x'")
        assert unit.intake.waiting([lane]) == []
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        assert connection.execute(text("select error, payload ->> 'text' from dead_letter")).one() == (
            "KeyError: 'x'",
            "oi",
        )


def test_accounts_with_work_are_found_and_those_without_are_not(office: Office, neighbour: Office):
    with office.at() as unit:
        meet(unit, office)
    assert list(next_accounts(office.engine, "hot", most=5, now=NOON)) == [office.account_id]
    assert list(next_accounts(office.engine, "outbox", most=5, now=NOON)) == []


def test_the_account_whose_contact_wrote_comes_before_one_with_a_timer(office: Office, neighbour: Office):
    with office.at() as unit:
        lane = meet(unit, office).contact_id
        _rest(unit, [lane])
        unit.intake.append([event(lane, priority=TIMER)])
    with neighbour.at(1) as unit:
        meet(unit, neighbour)
    now = NOON + timedelta(minutes=2)
    assert list(next_accounts(office.engine, "hot", most=5, now=now)) == [neighbour.account_id, office.account_id]


def test_claims_go_through_the_partial_indexes(office: Office):
    with office.at() as unit:
        unit.intake.receive([inbound(office, f"c{n}", f"m{n}") for n in range(500)])
    outbox = "select id from outbox where account_id = :a and due_at <= now()"
    assert "lane_due_idx" in _plan(
        office,
        "select id from lane where account_id = :a and due_at <= now() order by priority, due_at limit 50 for update",
    )
    assert "intake_unheard_idx" in _plan(office, "select lane_id from intake where account_id = :a and unheard")
    assert "outbox_timer_idx" in _plan(office, f"{outbox} and kind = 'timer' order by due_at limit 50 for update")
    assert "outbox_order_idx" in _plan(office, f"{outbox} and kind <> 'timer' order by due_at limit 50 for update")


def _plan(office: Office, statement: str) -> str:
    with office.engine.begin() as connection:
        Unit.on(connection, office.account_id)
        connection.execute(text("set local enable_seqscan = off"))
        connection.execute(text("set local enable_sort = off"))  # of a few rows any index would do, and a sort
        return "\n".join(connection.execute(text(f"explain {statement}"), {"a": office.account_id}).scalars())


def _rest(unit: Unit, lanes: list) -> None:
    unit.lanes.lock(lanes)
    unit.intake.done([each.id for each in unit.intake.waiting(lanes)])
    unit.lanes.settle(lanes)


def _assert_is_found(office: Office, lane) -> None:
    assert list(next_accounts(office.engine, "hot", most=5, now=NOON + timedelta(minutes=2))) == [office.account_id]
    with office.at(2) as unit:
        assert [each.id for each in unit.lanes.claim(5)] == [lane]
        assert [each.event["text"] for each in unit.intake.waiting([lane])] == ["meanwhile"]


def _receive(office: Office, message: Inbound) -> None:
    with office.at(1) as unit:
        unit.intake.receive([message])


def _until_somebody_waits(watching: Connection) -> None:
    waits = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    while watching.execute(waits).fetchone() == (0,):
        time.sleep(0.01)
