"""Operators are told of what goes wrong, once; and a disk that is nearly full leaves room for replies."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from redis import Redis
from sqlalchemy import Engine, text

from flowengine.core.errors import NoAnswer
from flowengine.jobs import alive, disk
from flowengine.jobs.watch import TURN, watch
from flowengine.settings import BadSetting, Settings
from flowengine.store.installation import read_installation, set_scarce
from flowengine.store.intake import BULK, NewEvent
from flowengine.store.turns import TurnRecord
from flowengine.store.unit import Unit
from tests.offices import Office, furnish, start_run, talk


@pytest.fixture
def office(engine: Engine, redis: Redis):
    """An account in an installation that is well; the disk has room again afterwards."""
    for queue in ("hot", "outbox"):
        alive.mark(redis, queue)
    yield furnish(engine)
    set_scarce(engine, False)


class Operators:
    """Whoever reads what is told; `status` is what their address answers."""

    def __init__(self, office: Office, redis: Redis, settings: Settings) -> None:
        self.told: list[dict] = []
        self.status = 200
        self._look = lambda: watch(
            office.engine, redis, replace(settings, watch_url="https://alerts.example/"), self._hear
        )
        self._redis = redis

    def a_minute_later(self) -> list[dict]:
        """What they are told this time."""
        self._redis.delete(TURN)
        before = len(self.told)
        self._look()
        return self.told[before:]

    def _hear(self, _url: str, body: str) -> int:
        if self.status == 0:
            raise NoAnswer("away")
        self.told.append(json.loads(body))
        return self.status


@pytest.fixture
def operators(office: Office, redis: Redis, settings: Settings) -> Operators:
    return Operators(office, redis, settings)


def wait(office: Office) -> None:
    with Unit.open(office.engine, office.account_id, now=datetime.now(UTC) - timedelta(minutes=5)) as unit:
        talk(unit, office)


def test_what_goes_wrong_is_told_once_and_so_is_that_it_is_well_again(office, operators, owner_engine):
    assert operators.a_minute_later() == []
    wait(office)
    (told,) = operators.a_minute_later()
    assert [(each["code"], each["account"]) for each in told["broken"]] == [("events_waiting", "demo")]
    assert "evento(s) esperam desde" in told["broken"][0]["what"]
    assert operators.a_minute_later() == []
    with owner_engine.begin() as connection:
        connection.execute(text("delete from intake"))
    (told,) = operators.a_minute_later()
    assert (told["broken"], [each["code"] for each in told["well"]]) == ([], ["events_waiting"])


@pytest.mark.parametrize("status", [0, 503])
def test_what_did_not_reach_them_is_told_again(office, operators, status: int):
    wait(office)
    operators.status = status
    operators.a_minute_later()
    operators.status = 200
    assert len(operators.a_minute_later()) == 1


def test_of_many_workers_one_looks_a_minute(office, operators, redis: Redis):
    wait(office)
    redis.set(TURN, b"1")
    operators._look()
    assert operators.told == []


def test_an_address_that_is_none_is_refused():
    with pytest.raises(BadSetting, match="FLOWENGINE_WATCH_URL"):
        Settings.read({"FLOWENGINE_WATCH_URL": "alerts", "DATABASE_URL": "postgresql:///x", "REDIS_URL": "redis://"})


def test_a_disk_is_scarce_below_a_tenth_and_has_room_again_a_little_above(office: Office):
    assert [disk.look(office.engine, free) for free in (0.11, 0.09, 0.11, 0.13)] == [False, True, True, False]
    assert read_installation(office.engine).scarce is False


def test_while_room_is_scarce_replies_go_on_and_bulk_work_waits(office: Office):
    with office.at() as unit:
        reply, bulk = talk(unit, office, "1"), talk(unit, office, "2")
        unit.intake.done([event.id for event in unit.intake.waiting([bulk.contact_id])])
        unit.lanes.settle([bulk.contact_id])
        unit.intake.append([NewEvent(bulk.contact_id, {"kind": "started"}, priority=BULK)])
    set_scarce(office.engine, True)
    with office.at() as unit:
        assert {lane.id for lane in unit.lanes.claim(10)} == {reply.contact_id}
    set_scarce(office.engine, False)
    with office.at() as unit:
        assert {lane.id for lane in unit.lanes.claim(10)} == {reply.contact_id, bulk.contact_id}


def test_while_room_is_scarce_turns_leave_no_trace(office: Office):
    set_scarce(office.engine, True)
    with office.at() as unit:
        run = start_run(unit, office, talk(unit, office))
        unit.turns.record(
            [TurnRecord(run, 1, {"kind": "started"}, {"x": 1}, [{"node": "a"}], [{"kind": "b"}], unit.now)]
        )
    with office.at() as unit:
        (turn,) = unit.turns.of_run(run)
    assert (turn.event, turn.read, turn.trace, turn.effects) == ({"kind": "started"}, {}, [], [{"kind": "b"}])
