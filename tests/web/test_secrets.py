"""Secrets and what uses them: written, never read back; an AI endpoint is tried through the guard."""

import json
import logging
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from sqlalchemy import text

from builder_ui.app import create_app
from builder_ui.process import NAME
from flowengine.effects.sealing import unseal

VALUE = "sk-s3cret-value-that-nobody-may-see"


class StandIn(BaseHTTPRequestHandler):
    """Answers like an AI endpoint, or refuses and repeats the key as some do."""

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        self.server.asked.append((self.path, self.headers.get("authorization"), json.loads(body)))
        status, answer = self.server.answer
        content = json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        """Quiet."""


@pytest.fixture
def stand_in():
    server = ThreadingHTTPServer(("127.0.0.1", 0), StandIn)
    server.asked, server.answer = [], (200, {"choices": [{"message": {"content": "ok"}}]})
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def app(settings, stand_in, tmp_path):
    """The web, whose operator lets the stand-in be called."""
    app = create_app(replace(settings, allow_callbacks_to=(f"127.0.0.1:{stand_in.server_port}",)), dist=tmp_path)
    yield app
    app.extensions[NAME].close()


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    browser = house.browser("ana")
    assert browser.post("/secrets", {"name": "ia", "value": VALUE}).status_code == 201
    return browser


@pytest.fixture
def endpoint(ana, stand_in):
    """The stand-in as an endpoint of the account."""
    url = f"http://127.0.0.1:{stand_in.server_port}/v1/"
    made = ana.post("/ai", {"name": "IA", "url": url, "model": "small", "secret": "ia"})
    assert made.status_code == 201, made.text
    return made.json["slug"]


def test_a_value_is_written_and_replaced_but_never_told(house, ana, owner_engine, caplog):
    caplog.set_level(logging.DEBUG)
    other = VALUE.upper()
    answers = [
        ana.post("/secrets", {"name": "erp", "value": VALUE}),
        ana.post("/secrets", {"name": "erp", "value": VALUE}),
        ana.post("/secrets", {"name": "BAD NAME", "value": VALUE}),
        ana.post("/secrets", {"name": "long", "value": VALUE * 1000}),
        ana.post("/secrets/erp", {"value": other}, method="PATCH"),
        ana.get("/secrets"),
        ana.get("/references"),
    ]
    assert [answer.status_code for answer in answers] == [201, 409, 422, 422, 200, 200, 200]
    told = "".join(answer.text for answer in answers) + caplog.text
    with owner_engine.connect() as connection:
        for table in ("audit", "live_event", "answer", "secret"):
            told += "".join(str(row) for row in connection.execute(text(f"select t::text from {table} t")))
    assert VALUE not in told
    assert other not in told
    with house.unit() as unit:
        assert unseal(unit.secrets.sealed("erp"), house.app.extensions[NAME].settings.secret) == other
    erp = next(each for each in answers[5].json["secrets"] if each["name"] == "erp")
    assert erp["rotated_at"] is not None
    assert erp["used_at"] is None


def test_a_secret_may_be_good_for_some_time_only(ana):
    made = ana.post("/secrets", {"name": "erp", "value": VALUE, "expires_on": "2027-03-01"})
    assert (made.status_code, made.json["expires_on"]) == (201, "2027-03-01")
    changed = ana.post("/secrets/erp", {"expires_on": "2027-06-01"}, method="PATCH")
    assert changed.json["expires_on"] == "2027-06-01"
    cleared = ana.post("/secrets/erp", {"expires_on": ""}, method="PATCH")
    assert (cleared.json["expires_on"], cleared.json["refused_at"]) == (None, None)
    refused = [
        ana.post("/secrets/erp", {"expires_on": day}, method="PATCH").status_code for day in ("soon", "2027-02-30")
    ]
    assert refused == [422, 422]


def test_a_new_value_is_not_known_to_be_refused(house, ana):
    with house.unit() as unit:
        unit.secrets.answered("ia", "ia.example.com", refused=True)
    assert ana.get("/secrets").json["secrets"][0]["refused_at"] is not None
    assert ana.post("/secrets/ia", {"value": "another"}, method="PATCH").json["refused_at"] is None


def test_secrets_are_for_administrators_alone(house, ana):
    assert [house.browser(name).get("/secrets").status_code for name in ("bia", "eva")] == [403, 403]


def test_an_endpoint_is_tried_with_its_key(ana, endpoint, stand_in):
    tried = ana.post(f"/ai/{endpoint}/try").json
    assert (tried["ok"], tried["status"], tried["detail"]) == (True, 200, "ok")
    ((path, authorization, asked),) = stand_in.asked
    assert (path, authorization, asked["model"]) == ("/v1/chat/completions", f"Bearer {VALUE}", "small")
    assert ana.get("/secrets").json["secrets"][0]["used_at"] is not None


def test_an_endpoint_that_repeats_the_key_does_not_tell_it(ana, endpoint, stand_in):
    stand_in.answer = (401, {"error": {"message": f"Incorrect API key provided: {VALUE}"}})
    tried = ana.post(f"/ai/{endpoint}/try")
    assert (tried.json["ok"], tried.json["status"]) == (False, 401)
    assert tried.json["detail"] == "Incorrect API key provided: •••"


@pytest.mark.parametrize("answer", [(200, {}), (200, []), (200, {"choices": [{"message": {"content": None}}]})])
def test_an_answer_of_another_protocol_is_told_as_such(ana, endpoint, stand_in, answer):
    stand_in.answer = answer
    assert ana.post(f"/ai/{endpoint}/try").json["ok"] is False


@pytest.mark.parametrize("url", ["http://169.254.169.254/v1", "http://localhost:1/v1", "http://10.0.0.1/v1"])
def test_the_guard_stands_before_every_address(ana, url):
    slug = ana.post("/ai", {"name": "Dentro", "url": url, "model": "m"}).json["slug"]
    tried = ana.post(f"/ai/{slug}/try").json
    assert (tried["ok"], tried["status"]) == (False, None)


@pytest.mark.parametrize("url", ["ftp://a/v1", "https://user:pass@a/v1", "https://a/v1?key=1", "nowhere"])
def test_an_address_holds_no_secret_and_can_be_called(ana, url):
    assert ana.post("/ai", {"name": "IA", "url": url, "model": "m"}).status_code == 422


def test_a_secret_that_an_endpoint_uses_goes_only_with_a_successor(ana, endpoint):
    assert ana.delete("/secrets/ia").json["uses"]["others"] == [{"kind": "ai", "slug": endpoint, "name": "IA"}]
    ana.post("/secrets", {"name": "nova", "value": "x"})
    assert ana.delete("/secrets/ia?successor=nova").status_code == 204
    assert ana.get("/ai").json["ai"][0]["secret"] == "nova"
