"""An account with people, channels and a flow, browsers that sign in to it, and a worker's hands."""

import json
import time
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from queue import Empty, Queue
from threading import Event, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from argon2 import PasswordHasher
from flask.testing import FlaskClient
from uuid_utils.compat import uuid7

from builder_ui.app import create_app
from builder_ui.process import NAME
from flowengine import turns
from flowengine.core.flow import content_hash
from flowengine.store.logins import add_login
from flowengine.store.unit import Unit
from flowengine.turns.programs import Programs

PASSWORD = "correct horse battery"
HASH = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
TOKEN = "a token for tests"


def _node(id, type, **params):
    return {"id": id, "type": type, "params": params, "position": {"x": 0, "y": 0}}


def document(key="bot", name="Bot"):
    """Greets, offers a menu, hands over to a team, asks for a rating afterwards."""
    options = [{"id": "pessoa", "title": "Falar com alguém"}, {"id": "nada", "title": "Nada"}]
    wires = (
        "start.next>hello",
        "hello.next>ask",
        "ask.pessoa>people",
        "ask.nada>bye",
        "people.finished>rate",
        "rate.answered>bye",
    )
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": key,
        "name": name,
        "language": "pt-BR",
        "settings": {"default_team": "geral"},
        "nodes": [
            _node("start", "trigger", event="message.received"),
            _node("hello", "message", parts=[{"kind": "text", "text": "Olá, {{ contact.name }}!"}]),
            _node("ask", "menu", text="Como podemos ajudar?", options=options),
            _node("people", "transfer", team="vendas", note="Escolheu falar"),
            _node("rate", "question", text="Que nota você dá?", answer_type="rating", save_to="nota"),
            _node("bye", "message", parts=[{"kind": "text", "text": "Até mais."}]),
        ],
        "edges": [
            {"source": wire.split(".")[0], "port": wire.split(".")[1].split(">")[0], "target": wire.split(">")[1]}
            for wire in wires
        ],
    }  # fmt: skip


