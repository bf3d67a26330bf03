"""A worker that was frozen and wakes up finds that others have done its work, and cannot do it again."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from datetime import timedelta
from time import monotonic, sleep

import pytest
from sqlalchemy import Engine

from flowengine.effects import call_http
from flowengine.effects.calls import Answered
from flowengine.store.outbox import Order
from tests.chaos.workers import wait_until_frozen, wake, worker
from tests.standins.served import Answer, StandIn, wait_for
from tests.standins.webhook import webhook
from tests.turns.shop import Shop, flow, say, wire

ECHO = flow([say("hello", "Olá, {{ contact.name }}!")], wire("start.next>hello"))


@pytest.fixture
def shop(engine: Engine) -> Shop:
    shop = Shop(engine)
    shop.publish(ECHO)
    return shop


def test_nobody_waits_for_a_frozen_worker_or_does_its_work_while_it_may_still_commit(shop: Shop, database: str):
    shop.receive("oi", sender="renata")
    with worker("frozen", database, shop) as frozen:
        wait_until_frozen(frozen)
        assert shop.work() == 0
        shop.receive("oi", sender="caio", name="Caio")
        assert shop.work() == 1
    assert shop.replies("caio") == ["Olá, Caio!"]


def worked_in_the_end(shop: Shop) -> int:
    """What there was to do once the frozen transaction is gone: it may stand still for a second."""
    until = monotonic() + 30
    while not (taken := shop.work()) and monotonic() < until:
        sleep(0.2)
    return taken


def test_a_frozen_worker_cannot_commit_what_another_has_taken_over(shop: Shop, database: str):
    shop.receive("oi")
    with worker("frozen", database, shop) as frozen:
        wait_until_frozen(frozen)
        assert worked_in_the_end(shop) == 1
        assert wake(frozen) == 0
    assert shop.replies() == ["Olá, Renata!"]
    assert shop.work() == 0


def test_a_frozen_worker_that_wakes_in_time_does_its_work_once(shop: Shop, database: str):
    shop.receive("oi")
    with worker("frozen", database, shop) as frozen:
        wait_until_frozen(frozen)
        assert wake(frozen) == 1
    assert shop.work() == 0
    assert shop.replies() == ["Olá, Renata!"]


@pytest.fixture
def outside() -> Iterator[StandIn]:
    """Answers in a second, so that who asked can be stopped meanwhile."""
    with webhook(Answer({"status": "tarde"}, after=1)) as stand_in:
        yield stand_in


@pytest.fixture
def calling(engine: Engine, outside: StandIn) -> Shop:
    """A contact waits for the answer of a call."""
    call = {
        "url": f"{outside.url}/pedido",
        "response": [{"path": "$.status", "save_to": "status", "type": "text"}],
        "repeatable": True,
        "time_limit": 5,
    }
    shop = Shop(engine)
    shop.publish(
        flow(
            [{"id": "ask", "type": "http_request", "params": call}, say("told", "Pedido: {{ vars.status }}.")],
            wire("start.next>ask", "ask.success>told"),
            variables=[{"name": "status"}],
        )
    )
    shop.hear("oi")
    return shop


def take_over(shop: Shop) -> Order:
    """What another worker does once the lease is over: claims the order, and writes down another answer."""
    shop.now += timedelta(minutes=2)
    with shop.unit() as unit:
        (order,) = unit.outbox.claim(1, lease=timedelta(minutes=1))
    with shop.unit() as unit:
        assert unit.outbox.done(order)
        call_http.done(unit, order, Answered(ok=True, status=200, body={"status": "a caminho"}))
    return order


def test_a_frozen_worker_cannot_record_what_became_of_an_order_that_another_has_taken_over(
    calling: Shop, outside: StandIn, database: str
):
    with worker("orders", database, calling, outside.url.removeprefix("http://")) as frozen:
        wait_for(outside, 1, seconds=30)
        frozen.send_signal(signal.SIGSTOP)
        wait_until_frozen(frozen)
        order = take_over(calling)
        sleep(1)  # the answer to the frozen worker is there
        assert wake(frozen) == 1
    calling.work()
    assert order.attempts == 2
    assert calling.replies() == ["Pedido: a caminho."]
