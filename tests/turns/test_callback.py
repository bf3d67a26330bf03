"""A channel's callback address: our messages arrive there signed, once each, in each contact's order."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import Engine, text
from standardwebhooks import Webhook

from flowengine import turns
from flowengine.core.errors import ChannelRefused
from flowengine.effects.outside import Outside
from flowengine.effects.sealing import seal
from flowengine.files.links import Links
from flowengine.turns.hands import Hands
from flowengine.turns.observed import Observer, OrderTried, Told, nobody
from tests.turns.shop import RECEPTION, Shop, flow, wire

SECRET = "the installation's secret, long enough"
ADDRESS = "https://chat.example"
SIGNING = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver:
    """An outside system: keeps what it is sent, answers with the statuses it is told, 200 when they run out."""

    def __init__(self) -> None:
        self.answers: list[int] = []
        self.heard: list[tuple[dict[str, str], bytes]] = []
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:  # noqa: N802 - the library's name
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.heard.append(({k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(receiver.answers.pop(0) if receiver.answers else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Quiet."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server.server_address[1])

    @property
    def texts(self) -> list[str]:
        return [json.loads(body).get("text", "") for _, body in self.heard]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()


@pytest.fixture
def shop(engine: Engine, receiver: Receiver) -> Shop:
    shop = Shop(engine)
    shop.publish(RECEPTION)
    with shop.unit() as unit:
        url = f"http://127.0.0.1:{receiver.port}/hook"
        shop.channel = unit.channels.change(shop.channel.id, callback_url=url, callback_secret=seal(SIGNING, SECRET))
    return shop


@pytest.fixture
def outside(receiver: Receiver) -> Iterator[Outside]:
    with Outside([f"127.0.0.1:{receiver.port}"]) as outside:
        yield outside


def settle(shop: Shop, outside: Outside, observe: Observer = nobody) -> None:
    """What the outbox's worker does until nothing more is due."""
    with Hands() as hands:
        settling = turns.Settling(shop.engine, shop.account, outside, hands, SECRET, ADDRESS, observe=observe)
        for _ in range(20):
            if not turns.settle(settling):
                return
            hands.all_done()
    raise AssertionError("the outbox never empties")


def make_due(owner_engine: Engine) -> None:
    """As if the back-off were over."""
    with owner_engine.begin() as connection:
        connection.execute(text("update outbox set due_at = now() where kind = 'callback'"))


def test_each_message_is_posted_signed_and_in_order(shop: Shop, receiver: Receiver, outside: Outside) -> None:
    shop.hear("oi", id="m1")
    settle(shop, outside)
    assert receiver.texts == ["Olá, Renata!", "Como podemos ajudar?"]
    for headers, body in receiver.heard:
        message = Webhook(SIGNING).verify(body, headers)
        assert (message["to"], message["in_reply_to"], headers["webhook-id"]) == ("renata", "m1", message["id"])


def test_a_file_of_the_account_is_posted_with_the_link_to_it(shop: Shop, receiver: Receiver, outside: Outside) -> None:
    content = "ab" * 32
    shop.publish(
        flow(
            [{"id": "show", "type": "message", "params": {"parts": [{"kind": "image", "url": f"file:{content}"}]}}],
            wire("start.next>show"),
        )
    )
    with shop.unit() as unit:
        unit.files.put(content, name="foto.png", mime="image/png", size=1, by=None)
    shop.hear("oi")
    settle(shop, outside)
    (file,) = json.loads(receiver.heard[0][1])["attachments"]
    link = Links(ADDRESS, SECRET).of(shop.account, content, "foto.png")
    assert file == {"url": link, "mime": "image/png", "name": "foto.png"}
    with shop.unit() as unit:
        assert unit.files.many([content])[content].sent_at is not None


