"""Connections: whose they are, how long they may hang, and what happens when one breaks."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import Engine, text

from flowengine.store.engine import APP_ROLE, StoreFault, make_engine
from flowengine.store.migrate import upgrade
from flowengine.store.unit import Unit, within
from tests.offices import NOON, Office, meet


def test_an_owners_url_steps_down_to_the_applications_role(owner_engine: Engine, office: Office):
    engine = make_engine(owner_engine.url.render_as_string(hide_password=False))
    with engine.begin() as connection:
        Unit.on(connection, office.account_id)
        assert connection.execute(text("select current_user")).scalar() == APP_ROLE
        with pytest.raises(StoreFault, match="row-level security"):
            connection.execute(text("insert into stream values (gen_random_uuid(), 'x', 1)"))
    engine.dispose()


def test_a_workers_session_has_its_limits_and_the_utc_clock(engine: Engine):
    fenced = make_engine(engine.url.render_as_string(hide_password=False), fence=True)
    with fenced.connect() as connection:
        names = ("idle_in_transaction_session_timeout", "lock_timeout", "statement_timeout", "timezone")
        settings = [connection.execute(text(f"show {name}")).scalar() for name in names]
    fenced.dispose()
    assert settings == ["15s", "5s", "30s", "UTC"]


def test_what_a_failed_statement_held_is_not_in_its_error(engine: Engine):
    with pytest.raises(StoreFault) as fault, engine.connect() as connection:
        connection.execute(text("select cast(:secret as text), 1 / 0"), {"secret": "hush"})
    assert "hush" not in str(fault.value)


def test_a_frozen_worker_loses_its_transaction(office: Office):
    with pytest.raises(StoreFault), office.at() as unit:
        unit.teams.change(office.sales.id, name="Frozen")
        unit._connection.execute(text("set local idle_in_transaction_session_timeout = '50ms'"))
        time.sleep(0.5)
        unit.teams.all()
    with office.at() as unit:
        assert unit.teams.get(office.sales.id).name == "Vendas"


def test_a_broken_connection_does_not_go_back_to_the_pool(office: Office, owner_engine: Engine):
    with pytest.raises(StoreFault), office.at() as unit:
        pid = unit._connection.execute(text("select pg_backend_pid()")).scalar()
        with office.engine.connect() as other:  # a role may end its own sessions
            other.execute(text("select pg_terminate_backend(:pid, 2000)"), {"pid": pid})
        unit.teams.all()
    with office.at() as unit:
        assert len(unit.teams.all()) == 2


def test_a_restart_that_broke_every_connection_in_the_pool_costs_one_try(office: Office, emptying: psycopg.Connection):
    lain = [office.engine.connect() for _ in range(5)]
    for each in lain:
        each.close()
    emptying.execute(
        "select pg_terminate_backend(pid, 2000) from pg_stat_activity"
        " where datname = current_database() and usename = 'flowengine_app'"
    )
    tries = []

    def act(unit: Unit) -> int:
        tries.append(unit)
        return len(unit.teams.all())

    assert within(office.engine, office.account_id, act) == 2
    assert len(tries) == 1  # the second try: the first got no further than its connection


def test_two_units_that_lock_each_other_out_are_both_done_in_the_end(office: Office):
    with office.at() as unit:
        lanes = [meet(unit, office, name).contact_id for name in "ab"]
    meeting = Barrier(2)
    tries = []

    def act(unit: Unit, order: list) -> None:
        tries.append(order)
        unit.lanes.lock(order[:1])
        if len(tries) <= 2:
            meeting.wait(10)
        unit.lanes.lock(order[1:])

    with ThreadPoolExecutor(2) as pool:
        done = [
            pool.submit(within, office.engine, office.account_id, lambda unit, o=o: act(unit, o))
            for o in (lanes, lanes[::-1])
        ]
        assert [each.result(30) for each in done] == [None, None]
    assert len(tries) == 3


def test_a_savepoint_undoes_its_own_block_alone(office: Office):
    with office.at() as unit:
        unit.teams.change(office.sales.id, name="Kept")
        with pytest.raises(StoreFault), unit.savepoint():
            unit.teams.change(office.general.id, name="Undone")
            unit.members.add("X", "no such role")
        assert {team.name for team in unit.teams.all()} == {"Kept", "Geral"}


def test_a_unit_that_fails_leaves_nothing(office: Office):
    with pytest.raises(KeyError), office.at() as unit:
        unit.teams.change(office.sales.id, name="Undone")
        raise KeyError
    with office.at() as unit:
        assert unit.teams.get(office.sales.id).name == "Vendas"


def test_starts_at_once_migrate_one_after_the_other(owner_engine: Engine):
    url = owner_engine.url.render_as_string(hide_password=False)
    with ThreadPoolExecutor(3) as pool:
        assert list(pool.map(upgrade, [url] * 3)) == [None] * 3


def test_a_unit_has_one_moment(office: Office):
    with office.at(3) as unit:
        unit.live.tell("flow", {})
        (event,) = unit.live.read(0)
        assert event.at == unit.now
        assert unit.now > NOON
