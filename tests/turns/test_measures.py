"""What processes count together, and the lines they log."""

import json
import logging
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from redis import Redis
from sqlalchemy import Engine

from flowengine.jobs import alive
from flowengine.jobs.exposition import expose
from flowengine.jobs.logs import JsonLines, log_as
from flowengine.jobs.measures import Errors, Measures, measures, together
from flowengine.jobs.observing import observe
from flowengine.settings import BadSetting
from flowengine.store.intake import NewEvent
from flowengine.store.unit import Unit
from flowengine.turns.observed import EventFailed, EventTaken, OrderTried, TurnTaken
from tests.offices import furnish, talk

ACCOUNT, CONTACT = UUID(int=1), UUID(int=2)
AWAY = Redis.from_url("unix:///nowhere/at-all.sock")


def test_what_two_processes_count_is_added_up(redis: Redis):
    for process in (Measures(), Measures()):
        process.add("turns", 2, queue="hot")
        process.hand_over(redis)
        process.hand_over(redis)
    assert together(redis) == {'turns{queue="hot"}': 4}


def test_while_redis_is_away_nothing_counted_is_lost(redis: Redis):
    process = Measures()
    process.add("turns")
    process.hand_over(AWAY)
    process.add("turns")
    process.hand_over(redis)
    assert together(redis) == {"turns": 2}


def test_a_duration_is_counted_in_every_bucket_it_fits(redis: Redis):
    process = Measures()
    process.took("take", 0.3, queue="hot")
    process.hand_over(redis)
    found = together(redis)
    assert [found.get(f'take_bucket{{queue="hot",le="{le}"}}') for le in ("0.25", "0.5", "10", "+Inf")] == [
        None,
        1,
        1,
        1,
    ]
    assert (found['take_count{queue="hot"}'], found['take_sum{queue="hot"}']) == (1, 0.3)


def test_errors_are_counted_by_who_logs_them(redis: Redis):
    process = Measures()
    log = logging.Logger("flowengine.turns.taking")
    log.addHandler(Errors(process))
    log.error("event not taken")
    log.warning("put off")
    process.hand_over(redis)
    assert together(redis) == {'flowengine_errors_total{logger="flowengine.turns.taking"}': 1}


@pytest.fixture
def counted(redis: Redis):
    """What this process has counted since the test began."""
    measures.hand_over(redis)
    redis.flushall()

    def found() -> dict[str, float]:
        measures.hand_over(redis)
        return together(redis)

    return found


def test_a_message_is_timed_from_its_arrival(counted):
    observe(ACCOUNT, EventTaken("message_received", 0, datetime.now(UTC) - timedelta(seconds=0.2)))
    labels = 'kind="message_received",priority="reply"'
    found = counted()
    assert 0.2 <= found[f"flowengine_event_seconds_sum{{{labels}}}"] < 5
    assert f'flowengine_event_seconds_bucket{{{labels},le="0.1"}}' not in found
    assert found[f"flowengine_event_seconds_count{{{labels}}}"] == 1


def test_an_event_from_a_clock_that_is_ahead_took_no_time(counted):
    observe(ACCOUNT, EventTaken("timer_fired", 1, datetime.now(UTC) + timedelta(minutes=1)))
    assert counted()['flowengine_event_seconds_sum{kind="timer_fired",priority="timer"}'] == 0


def test_turns_failures_and_orders_are_counted_by_what_they_came_to(counted):
    for told in (
        TurnTaken("bot", CONTACT, "r", 1, "waiting"),
        TurnTaken("bot", CONTACT, "r", 2, "failed", "bad_template", "ask"),
        EventFailed("message_received", "KeyError", "later"),
        OrderTried("callback", "given_up"),
    ):
        observe(ACCOUNT, told)
    assert counted() == {
        'flowengine_turns_total{outcome="waiting"}': 1,
        'flowengine_turns_total{outcome="failed"}': 1,
        'flowengine_runs_failed_total{error="bad_template"}': 1,
        'flowengine_events_failed_total{kind="message_received",error="KeyError",outcome="later"}': 1,
        'flowengine_orders_total{kind="callback",outcome="given_up"}': 1,
    }


def test_a_turn_is_logged_with_whom_and_what_it_was_about(caplog):
    caplog.set_level(logging.INFO, "flowengine")
    observe(ACCOUNT, TurnTaken("bot", CONTACT, "r", 2, "failed", "bad_template", "ask"))
    (record,) = caplog.records
    line = json.loads(JsonLines().format(record))
    expected = {"account": str(ACCOUNT), "contact": str(CONTACT), "run": "r", "turn": 2, "flow": "bot", "node": "ask"}
    assert {name: line[name] for name in expected} == expected
    assert (line["level"], line["logger"]) == ("warning", "flowengine.jobs.observing")


def test_figures_tell_what_waits_in_all_and_in_each_account(engine: Engine, redis: Redis):
    office = furnish(engine)
    alive.mark(redis, "hot")
    now = datetime.now(UTC)
    with Unit.open(engine, office.account_id, now=now) as unit:
        conversation = talk(unit, office)
        unit.intake.append([NewEvent(conversation.contact_id, {"kind": "happened"})])
    said = expose(engine, redis, now).splitlines()
    assert 'flowengine_queue_waiting{queue="events"} 2' in said
    assert 'flowengine_queue_waiting{queue="orders"} 0' in said
    assert 'flowengine_account_waiting{queue="events",account="demo"} 2' in said
    assert 'flowengine_account_oldest_seconds{queue="events",account="demo"} 0' in said
    assert 'flowengine_workers{queue="hot"} 1' in said
    assert {"flowengine_gate_open 1", "flowengine_redis_up 1", "# TYPE flowengine_workers gauge"} <= set(said)


def test_without_redis_the_queues_are_told_all_the_same(engine: Engine):
    said = expose(engine, AWAY).splitlines()
    assert {"flowengine_redis_up 0", 'flowengine_queue_waiting{queue="events"} 0'} <= set(said)


def test_a_line_as_json_has_what_the_message_names_as_fields():
    record = logging.LogRecord(
        "flowengine.turns.taking",
        logging.ERROR,
        "",
        0,
        "event not taken: account=%s lane=%s attempt=%d",
        ("a", "c", 2),
        None,
    )
    line = json.loads(JsonLines().format(record))
    assert (line["account"], line["contact"], line["attempt"], line["level"]) == ("a", "c", 2, "error")
    assert line["message"] == "event not taken: account=a lane=c attempt=2"


@pytest.mark.parametrize("variable", ["FLOWENGINE_LOG", "FLOWENGINE_LOG_LEVEL"])
def test_a_form_of_log_that_does_not_exist_is_refused(variable: str):
    with pytest.raises(BadSetting, match=variable):
        log_as({variable: "xml"})
