"""Calls whose answers are hostile, too deep, too late or too many; workers and databases that fail around them."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from flowengine.core.errors import WorldError
from flowengine.effects.call_http import wanted_pause
from flowengine.effects.outside import Answer as Heard
from flowengine.effects.outside import Outside
from flowengine.effects.sealing import seal
from flowengine.turns import outcomes
from tests.standins.served import Answer
from tests.standins.webhook import webhook
from tests.turns.shop import Shop, flow, wire
from tests.turns.test_calls import SECRET, allowing, answer, begin, make_due, order_status, owed

TOKEN = "tok-SEGREDO-123"


@pytest.fixture
def shop(engine):
    return Shop(engine)


def everything(owner_engine):
    """All that was written down of calls and turns, as text."""
    said = """
        select (select string_agg(t::text, '') from turn t), (select string_agg(m::text, '') from message m),
               (select string_agg(d::text, '') from dead_letter d), (select string_agg(l::text, '') from live_event l),
               (select string_agg(r::text, '') from run r), (select string_agg(o::text, '') from outbox o)"""
    with owner_engine.connect() as connection:
        return "".join(part or "" for part in connection.execute(text(said)).one())


@pytest.mark.parametrize("depth", [50, 200, 900, 5000])
def test_an_answer_of_any_depth_goes_on_with_the_flow(shop, owner_engine, depth):
    deep = b"[" * depth + b"]" * depth
    with webhook(Answer(deep, headers={"content-type": "application/json"})) as web, allowing(web) as outside:
        begin(shop, order_status(web))
        assert len(answer(shop, outside)) == 1
    assert owed(owner_engine) == 0


@pytest.mark.parametrize(
    "body",
    [b'{"status": "a\\u0000b"}', b'{"status": "ok", "x": "\\\\u0000"}', b'{"sta\\u0000tus": 1}', b"\x00\xff\xfe",
     b'{"status": "\\ud800"}', b"\x1f\x8b\x08\x00", b'{"status": 1e999}', b'{"status": ' + b"9" * 400 + b"}"],
    ids=["NUL", "no NUL", "NUL in a name", "bytes", "half a pair", "gzip", "infinite", "huge"],
)  # fmt: skip
def test_an_answer_of_odd_characters_and_numbers_goes_on_with_the_flow(shop, owner_engine, body):
    with webhook(Answer(body, headers={"content-type": "application/json"})) as web, allowing(web) as outside:
        begin(shop, order_status(web))
        assert len(answer(shop, outside)) == 1
    assert owed(owner_engine) == 0


def test_an_answer_as_large_as_is_read_does_not_grow_the_run(shop, owner_engine):
    large = b'{"status": "' + b"x" * 250_000 + b'"}'
    with webhook(Answer(large, headers={"content-type": "application/json"})) as web, allowing(web) as outside:
        begin(shop, order_status(web))
        answer(shop, outside)
    with owner_engine.connect() as connection:
        assert connection.execute(text("select length(state::text) from run")).scalar() < 50_000


@pytest.mark.parametrize("fault", [ValueError("ours"), OperationalError("", {}, Exception("away"))])
def test_an_outcome_that_is_not_written_down_at_first_is_the_order_s_end_all_the_same(
    shop, owner_engine, monkeypatch, fault
):
    """What nobody can keep is given up, for a database that starts again it is waited; the call is not made twice."""
    monkeypatch.setattr(outcomes, "PAUSES_S", (0.01, 0.01))
    record, faults = outcomes.record, [fault, fault]  # together with others, and for itself

    def failing(unit, order, outcome):
        if faults:
            raise faults.pop()
        return record(unit, order, outcome)

    monkeypatch.setattr(outcomes, "record", failing)
    with webhook(Answer({"status": "ok"})) as web, allowing(web) as outside:
        begin(shop, order_status(web, method="POST"))
        said = answer(shop, outside)
    assert said == (["Está ok."] if isinstance(fault, OperationalError) else ["Não consegui consultar."])
    assert (len(web.asked), owed(owner_engine)) == (1, 0)


def test_a_call_that_takes_its_worker_with_it_each_time_comes_to_an_end(shop, owner_engine):
    with webhook() as web, allowing(web) as outside:
        begin(shop, order_status(web))
        for _ in range(4):
            with shop.unit() as unit:
                assert len(unit.outbox.claim(8, lease=timedelta(minutes=2))) == 1
            make_due(owner_engine)
        assert answer(shop, outside) == ["Não consegui consultar."]
    assert web.asked == []


def test_a_call_is_leased_for_as_long_as_it_may_take_and_a_little_more(shop, owner_engine):
    with webhook() as web:
        begin(shop, order_status(web, time_limit=30))
    with shop.unit() as unit:
        unit.outbox.claim(8, lease=timedelta(seconds=45))
    with owner_engine.connect() as connection:
        seconds = connection.execute(text("select extract(epoch from lease_until) from outbox")).scalar()
    assert float(seconds) == pytest.approx(shop.now.timestamp() + 75, abs=0.01)


@pytest.mark.parametrize(
    "said",
    ["²", "Wed, 21 Oct 2026 07:28:00 -0000", "soon", "", "99999999999999999999", "Wed, 99 Oct 20266 07:28:00 GMT"],
)
def test_a_pause_that_a_server_asks_for_oddly_is_none_or_a_number(said):
    headers = {"retry-after": said, "date": "Wed, 21 Oct 2026 07:27:00 GMT"}
    wanted = wanted_pause(Heard(503, b"", headers))
    assert wanted is None or wanted >= 0


def test_flows_that_start_each_other_with_calls_in_between_end_with_people(shop, owner_engine):
    around = {"id": "vai", "type": "start_flow", "params": {"flow": "bot"}}
    with webhook(Answer({"status": "ok"})) as web, allowing(web) as outside:
        call = {"id": "consulta", "type": "http_request", "params": {"url": web.url, "retries": 0}}
        shop.publish(flow([call, around], wire("start.next>consulta", "consulta.success>vai")))
        shop.hear("oi")
        for _ in range(8):
            answer(shop, outside)
            make_due(owner_engine)
        assert (shop.talk().state, len(web.asked)) == ("queued", 6)


# Secrets


@pytest.mark.parametrize(
    "secret", [TOKEN, TOKEN + "\n", f"a\r\nx: {TOKEN}", f"é{TOKEN}"], ids=["plain", "line", "two", "é"]
)
@pytest.mark.parametrize("scheme", ["bearer", "basic", "header", "query"])
@pytest.mark.parametrize("barred", [False, True])
def test_a_secret_lies_nowhere_whatever_becomes_of_its_call(shop, owner_engine, caplog, secret, scheme, barred):
    caplog.set_level("DEBUG")
    with shop.unit() as unit:
        unit.secrets.add("loja", description="", sealed=seal(secret, SECRET))
    with webhook(Answer({"status": "ok"})) as web, Outside() if barred else allowing(web) as outside:
        begin(shop, order_status(web, scheme=scheme, secret="loja", auth_name="chave"))
        assert len(answer(shop, outside)) == 1
    assert TOKEN not in everything(owner_engine) + caplog.text


# Time

Serve = Callable[[socket.socket], None]


@contextmanager
def speaking(serve: Serve) -> Iterator[str]:
    """A server that answers each connection as `serve` does, however badly."""
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:

        def accept() -> None:
            while True:
                try:
                    peer, _ = listening.accept()
                except OSError:
                    return
                threading.Thread(target=_serve, args=(peer, serve), daemon=True).start()

        threading.Thread(target=accept, daemon=True).start()
        yield f"127.0.0.1:{listening.getsockname()[1]}"


def _serve(peer: socket.socket, serve: Serve) -> None:
    with closing(peer):
        try:
            peer.recv(65_536)
            serve(peer)
        except OSError:
            return  # who asked has gone


def _drip(peer: socket.socket, head: bytes, piece: bytes) -> None:
    peer.sendall(head)
    for _ in range(40):
        peer.sendall(piece)
        time.sleep(0.2)


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        (b"HTTP/1.1 200 OK\r\nx", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
    ids=["headers", "continue", "body", "chunks"],
)
def test_a_peer_that_speaks_a_little_now_and_then_has_no_more_time_than_any(head, piece):
    with speaking(lambda peer: _drip(peer, head, piece)) as place, Outside([place]) as outside:
        begun = time.monotonic()
        with pytest.raises(WorldError):
            outside.send("GET", f"http://{place}/", None, {}, time_limit=1)
        assert time.monotonic() - begun < 1.5


def test_headers_without_end_are_not_read_to_the_end():
    with (
        speaking(
            lambda peer: [peer.sendall(b"HTTP/1.1 200 OK\r\n" + b"x: yyyyyyy\r\n" * 999) for _ in range(999)]
        ) as at,
        Outside([at]) as outside,
        pytest.raises(WorldError),
    ):
        outside.send("GET", f"http://{at}/", None, {}, time_limit=2)


def test_a_connection_is_used_again_and_its_time_begins_anew():
    def serve(peer: socket.socket) -> None:
        for _ in range(2):
            peer.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
            peer.recv(65_536)

    with speaking(serve) as place, Outside([place]) as outside:
        outside.send("GET", f"http://{place}/", None, {}, time_limit=1)
        time.sleep(1)
        assert outside.send("GET", f"http://{place}/", None, {}, time_limit=1).body == b"ok"
