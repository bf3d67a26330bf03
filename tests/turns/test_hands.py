"""The hands of a worker: more of them than connections, a stop with calls in hand, two workers at once."""

import threading
import time

import pytest
from sqlalchemy import text

from flowengine import turns
from flowengine.store.engine import make_engine
from flowengine.turns.hands import Hands
from tests.standins.served import Answer, wait_for
from tests.standins.webhook import webhook
from tests.turns.shop import Shop
from tests.turns.test_calls import SECRET, allowing, order_status


@pytest.fixture
def shop(engine):
    return Shop(engine)


def owed(owner_engine):
    with owner_engine.connect() as connection:
        return connection.execute(text("select count(*) from outbox where kind = 'call_http'")).scalar()


def ask(shop, web, number, **params):
    shop.publish(order_status(web, **params))
    for each in range(number):
        shop.receive("oi", sender=f"c{each}")
    shop.work()
    for each in range(number):
        shop.receive(f"{each}", sender=f"c{each}")
    shop.work()


def test_more_hands_than_connections_write_down_what_all_of_them_did(shop, owner_engine):
    """All answers come at the same moment."""
    small = make_engine(shop.engine.url.render_as_string(hide_password=False), pool_size=1, max_overflow=1)
    with webhook(Answer({"status": "ok"}, after=0.3)) as web, allowing(web) as outside:
        ask(shop, web, 24)
        with Hands(at_once=24, a_claim=24) as hands:
            turns.settle(turns.Settling(small, shop.account, outside, hands, SECRET))
        assert (len(web.asked), owed(owner_engine)) == (24, 0)
    small.dispose()
    shop.later(minutes=1)
    shop.work()
    assert [shop.replies(f"c{each}")[-1] for each in range(24)] == ["Está ok."] * 24


def test_a_stop_waits_for_what_is_in_hand(shop, owner_engine):
    with webhook(Answer({"status": "ok"}, after=1)) as web, allowing(web) as outside:
        ask(shop, web, 2, method="POST")
        with Hands() as hands:
            turns.settle(turns.Settling(shop.engine, shop.account, outside, hands, SECRET))
            wait_for(web, 2)
        assert (len(web.asked), owed(owner_engine)) == (2, 0)


def test_two_workers_make_each_call_once(shop, owner_engine):
    with webhook(Answer({"status": "ok"})) as web, allowing(web) as outside:
        ask(shop, web, 12, method="POST")

        def worker():
            with Hands(at_once=3, a_claim=2) as hands:
                settling = turns.Settling(shop.engine, shop.account, outside, hands, SECRET)
                until = time.monotonic() + 20
                while owed(owner_engine) and time.monotonic() < until:
                    turns.settle(settling)
                    hands.one_done(0.2)

        both = [threading.Thread(target=worker) for _ in range(2)]
        for each in both:
            each.start()
        for each in both:
            each.join()
        assert (len(web.asked), owed(owner_engine)) == (12, 0)
        assert len({asked.headers["idempotency-key"] for asked in web.asked}) == 12
