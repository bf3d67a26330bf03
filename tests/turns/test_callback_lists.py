"""Callbacks in lists and at a pace, where a channel's settings ask for it."""

import json
import threading
import time
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, text
from standardwebhooks import Webhook

from flowengine import turns
from flowengine.effects.outside import Outside
from flowengine.effects.sealing import seal
from flowengine.jobs.pace import pace
from flowengine.turns.hands import Hands
from tests.turns.shop import RECEPTION, Shop
from tests.turns.test_callback import SECRET, SIGNING, Receiver, make_due, outside, receiver, settle

__all__ = ["outside", "receiver"]  # fixtures of theirs

GREETING = ["Olá, Renata!", "Como podemos ajudar?"]


@pytest.fixture
def shop(engine: Engine) -> Shop:
    shop = Shop(engine)
    shop.publish(RECEPTION)
    return shop


def ask_for(shop: Shop, receiver: Receiver, **config: object) -> None:
    """As the channel's owner sets it."""
    with shop.unit() as unit:
        url, signing = f"http://127.0.0.1:{receiver.port}/hook", seal(SIGNING, SECRET)
        shop.channel = unit.channels.change(
            shop.channel.id, callback_url=url, callback_secret=signing, config=dict(config)
        )


def write(shop: Shop, number: int) -> None:
    for each in range(number):
        shop.receive("oi", sender=f"c{each}")
    shop.work()


def lists(receiver: Receiver) -> list[list[tuple[str, str]]]:
    """Who was told what, a list a request."""
    return [[(each["to"], each["text"]) for each in json.loads(body)] for _, body in receiver.heard]


def statuses(shop: Shop, sender: str) -> list[str]:
    with shop.unit() as unit:
        return [each.status for each in unit.messages.latest(shop.talk(sender).id) if each.author == "bot"]


def test_a_list_holds_what_is_due_of_several_contacts_and_each_contacts_order_holds(
    shop: Shop, receiver: Receiver, outside: Outside
) -> None:
    ask_for(shop, receiver, together=50)
    write(shop, 20)
    settle(shop, outside)
    first, second = lists(receiver)
    assert sorted(first) == sorted((f"c{each}", GREETING[0]) for each in range(20))
    assert sorted(second) == sorted((f"c{each}", GREETING[1]) for each in range(20))
    assert [statuses(shop, f"c{each}") for each in range(20)] == [["sent", "sent"]] * 20


def test_a_list_is_no_longer_than_asked_for_and_one_message_is_a_list_as_well(
    shop: Shop, receiver: Receiver, outside: Outside
) -> None:
    ask_for(shop, receiver, together=9)
    write(shop, 10)
    settle(shop, outside)
    assert sorted(len(each) for each in lists(receiver)) == [1, 1, 9, 9]


def test_a_list_is_signed_and_named_by_its_messages(shop: Shop, receiver: Receiver, outside: Outside) -> None:
    ask_for(shop, receiver, together=50)
    write(shop, 3)
    settle(shop, outside)
    for headers, body in receiver.heard:
        assert len(Webhook(SIGNING).verify(body, headers)) == 3
    assert len({headers["webhook-id"] for headers, _ in receiver.heard}) == 2


def test_a_list_that_is_refused_is_sent_message_by_message(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    ask_for(shop, receiver, together=50)
    write(shop, 3)
    receiver.answers = [422, 200, 422, 200]
    settle(shop, outside)
    tried = lists(receiver)
    assert [len(each) for each in tried[:4]] == [3, 1, 1, 1]
    assert sorted(tried[0]) == sorted(each for (each,) in tried[1:4])
    assert sorted(statuses(shop, f"c{each}")[0] for each in range(3)) == ["failed", "sent", "sent"]


def test_a_receiver_that_is_busy_gets_the_whole_list_again(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    ask_for(shop, receiver, together=50)
    write(shop, 3)
    receiver.answers = [503]
    settle(shop, outside)
    assert len(receiver.heard) == 1
    make_due(owner_engine)
    settle(shop, outside)
    first, again = receiver.heard[:2]
    assert (first[0]["webhook-id"], first[1]) == (again[0]["webhook-id"], again[1])


def test_a_message_waits_for_its_turn_in_the_channels_pace_and_is_asked_for_it_once(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    ask_for(shop, receiver, per_second=4)
    write(shop, 5)
    asked: list[int] = []

    def two_now(channel: UUID, per_second: float, number: int) -> list[float]:
        asked.append(number)
        return [0, 0, 3600, 3600, 3600][:number]

    def heard_after_a_look() -> list[str]:
        turns.settle(paced)
        hands.all_done()
        return receiver.texts

    with Hands() as hands:
        paced = turns.Settling(shop.engine, shop.account, outside, hands, SECRET, pace=two_now)
        assert heard_after_a_look() == [GREETING[0]] * 2
        assert sorted(heard_after_a_look()) == sorted([GREETING[0]] * 2 + [GREETING[1]] * 2)
        make_due(owner_engine)
        assert sorted(heard_after_a_look()) == sorted([GREETING[0]] * 5 + [GREETING[1]] * 2)
    assert asked == [5, 2, 0]
    assert statuses(shop, "c0")[0] == "sent"


def test_a_pace_lets_a_seconds_worth_go_at_once_and_then_one_after_the_other(redis) -> None:
    channel = uuid4()
    waits = [*pace(redis, channel, 10, 8), *pace(redis, channel, 10, 6)]
    assert waits[:10] == [0] * 10
    assert waits[10:] == pytest.approx([0.1, 0.2, 0.3, 0.4], abs=0.09)
    assert list(pace(redis, uuid4(), 0.5, 2)) == pytest.approx([0, 2], abs=0.1)


def test_what_is_over_at_the_same_moment_is_written_down_in_one_transaction(
    shop: Shop, receiver: Receiver, outside: Outside, owner_engine: Engine
) -> None:
    """Eight hands are done while one of them writes; the others wait for him, and the first of them writes for all."""
    ask_for(shop, receiver)
    write(shop, 8)
    held, entered = threading.Event(), threading.Event()

    class Slow(Outside):
        def post(self, *call):
            entered.set()
            held.wait(10)
            return super().post(*call)

    written: set[int] = set()
    with Slow([f"127.0.0.1:{receiver.port}"]) as slow, Hands() as hands:
        settling = turns.Settling(shop.engine, shop.account, slow, hands, SECRET)
        assert turns.settle(settling) == 8
        with owner_engine.begin() as connection:  # whoever writes first waits for this one
            connection.execute(text("select 1 from outbox for update"))
            held.set()
            patience = time.monotonic() + 10
            while len(receiver.heard) < 8 and time.monotonic() < patience:
                time.sleep(0.05)
            time.sleep(0.5)  # for the last answer to come back to its hand
        hands.all_done()
    with owner_engine.connect() as connection:
        rows = connection.execute(
            text("select xmin::text::bigint from message where author = 'bot' and status = 'sent'")
        )
        written = {transaction for (transaction,) in rows}
    assert (len(receiver.heard), len(written) <= 2) == (8, True)
