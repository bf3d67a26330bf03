"""Runs that leave their flow: by a goal, by a stop condition, by another run, by a word; with people in between."""

import pytest
from sqlalchemy import text

from flowengine.crm.actor import Actor
from flowengine.crm.tags import change_tags
from tests.turns.shop import Shop, flow, say, wire


@pytest.fixture
def shop(engine):
    shop = Shop(engine)
    with shop.unit() as unit:
        for slug in ("cliente", "vip"):
            unit.tags.add(slug, name=slug, color="#aa0000")
    return shop


def ask(id, words, **more):
    return {"id": id, "type": "question", "params": {"text": words, "answer_type": "text", **more}}


def tag(shop, slug):
    """As a person does on the contact's page."""
    shop.later(minutes=1)
    with shop.unit() as unit:
        change_tags(unit, unit.contacts.get(shop.talk().contact_id), add=[slug], actor=Actor(member=shop.ana.id))
    shop.work()


def runs(owner_engine):
    """(flow, status, reason) of every run, in the order in which they began."""
    found = "select f.key, r.status, r.reason from run r join flow f on f.id = r.flow_id order by r.started_at, r.id"
    with owner_engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(found))]


def dead_letters(owner_engine):
    with owner_engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("select error from dead_letter"))]


def aiming(nodes, edges, **goal):
    return flow(nodes, edges, settings={"default_team": "geral", "goal": {"event": "contact.tag_added", **goal}})


def test_a_goal_ends_the_run_and_the_talk(shop, owner_engine):
    shop.publish(aiming([ask("um", "Um?")], wire("start.next>um")))
    shop.hear("oi")
    tag(shop, "cliente")
    assert (runs(owner_engine), dead_letters(owner_engine)) == ([("bot", "ended", "goal")], [])
    assert (shop.talk().state, shop.talk().finish_reason) == ("finished", "goal")


def test_a_goal_may_go_on_elsewhere(shop, owner_engine):
    shop.publish(aiming([ask("um", "Um?"), say("viva", "Viva!")], wire("start.next>um"), then="node", node="viva"))
    shop.hear("oi")
    tag(shop, "cliente")
    assert shop.replies() == ["Um?", "Viva!"]
    assert dead_letters(owner_engine) == []


HANDS = {"id": "gente", "type": "transfer", "params": {"team": "vendas"}}


def test_a_goal_met_while_people_have_the_talk_says_nothing_into_it(shop, owner_engine):
    nodes = [HANDS, say("nota", "Que nota?"), say("viva", "Viva!")]
    shop.publish(aiming(nodes, wire("start.next>gente", "gente.finished>nota"), then="node", node="viva"))
    shop.hear("oi")
    shop.take(shop.ana)
    tag(shop, "cliente")
    assert (shop.replies(), shop.talk().state) == ([], "open")


@pytest.mark.parametrize("then", [{}, {"then": "node", "node": "viva"}], ids=["end", "node"])
def test_people_finish_a_talk_whose_flow_has_met_its_goal(shop, owner_engine, then):
    nodes = [HANDS, say("nota", "Que nota?"), say("viva", "Viva!")]
    shop.publish(aiming(nodes, wire("start.next>gente", "gente.finished>nota"), **then))
    shop.hear("oi")
    shop.take(shop.ana)
    tag(shop, "cliente")
    shop.finish(shop.ana)
    shop.work()
    assert (shop.talk().state, dead_letters(owner_engine)) == ("finished", [])


WAITS = {"id": "espera", "type": "wait_until", "params": {
    "event": "contact.tag_added", "wait": {"amount": 1, "unit": "days"},
}}  # fmt: skip
STOPS = {"id": "para", "type": "stop_flows", "params": {"which": "all"}}


def second_channel(shop):
    """Another channel on which the same contact is known."""
    with shop.unit() as unit:
        identity = unit.contacts.identity(shop.channel.id, "renata")
        other = unit.channels.add("http", "Outro", team_id=shop.channel.team_id)
        unit.contacts.identify(identity.contact_id, other.id, "renata", "Renata")
    return other


def bind(shop, key, channel):
    with shop.unit() as unit:
        unit.channels.bind(unit.flows.by_key(key).id, [channel.id])


def test_a_fact_that_makes_one_run_stop_another_which_waits_for_it_too(shop, owner_engine):
    """The older takes the fact first and stops the younger: that is no failure of the younger's."""
    shop.publish(flow([WAITS, STOPS, say("ok", "Parei.")],
                      wire("start.next>espera", "espera.happened>para", "para.next>ok"), key="velha"))  # fmt: skip
    shop.hear("oi")
    first = shop.channel
    shop.publish(flow([WAITS, say("oh", "Oh.")], wire("start.next>espera", "espera.happened>oh"), key="nova"))
    other = second_channel(shop)
    bind(shop, "velha", first), bind(shop, "nova", other)
    shop.channel = other
    shop.hear("oi")
    tag(shop, "vip")
    assert dead_letters(owner_engine) == []
    assert runs(owner_engine) == [("velha", "completed", "next"), ("nova", "ended", "stopped")]
    assert shop.replies() == []
    assert shop.talk().state == "finished"
    shop.channel = first
    assert shop.replies() == ["Parei."]


def test_a_run_that_waits_for_people_is_stopped_and_people_finish_all_the_same(shop, owner_engine):
    shop.publish(flow([HANDS, say("nota", "Que nota?")], wire("start.next>gente", "gente.finished>nota"), key="velha"))
    shop.hear("oi")
    shop.take(shop.ana)
    first, other = shop.channel, second_channel(shop)
    shop.publish(flow([STOPS, say("ok", "Parei.")], wire("start.next>para", "para.next>ok"), key="nova"))
    bind(shop, "velha", first), bind(shop, "nova", other)
    shop.channel = other
    assert shop.hear("oi") == ["Parei."]
    shop.channel = first
    assert shop.talk().state == "open"
    shop.finish(shop.ana)
    shop.work()
    assert (shop.talk().state, shop.replies()) == ("finished", [])


def test_a_run_hears_of_a_tag_once_it_waits_for_it_not_of_one_it_has_put_on_before(shop, owner_engine):
    marks = {"id": "marca", "type": "tags", "params": {"on": "contact", "add": ["cliente"]}}
    shop.publish(flow([marks, WAITS, say("ja", "Já?")], wire("start.next>marca", "marca.next>espera",
                                                              "espera.happened>ja")))  # fmt: skip
    assert shop.hear("oi") == []
    tag(shop, "vip")
    assert shop.replies() == ["Já?"]


COMMANDS = {"commands": [{"terms": ["sair"], "do": "end"}, {"terms": ["menu"], "do": "restart"}]}


def test_a_word_that_ends_the_flow_ends_it_from_within_a_sub_flow(shop, owner_engine):
    shop.publish(flow([ask("cor", "Que cor?")], wire("start.next>cor"), key="cor"))
    with shop.unit() as unit:
        unit.channels.bind(unit.flows.by_key("cor").id, [])
    calls = {"id": "chama", "type": "call_flow", "params": {"flow": "cor"}}
    shop.publish(flow([calls, ask("quanto", "Quantos?")], wire("start.next>chama", "chama.finished>quanto"),
                      settings={"default_team": "geral", **COMMANDS}))  # fmt: skip
    assert shop.hear("oi") == ["Que cor?"]
    assert shop.hear("menu") == ["Que cor?"]
    assert shop.hear("sair") == []
    assert (runs(owner_engine), shop.talk().state) == ([("bot", "completed", "ended_by_contact")], "finished")
