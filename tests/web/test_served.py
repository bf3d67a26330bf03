"""The web as it is served: gunicorn with gevent workers, many who wait at once."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from uuid import uuid4

import httpx
import pytest

from flowengine.jobs.announce import announce
from tests.web.conftest import PASSWORD, TOKEN


@pytest.fixture
def address(settings):
    """Where the served web is reached; two workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "FLOWENGINE_DATA": str(settings.data),
        "FLOWENGINE_SECRET": settings.secret,
        "FLOWENGINE_ADDRESS": f"http://127.0.0.1:{port}",
    }
    command = [sys.executable, "-m", "flowengine.cli", "web", "--bind", f"127.0.0.1:{port}", "--workers", "2"]
    with subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as server:
        try:
            _wait_for(f"http://127.0.0.1:{port}/readyz", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait_for(url, server):
    for _ in range(300):
        if server.poll() is not None:
            raise AssertionError(server.stderr.read().decode())
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    raise AssertionError("the web did not come up")


def _signed_in(address, email):
    browser = httpx.Client(base_url=address, timeout=20)
    token = browser.get("/api/v1/csrf").json()["token"]
    session = browser.post(
        "/api/v1/session", json={"email": email, "password": PASSWORD}, headers={"X-CSRF-Token": token}
    )
    assert session.status_code == 200, session.text
    browser.headers["X-CSRF-Token"] = session.json()["csrf"]
    return browser


def _changes(lines):
    """The data of each `change` event of a stream."""
    name = None
    for line in lines:
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        if line.startswith("data: ") and name == "change":
            yield json.loads(line.removeprefix("data: "))


def test_a_screen_hears_at_once_what_happens_in_another_process(house, address, redis):
    talk = str(house.queued())
    bia, caio = _signed_in(address, house.email("bia")), _signed_in(address, house.email("caio"))
    with caio.stream("GET", "/api/v1/live") as stream:
        lines = stream.iter_lines()
        next(lines)
        began = time.monotonic()
        version = bia.get(f"/api/v1/conversations/{talk}").json()["version"]
        taken = bia.post(f"/api/v1/conversations/{talk}/take", json={"version": version})

        heard = next(change for change in _changes(lines) if change.get("actor"))

    assert taken.status_code == 200
    assert heard["conversation"] == talk
    assert time.monotonic() - began < 1.5  # by the hint, not by the clock


def test_many_wait_and_nobody_is_in_anybodys_way(house, address, redis):
    house.send({"id": uuid4().hex, "from": "renata", "text": "Oi"})
    house.work()
    path, headers = f"/hooks/http/{house.http.key}/messages", {"Authorization": f"Bearer {TOKEN}"}
    cursor = httpx.get(f"{address}{path}", headers=headers).json()["next"]
    answers = []

    def poll():
        answer = httpx.get(f"{address}{path}", params={"after": cursor, "wait": 20}, headers=headers, timeout=30)
        answers.append(answer.json()["messages"])

    polls = [threading.Thread(target=poll) for _ in range(60)]
    for each in polls:
        each.start()
    time.sleep(1)
    began = time.monotonic()
    posted = httpx.post(
        f"{address}/hooks/http/{house.http.key}", json={"id": "m-2", "from": "renata", "text": "2"}, headers=headers
    )
    took = time.monotonic() - began
    house.work()
    announce(redis, house.account)
    for each in polls:
        each.join()

    assert (posted.status_code, took < 1) == (202, True)
    assert [[message["text"] for message in answer] for answer in answers] == [["Até mais."]] * 60


def test_passwords_are_checked_beside_those_who_only_read(house, address):
    browsers = [threading.Thread(target=_signed_in, args=(address, house.email(name))) for name in ("bia", "caio")]
    for each in browsers:
        each.start()
    slowest = 0.0
    while any(each.is_alive() for each in browsers):
        began = time.monotonic()
        assert httpx.get(f"{address}/healthz").status_code == 200
        slowest = max(slowest, time.monotonic() - began)

    assert slowest < 1
