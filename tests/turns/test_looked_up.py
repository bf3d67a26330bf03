"""What nodes ask of the conversation and the contact in the middle of a turn."""

import pytest

from flowengine.turns.world import look_up
from tests.turns.shop import Shop, flow, say, wire


@pytest.fixture
def shop(engine) -> Shop:
    shop = Shop(engine)
    ask = {"id": "ask", "type": "question", "params": {"text": "Que cor?", "answer_type": "text"}}
    shop.publish(flow([ask, say("done", "Certo.")], wire("start.next>ask", "ask.answered>done")))
    return shop


def answers(shop, *queries):
    with shop.unit() as unit:
        contact = unit.contacts.get(unit.contacts.identity(shop.channel.id, "renata").contact_id)
        return list(look_up(unit, contact, queries).values())


def test_a_model_is_shown_what_was_said_last_oldest_first(shop: Shop):
    shop.hear("oi")
    shop.hear("azul")
    talk = shop.talk().id
    told, last = answers(shop, ("messages", f"10|{talk}"), ("messages", f"1|{talk}"))
    assert [(each["from"], each["text"]) for each in told][:2] == [("contact", "oi"), ("bot", "Que cor?")]
    assert last == told[-1:]


def test_a_contact_in_no_portfolio_has_none(shop: Shop):
    shop.hear("oi")
    assert answers(shop, ("portfolio", "contact")) == [None]


def test_a_portfolio_says_whose_the_contact_is(shop: Shop):
    shop.hear("oi")
    with shop.unit() as unit:
        contact = unit.contacts.identity(shop.channel.id, "renata").contact_id
        ana = unit.members.by_slug("ana")
        portfolio = unit.portfolios.add("grandes", name="Grandes contas", kind="one", owner_id=ana.id)
        unit.portfolios.put(portfolio.id, [contact])
    assert answers(shop, ("portfolio", "contact")) == [{"owner": "ana", "teams": []}]