@dataclass
class House:
    """One account: geral (default) and vendas; Ana administers, Bia and Caio serve vendas, Davi geral."""

    app: Any
    name: str
    account: UUID = field(default_factory=uuid7)
    programs: Programs = field(default_factory=Programs)
    members: dict[str, UUID] = field(default_factory=dict)

    @property
    def engine(self):
        return self.app.extensions[NAME].engine

    @property
    def redis(self):
        return self.app.extensions[NAME].redis

    def unit(self):
        return Unit.open(self.engine, self.account)

    def build(self):
        people = (
            ("ana", "administrator", ("geral", "vendas")),
            ("bia", "agent", ("vendas",)),
            ("caio", "agent", ("vendas",)),
            ("davi", "agent", ("geral",)),
            ("eva", "viewer", ()),
        )
        logins = {
            name: add_login(self.engine, email=self.email(name), password_hash=HASH, name=name.title()).id
            for name, *_ in people
        }
        with self.unit() as unit:
            unit.accounts.create(slug=self.name, name=self.name.title())
            teams = {
                "geral": unit.teams.add("geral", "Geral", is_default=True),
                "vendas": unit.teams.add("vendas", "Vendas"),
            }
            for name, role, places in people:
                member = unit.members.add(name.title(), role, login_id=logins[name])
                self.members[name] = member.id
                for place in places:
                    unit.teams.put_member(teams[place].id, member.id)
            self.http = unit.channels.add(
                "http", "HTTP", team_id=teams["geral"].id, token_hash=sha256(TOKEN.encode()).digest()
            )
            self.webchat = unit.channels.add("webchat", "Chat", team_id=teams["geral"].id)
            flow = document()
            stored = unit.flows.add(
                key="bot", name="Bot", kind="chatbot", document=flow, hash=content_hash(flow), by=None
            )
            unit.flows.publish(stored.id, revision=1, document=flow, hash=content_hash(flow), note="", by=None)
            unit.channels.bind(stored.id, [self.http.id, self.webchat.id])
            self.flow = stored.id
        return self

    def email(self, name):
        return f"{name}@{self.name}.example"

    def talk(self, sender, *texts):
        """Somebody writes, and is answered before they write again."""
        for text in texts:
            self.send({"id": uuid4().hex, "from": sender, "name": sender.title(), "text": text})
            self.work()

    def work(self):
        """What a worker does: take what waits until nothing is left."""
        while turns.take_waiting(self.engine, self.account, self.programs):
            pass

    def browser(self, name):
        """A browser in which this person has signed in."""
        browser = Browser(self.app.test_client())
        answer = browser.post("/session", {"email": self.email(name), "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return browser

    def send(self, *messages, token=TOKEN):
        """POST to the HTTP channel; one message as an object, several as a list."""
        body = messages[0] if len(messages) == 1 else list(messages)
        return self.app.test_client().post(
            f"/hooks/http/{self.http.key}", json=body, headers={"Authorization": f"Bearer {token}"}
        )

    def fetch(self, query="", *, token=TOKEN):
        """GET what the HTTP channel has for the outside system."""
        return self.app.test_client().get(
            f"/hooks/http/{self.http.key}/messages{query}", headers={"Authorization": f"Bearer {token}"}
        )

    def queued(self, sender="renata"):
        """A conversation that a flow has handed to vendas; its id."""
        for text in ("Oi", "1"):
            self.send({"id": uuid4().hex, "from": sender, "name": sender.title(), "text": text})
            self.work()
        with self.unit() as unit:
            identity = unit.contacts.identity(self.http.id, sender)
            return unit.conversations.latest(identity.contact_id, self.http.id).id

    def visitor(self, **body):
        """A browser window with the web chat open."""
        return Visitor(self, self.app.test_client(), **body)


def least_in_use(engine):
    """The fewest database connections in use over half a second: a look at the stream takes one for a moment."""
    counts = []
    for _ in range(50):
        counts.append(engine.pool.checkedout())
        time.sleep(0.01)
    return min(counts)


class Browser:
    """The API as the front end uses it: a cookie, and the CSRF token on each write."""

    def __init__(self, client: FlaskClient):
        self.client = client
        self.csrf = client.get("/api/v1/csrf").json["token"]

    def get(self, path, **query):
        return self.client.get(f"/api/v1{path}", query_string=query)

    def post(self, path, body=None, method="POST"):
        answer = self.client.open(
            f"/api/v1{path}", method=method, json=body, headers={"X-CSRF-Token": self.csrf} if self.csrf else {}
        )
        if path == "/session" and answer.status_code == 200:
            self.csrf = answer.json["csrf"]
        return answer

    def put(self, path, body):
        return self.post(path, body, method="PUT")

    def delete(self, path):
        return self.post(path, method="DELETE")

    def listen(self, last=None):
        """The stream of live events."""
        headers = {"Last-Event-ID": str(last)} if last is not None else {}
        return Stream(self.client.get("/api/v1/live", headers=headers))


class Visitor:
    """A visitor of a site with the web chat."""

    def __init__(self, house, client, **body):
        self.house = house
        self.client = client
        self.path = f"/webchat/{house.webchat.key}"
        self.session = client.post(f"{self.path}/session", json=body).json
        self.token = self.session["token"]

    def post(self, what, body, token=None):
        headers = {"Authorization": f"Bearer {token or self.token}"}
        return self.client.post(f"{self.path}/{what}", json=body, headers=headers)

    def say(self, text, **more):
        return self.post("messages", {"id": uuid4().hex, "text": text, **more})

    def listen(self, last=None):
        headers = {"Authorization": f"Bearer {self.token}", "Last-Event-ID": last or self.session["position"]}
        return Stream(self.client.get(f"{self.path}/events", headers=headers))


class Stream:
    """Server-sent events as a browser reads them: on and on, whether anybody looks or not."""

    def __init__(self, response):
        assert response.status_code == 200, response.text
        self.response = response
        self.events = Queue()
        self.begun, self.ended = Event(), Event()
        Thread(target=self._read, daemon=True).start()
        assert self.begun.wait(10)

    def _read(self):
        for chunk in self.response.response:
            self.begun.set()
            lines = [line.partition(": ") for line in chunk.decode().strip().splitlines() if line[0] != ":"]
            fields = {name: value for name, _, value in lines}
            if fields:
                self.events.put((fields["event"], json.loads(fields["data"]), fields.get("id")))
        self.ended.set()

    def next(self, seconds=10):
        """The next event as (name, data, id)."""
        return self.events.get(timeout=seconds)

    def until(self, name, seconds=10):
        """The next event of that name."""
        while True:
            event = self.next(seconds)
            if event[0] == name:
                return event

    def after(self, act, name):
        """The next event of that name, which `act` brings about; signs are not kept, so it is done until one comes."""
        for _ in range(50):
            act()
            with suppress(Empty):
                return self.until(name, 0.2)
        raise AssertionError(f"no {name} came")


@pytest.fixture
def app(settings, tmp_path):
    """The web over real servers, with a small front-end build."""
    dist = tmp_path / "dist"
    (dist / "assets").mkdir(parents=True)
    (dist / "index.html").write_text("<!doctype html><title>flowengine</title>")
    (dist / "assets" / "app-1a2b3c.js").write_text("'app'")
    (dist / "widget.js").write_text("'widget'")
    app = create_app(settings, dist=dist)
    yield app
    app.extensions[NAME].close()


@pytest.fixture
def house(app):
    return House(app, "casa").build()


@pytest.fixture
def other(app):
    """Another account of the same installation."""
    return House(app, "vizinha").build()
