"""What processes count together, and the lines they log."""

import json
import logging
from datetime import UTC, datetime

import pytest
from redis import Redis
from sqlalchemy import Engine

from flowengine.jobs import alive
from flowengine.jobs.exposition import expose
from flowengine.jobs.logs import JsonLines, log_as
from flowengine.jobs.measures import Errors, Measures, together
from flowengine.settings import BadSetting
from flowengine.store.intake import NewEvent
from flowengine.store.unit import Unit
from tests.offices import furnish, talk

AWAY = Redis.from_url("unix:///nowhere/at-all.sock")


def test_what_two_processes_count_is_added_up(redis: Redis):
    for measures in (Measures(), Measures()):
        measures.add("turns", 2, queue="hot")
        measures.hand_over(redis)
        measures.hand_over(redis)
    assert together(redis) == {'turns{queue="hot"}': 4}


def test_while_redis_is_away_nothing_counted_is_lost(redis: Redis):
    measures = Measures()
    measures.add("turns")
    measures.hand_over(AWAY)
    measures.add("turns")
    measures.hand_over(redis)
    assert together(redis) == {"turns": 2}


def test_a_duration_is_counted_in_every_bucket_it_fits(redis: Redis):
    measures = Measures()
    measures.took("take", 0.3, queue="hot")
    measures.hand_over(redis)
    found = together(redis)
    assert [found.get(f'take_bucket{{queue="hot",le="{le}"}}') for le in ("0.25", "0.5", "10", "+Inf")] == [
        None,
        1,
        1,
        1,
    ]
    assert (found['take_count{queue="hot"}'], found['take_sum{queue="hot"}']) == (1, 0.3)


def test_errors_are_counted_by_who_logs_them(redis: Redis):
    measures = Measures()
    log = logging.Logger("flowengine.turns.taking")
    log.addHandler(Errors(measures))
    log.error("event not taken")
    log.warning("put off")
    measures.hand_over(redis)
    assert together(redis) == {'flowengine_errors_total{logger="flowengine.turns.taking"}': 1}


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


def test_a_form_of_log_that_does_not_exist_is_refused():
    with pytest.raises(BadSetting, match="FLOWENGINE_LOG"):
        log_as({"FLOWENGINE_LOG": "xml"})