def test_what_each_try_came_to_is_told_once_it_is_written_down(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    told: list[Told] = []
    receiver.answers = [503, 400]
    shop.hear("oi")
    settle(shop, outside, lambda _account, fact: told.append(fact))
    make_due(owner_engine)
    settle(shop, outside, lambda _account, fact: told.append(fact))
    assert told == [OrderTried("callback", what) for what in ("later", "given_up", "done")]


def test_a_message_for_an_address_that_is_gone_is_nobodys_business_any_more(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    shop.hear("oi", id="m1")
    with shop.unit() as unit:
        unit.channels.change(shop.channel.id, callback_url=None)
    settle(shop, outside)
    with owner_engine.connect() as connection:
        left = connection.execute(text("select count(*) from outbox where kind = 'callback'")).scalar()
        dead = connection.execute(text("select count(*) from dead_letter")).scalar()
    assert (receiver.texts, left, dead) == ([], 0, 0)


def test_a_receiver_that_is_busy_gets_the_same_message_again_and_the_next_waits(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    receiver.answers = [503]
    shop.hear("oi")
    settle(shop, outside)
    assert receiver.texts == ["Olá, Renata!"]
    make_due(owner_engine)
    settle(shop, outside)
    assert receiver.texts == ["Olá, Renata!", "Olá, Renata!", "Como podemos ajudar?"]
    first, again = receiver.heard[0][0], receiver.heard[1][0]
    assert first["webhook-id"] == again["webhook-id"]


def test_a_receiver_that_refuses_fails_the_message_where_people_see_it(
    shop: Shop, receiver: Receiver, outside: Outside
) -> None:
    receiver.answers = [410]
    shop.hear("oi")
    settle(shop, outside)
    with shop.unit() as unit:
        said = unit.messages.latest(shop.talk().id)
    assert [(m.body["text"], m.status) for m in said if m.author == "bot"] == [
        ("Olá, Renata!", "failed"),
        ("Como podemos ajudar?", "sent"),
    ]
    shop.later(minutes=1)
    shop.work()
    assert shop.talk().state == "queued"  # its flow has no way on from a refused message: people take over


def test_a_private_address_is_not_called_unless_the_operator_allows_it(shop: Shop, receiver: Receiver) -> None:
    shop.hear("oi")
    with Outside() as closed:
        settle(shop, closed)
    assert receiver.heard == []
    with shop.unit() as unit:
        statuses = {m.status for m in unit.messages.latest(shop.talk().id) if m.author == "bot"}
    assert statuses == {"failed"}


def test_a_host_that_the_operator_names_is_called_and_no_other(receiver: Receiver) -> None:
    with Outside([f"localhost:{receiver.port}", "10.0.0.0/8"]) as outside:
        answer = outside.post(f"http://localhost:{receiver.port}/", b"{}", {})
        with pytest.raises(ChannelRefused):
            outside.post(f"http://127.0.0.1:{receiver.port}/", b"{}", {})
    assert (answer.status, len(receiver.heard)) == (200, 1)


def test_an_answer_is_asked_for_as_it_is_since_a_small_one_may_unfold_to_gigabytes(
    receiver: Receiver, outside: Outside
) -> None:
    outside.post(f"http://127.0.0.1:{receiver.port}/", b"{}", {})
    assert receiver.heard[0][0]["accept-encoding"] == "identity"


def test_what_a_dead_worker_had_claimed_is_sent_by_the_next(shop: Shop, receiver: Receiver, outside: Outside) -> None:
    shop.hear("oi")
    with shop.unit() as unit:
        assert len(unit.outbox.claim(8, lease=timedelta(seconds=-1))) == 1
    settle(shop, outside)
    assert receiver.texts == ["Olá, Renata!", "Como podemos ajudar?"]


def test_bot_messages_not_yet_claimed_are_cancelled_when_a_person_takes_over(
    shop: Shop, receiver: Receiver, outside: Outside
) -> None:
    shop.hear("oi")
    with shop.unit() as unit:
        unit.members.change(shop.bia.id, role="supervisor")
        unit.teams.put_member(unit.teams.by_slug("geral").id, shop.bia.id, supervisor=True)
    shop.take(shop.bia)
    settle(shop, outside)
    assert receiver.heard == []
    with shop.unit() as unit:
        statuses = [m.status for m in unit.messages.latest(shop.talk().id) if m.author == "bot"]
    assert statuses == ["cancelled", "cancelled"]
    assert shop.replies() == []  # nor does who fetches get them


def test_a_message_is_sent_once_its_receiver_has_it_and_waits_until_then(
    shop: Shop, receiver: Receiver, outside: Outside
) -> None:
    def statuses() -> list[str]:
        with shop.unit() as unit:
            return [m.status for m in unit.messages.latest(shop.talk().id) if m.author == "bot"]

    shop.hear("oi")
    assert statuses() == ["queued", "queued"]
    settle(shop, outside)
    assert statuses() == ["sent", "sent"]


def test_a_secret_that_cannot_be_read_any_more_fails_its_message_and_holds_up_no_other_channel(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    shop.hear("oi")
    with shop.unit() as unit:
        broken = unit.channels.add(
            "http", "Outra", team_id=shop.channel.team_id, callback_url=shop.channel.callback_url, callback_secret=b"?"
        )
        unit.channels.bind(unit.flows.by_key("bot").id, [shop.channel.id, broken.id])
    shop.channel, sound = broken, shop.channel
    shop.hear("oi", sender="saulo")
    shop.channel = sound
    settle(shop, outside)
    assert receiver.texts == ["Olá, Renata!", "Como podemos ajudar?"]
    with owner_engine.begin() as connection:
        (error,) = connection.execute(text("select distinct last_error from outbox where attempts > 0")).one()
    assert "InvalidToken" in error
