"""What outside systems and visitors meet while a server behind the web is away: an answer, and nothing lost."""

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from uuid import uuid4

import psycopg
import pytest

from builder_ui.app import POOL_SIZE, create_app
from builder_ui.arrivals import as_inbound
from builder_ui.circuit import AGAIN_S
from builder_ui.process import NAME
from flowengine.channels.arrived import Arrived
from flowengine.embedded import SUPERUSER
from flowengine.store.engine import IDLE_S
from flowengine.store.unit import Unit
from tests.servers import open_folder
from tests.web.conftest import House


@pytest.fixture
def deaf(settings, tmp_path):
    """A house whose Redis is away."""
    app = create_app(replace(settings, redis_url="unix:///nowhere/at-all.sock"), dist=tmp_path)
    yield House(app, "surda").build()
    app.extensions[NAME].close()


@pytest.fixture
def hung(settings):
    """A house whose Redis lets everybody in and answers nobody."""
    with open_folder() as folder, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "redis.sock"))
        listening.listen(1000)
        app = create_app(replace(settings, redis_url=f"unix://{folder}/redis.sock"))
        yield House(app, "muda").build()
        app.extensions[NAME].close()


@pytest.fixture
def closed(postgres, database_name, emptying):
    """Calls of it close the database to everybody but us, or open it."""
    with psycopg.connect(postgres.dsn(SUPERUSER, "postgres"), autocommit=True) as connection:

        def close(is_closed):
            connection.execute(f'alter database "{database_name}" allow_connections {not is_closed}')
            cut_connections(emptying)

        yield close
        close(False)


@pytest.fixture
def read_only(database_name, emptying):
    """The database as one that stands by for another: whoever connects from now on may not write."""
    role = f'alter role flowengine_app in database "{database_name}"'
    emptying.execute(f"{role} set default_transaction_read_only = on")
    cut_connections(emptying)
    yield
    emptying.execute(f"{role} reset default_transaction_read_only")
    cut_connections(emptying)


@pytest.fixture
def disk_full(emptying):
    """Writing into the intake meets what PostgreSQL says when its disk is full."""
    emptying.execute("""
        create function tests.full_disk() returns trigger language plpgsql as
        $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$""")
    emptying.execute("create trigger full_disk before insert on intake execute function tests.full_disk()")
    yield
    emptying.execute("drop function tests.full_disk() cascade")


def cut_connections(emptying: psycopg.Connection) -> None:
    """As a restart of PostgreSQL does."""
    emptying.execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database()"
        " and usename = 'flowengine_app'"
    )


def test_without_redis_messages_are_taken_in_and_answers_fetched_by_the_clock(deaf):
    answer = deaf.send({"id": "m-1", "from": "renata", "text": "Oi"})
    deaf.work()
    cursor = deaf.fetch().json["next"]

    def answered():
        time.sleep(0.3)
        deaf.send({"id": "m-2", "from": "renata", "text": "2"})
        deaf.work()

    thread = threading.Thread(target=answered)
    thread.start()
    began = time.monotonic()
    fetched = deaf.fetch(f"?after={cursor}&wait=20").json["messages"]
    thread.join()

    assert answer.status_code == 202
    assert [message["text"] for message in fetched] == ["Até mais."]
    assert time.monotonic() - began < 6


def test_without_redis_a_visitor_talks_and_an_agent_signs_in(deaf):
    visitor = deaf.visitor(name="Renata")
    began = time.monotonic()
    said = visitor.say("Oi")
    stream = visitor.listen()
    deaf.work()

    assert said.status_code == 202
    assert stream.until("message")[1]["text"] == "Olá, Renata!"
    assert deaf.browser("bia").get("/conversations").status_code == 200
    assert time.monotonic() - began < 8


def test_after_a_restart_of_the_database_a_message_is_taken_in_at_once(house, emptying):
    house.send({"id": "m-1", "from": "renata", "text": "Oi"})
    cut_connections(emptying)

    assert house.send({"id": "m-2", "from": "renata", "text": "Oi"}).status_code == 202
    assert house.send({"id": "m-2", "from": "renata", "text": "Oi"}).status_code == 200


def test_nobody_meets_a_connection_that_a_restart_has_broken(house, emptying):
    browser = house.browser("ana")
    house.send({"id": "m-1", "from": "renata", "text": "Oi"})
    cut_connections(emptying)
    time.sleep(IDLE_S)

    assert house.app.test_client().get("/readyz").status_code == 200
    assert browser.get("/conversations").status_code == 200


