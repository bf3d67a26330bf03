"""Which flow of a channel starts: by hours, by the channel's keywords, by their order; on a real database."""

from datetime import UTC, datetime

import pytest

from flowengine.store.bindings import Listening
from tests.turns.shop import Shop, flow, say, wire

MONDAY_NOON = datetime(2026, 11, 23, 15, tzinfo=UTC)  # 12:00 in São Paulo
WEEK = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def shop(engine):
    """Three flows that say who they are, and hours from eight to six on weekdays."""
    shop = Shop(engine, now=MONDAY_NOON)
    for key in ("dia", "noite", "boleto"):
        shop.publish(answering(key))
    with shop.unit() as unit:
        hours = unit.hours.add("comercial", "Comercial", timezone="America/Sao_Paulo", week=WEEK)
        unit.teams.change(shop.channel.team_id, hours_id=hours.id)
    return shop


def answering(key, **params):
    """A flow that says its key and ends."""
    document = flow([say("diz", key)], wire("start.next>diz"), key=key, name=key.title())
    document["nodes"][0]["params"].update(params)
    return document


def listen(shop, *listenings):
    """`(key, hours, any_message, *keywords)` each, asked in this order."""
    with shop.unit() as unit:
        flows = [unit.flows.by_key(key).id for key, *_ in listenings]
        unit.bindings.set(
            shop.channel.id,
            [Listening(id, hours, any, words) for id, (_, hours, any, *words) in zip(flows, listenings, strict=True)],
        )


def test_one_flow_answers_inside_hours_and_another_outside(shop):
    listen(shop, ("noite", "outside", True), ("dia", "inside", True))
    assert shop.hear("oi", sender="ana") == ["dia"]
    shop.later(hours=6)  # six in the evening: the hours end then
    assert shop.hear("oi", sender="bia") == ["noite"]
    shop.later(hours=14)
    assert shop.hear("oi", sender="caio") == ["dia"]


def test_a_country_s_holiday_is_outside_hours(shop):
    listen(shop, ("noite", "outside", True), ("dia", "inside", True))
    with shop.unit() as unit:
        hours = unit.hours.by_slug("comercial")
        unit.hours.set(hours.id, timezone=hours.timezone, week=WEEK, holidays=[{"country": "BR"}])
    shop.later(days=32)  # Friday, 25 December
    assert shop.hear("oi") == ["noite"]


def test_without_hours_nobody_is_ever_outside(shop):
    with shop.unit() as unit:
        unit.teams.change(shop.channel.team_id, hours_id=None)
    listen(shop, ("noite", "outside", True), ("dia", "inside", True))
    shop.later(hours=10)
    assert shop.hear("oi") == ["dia"]


def test_where_nobody_listens_at_this_hour_people_are_told(shop):
    listen(shop, ("noite", "outside", True))
    assert shop.hear("oi") == []
    assert shop.talk().state == "queued"


def test_a_talk_that_has_begun_goes_on_when_the_hours_end(shop):
    asks = {"id": "q", "type": "question", "params": {"text": "Que cor?", "answer_type": "text", "save_to": "cor"}}
    wires = wire("start.next>q", "q.answered>fim")
    shop.publish(flow([asks, say("fim", "{{ vars.cor }}.")], wires, key="dia", variables=[{"name": "cor"}]))
    listen(shop, ("noite", "outside", True), ("dia", "inside", True))
    shop.hear("oi")
    shop.later(hours=7)
    assert shop.hear("azul") == ["azul."]


def test_the_channel_s_keyword_starts_its_flow_whatever_comes_first(shop):
    listen(shop, ("dia", "always", True), ("boleto", "always", False, "segunda via", "boleto"))
    assert shop.hear("Quero a SEGUNDA via, por favor", sender="ana") == ["boleto"]
    assert shop.hear("oi", sender="bia") == ["dia"]


def test_a_flow_that_listens_to_keywords_alone_takes_no_other_message(shop):
    listen(shop, ("boleto", "always", False, "boleto"))
    assert shop.hear("oi") == []
    assert shop.talk().state == "queued"


def test_a_keyword_counts_at_the_hours_of_its_flow(shop):
    listen(shop, ("boleto", "outside", False, "boleto"), ("dia", "always", True))
    assert shop.hear("boleto", sender="ana") == ["dia"]
    shop.later(hours=8)
    assert shop.hear("boleto", sender="bia") == ["boleto"]


def test_the_condition_of_the_start_holds_for_the_channel_s_keywords_too(shop):
    shop.publish(answering("boleto", where={"left": "contact.name", "op": "equals", "right": "Ana"}))
    listen(shop, ("boleto", "always", False, "boleto"), ("dia", "always", True))
    assert shop.hear("boleto", sender="ana", name="Ana") == ["boleto"]
    assert shop.hear("boleto", sender="bia", name="Bia") == ["dia"]


def test_the_first_of_several_that_listen_to_anything_answers_until_the_order_changes(shop):
    listen(shop, ("dia", "always", True), ("noite", "always", True))
    assert shop.hear("oi", sender="ana") == ["dia"]
    listen(shop, ("noite", "always", True), ("dia", "always", True))
    assert shop.hear("oi", sender="bia") == ["noite"]


def test_a_flow_that_is_stopped_leaves_the_message_to_the_next(shop):
    listen(shop, ("dia", "always", True), ("noite", "always", True))
    with shop.unit() as unit:
        unit.flows.stop(unit.flows.by_key("dia").id)
    assert shop.hear("oi") == ["noite"]


def test_a_flow_bound_again_by_its_author_keeps_its_hours_and_its_place(shop):
    listen(shop, ("noite", "outside", True, "oi"), ("dia", "inside", True))
    with shop.unit() as unit:
        unit.channels.bind(unit.flows.by_key("noite").id, [shop.channel.id])
        listeners = unit.bindings.of(shop.channel.id)
    assert [(each.key, each.hours, each.keywords) for each in listeners] == [
        ("noite", "outside", ["oi"]),
        ("dia", "inside", []),
    ]
