"""What outside systems and visitors meet while a server behind the web is away: an answer, and nothing lost."""

import threading
import time
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest

from builder_ui.app import create_app
from builder_ui.process import NAME
from flowengine.store.engine import IDLE_S
from tests.web.conftest import House


@pytest.fixture
def deaf(settings, tmp_path):
    """A house whose Redis is away."""
    app = create_app(replace(settings, redis_url="unix:///nowhere/at-all.sock"), dist=tmp_path)
    yield House(app, "surda").build()
    app.extensions[NAME].close()


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