def test_who_waits_while_the_database_restarts_is_answered_when_it_is_back(house, emptying):
    house.send({"id": uuid4().hex, "from": "renata", "text": "Oi"})
    house.work()
    cursor = house.fetch().json["next"]
    answers = []
    waiting = threading.Thread(target=lambda: answers.append(house.fetch(f"?after={cursor}&wait=15")))
    waiting.start()
    time.sleep(0.5)
    cut_connections(emptying)
    time.sleep(0.5)
    house.engine.dispose()
    house.send({"id": uuid4().hex, "from": "renata", "text": "2"})
    house.work()
    waiting.join()

    assert [(a.status_code, [m["text"] for m in a.json["messages"]]) for a in answers] == [(200, ["Até mais."])]


def test_a_redis_that_never_answers_delays_one_message_a_second_and_no_more(hung):
    hung.send({"id": "m-0", "from": "renata", "text": "Oi"})
    began = time.monotonic()
    answers = [hung.send({"id": f"m-{n}", "from": "renata", "text": "Oi"}).status_code for n in range(1, 50)]

    assert answers == [202] * 49
    assert time.monotonic() - began < 1.5


def test_hints_are_given_again_soon_after_redis_is_back(settings, redis, valkey):
    app = create_app(replace(settings, redis_url=valkey.url))
    house = House(app, "casa").build()
    valkey.stop()
    house.send({"id": "m-0", "from": "renata", "text": "Oi"})
    valkey.again()
    time.sleep(AGAIN_S)

    house.send({"id": "m-1", "from": "renata", "text": "Oi"})

    app.extensions[NAME].close()
    assert redis.zscore("flowengine:hints:hot", str(house.account)) is not None


def is_told_to_come_again(answer):
    return answer.status_code == 503 and "Retry-After" in answer.headers and answer.json["code"] == "unavailable"


def test_while_the_database_is_away_senders_are_told_to_come_again(house, closed):
    house.send({"id": "m-1", "from": "renata", "text": "Oi"})
    visitor = house.visitor()
    closed(True)

    assert is_told_to_come_again(house.send({"id": "m-2", "from": "renata", "text": "Oi"}))
    assert is_told_to_come_again(house.fetch())
    assert is_told_to_come_again(visitor.say("Oi"))
    assert is_told_to_come_again(house.app.test_client().get("/readyz"))

    closed(False)
    assert house.send({"id": "m-2", "from": "renata", "text": "Oi"}).status_code == 202


def test_a_database_that_may_only_be_read_takes_nothing(house, read_only):
    answer = house.send({"id": "m-1", "from": "renata", "text": "Oi"})

    assert is_told_to_come_again(answer)


def test_on_a_full_disk_nothing_is_half_written(house, disk_full, emptying):
    answer = house.send({"id": "m-1", "from": "renata", "text": "Oi"}, {"id": "m-2", "from": "saulo", "text": "Oi"})

    assert is_told_to_come_again(answer)
    for table in ("seen", "intake", "contact", "contact_identity", "lane"):
        assert emptying.execute(f"select count(*) from {table}").fetchone() == (0,)


def test_who_gets_no_connection_is_told_to_come_again(house):
    with ExitStack() as held:
        for _ in range(2 * POOL_SIZE):
            held.enter_context(house.engine.connect())
        answer = house.send({"id": "m-1", "from": "renata", "text": "Oi"})

    assert is_told_to_come_again(answer)
    assert house.send({"id": "m-1", "from": "renata", "text": "Oi"}).status_code == 202


def test_what_a_frozen_process_holds_is_refused_to_who_sends_the_same_and_to_nobody_else(house):
    house.send({"id": "m-0", "from": "renata", "text": "Oi"})
    with house.engine.connect() as frozen, ThreadPoolExecutor() as pool:
        unit = Unit.on(frozen, house.account)
        unit.intake.receive([as_inbound(Arrived("m-1", "saulo", "Oi"), channel=house.http.id, now=datetime.now(UTC))])
        twin = pool.submit(house.send, {"id": "m-1", "from": "saulo", "text": "Oi"})
        time.sleep(0.5)
        others = [pool.submit(house.send, {"id": f"m-{n}", "from": "renata", "text": "Oi"}) for n in range(2, 6)]

        assert [each.result().status_code for each in others] == [202] * 4
        assert is_told_to_come_again(twin.result())
        frozen.rollback()
    assert house.send({"id": "m-1", "from": "saulo", "text": "Oi"}).status_code == 202
