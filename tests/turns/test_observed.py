"""What a claim came to is told once it is committed: each event once, each turn with its run."""

import pytest
from sqlalchemy import Engine

from flowengine import turns
from flowengine.turns.observed import EventFailed, EventTaken, Told, TurnTaken
from flowengine.turns.programs import Programs
from tests.turns.shop import RECEPTION, Shop, flow, say, wire


@pytest.fixture
def shop(engine: Engine) -> Shop:
    return Shop(engine)


def taken(shop: Shop, programs: Programs | None = None) -> list[Told]:
    """What whoever counts is told of the next claim."""
    told: list[Told] = []

    def observe(account, each):
        assert account == shop.account
        told.append(each)

    turns.take_waiting(shop.engine, shop.account, programs or shop.programs, now=shop.now, observe=observe)
    return told


def test_a_message_is_told_with_its_arrival_and_each_turn_with_its_run(shop: Shop):
    shop.publish(RECEPTION)
    shop.receive("oi")
    begun, event = taken(shop)
    assert isinstance(begun, TurnTaken)
    assert isinstance(event, EventTaken)
    assert (begun.flow, begun.number, begun.outcome, begun.contact) == ("bot", 1, "waiting", shop.talk().contact_id)
    assert (event.kind, event.priority, event.arrived) == ("message_received", 0, shop.now)
    shop.receive("nada")
    over, _ = taken(shop)
    assert isinstance(over, TurnTaken)
    assert (over.run, over.number, over.outcome) == (begun.run, 2, "completed")
    assert taken(shop) == []


def test_a_run_that_fails_is_told_with_its_mistake(shop: Shop):
    shop.publish(flow([say("diz", "{{ 1 / 0 }}")], wire("start.next>diz")))
    shop.receive("oi")
    failed = taken(shop)[0]
    assert isinstance(failed, TurnTaken)
    assert (failed.outcome, failed.error, failed.node) == ("failed", "bad_template", "diz")


class Broken(Programs):
    """A fault of ours in whatever is walked."""

    def __getattribute__(self, name):
        raise KeyError("ours")


def test_an_event_that_fails_is_told_and_the_turns_that_were_undone_are_not(shop: Shop):
    shop.publish(RECEPTION)
    shop.receive("oi")
    assert taken(shop, Broken()) == [EventFailed("message_received", "KeyError", "later")]
    shop.later(minutes=1)
    assert [type(each) for each in taken(shop)] == [TurnTaken, EventTaken]
