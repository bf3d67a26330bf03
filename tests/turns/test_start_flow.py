"""A flow that leaves for another: what is said in between, who may already have the talk, and other channels."""

import pytest
from sqlalchemy import text

from flowengine import turns
from flowengine.turns.claim import Claim
from tests.turns.shop import Shop, flow, say, wire
from tests.turns.test_leaving import HANDS, bind, second_channel
from tests.turns.test_other_flows import COLOUR, ask, publish_unbound, runs

LEAVES = {"id": "vai", "type": "start_flow", "params": {"flow": "cor"}}


@pytest.fixture
def shop(engine):
    return Shop(engine)


def dead_letters(owner_engine):
    with owner_engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("select error from dead_letter"))]


def test_what_is_written_before_the_other_flow_has_begun_is_shown_and_answers_none_of_its_questions(shop):
    publish_unbound(shop, COLOUR)
    shop.publish(flow([LEAVES], wire("start.next>vai")))
    shop.receive("oi")
    shop.receive("tudo bem?")
    shop.work()
    assert shop.replies() == ["Que cor?"]
    assert shop.hear("azul") == ["azul, certo."]


@pytest.mark.parametrize("word", ["atendente", "sair"])
def test_a_word_that_steers_is_heard_before_the_other_flow_has_begun(shop, word):
    with shop.unit() as unit:
        commands = [{"terms": ["atendente"], "do": "transfer"}, {"terms": ["sair"], "do": "end"}]
        unit.accounts.set_settings({"commands": commands})
    publish_unbound(shop, COLOUR)
    shop.publish(flow([LEAVES], wire("start.next>vai")))
    shop.receive("oi")
    shop.receive(word)
    shop.work()
    assert shop.talk().state == {"atendente": "queued", "sair": "finished"}[word]
    assert "Que cor?" not in shop.replies()


def test_a_person_who_takes_the_talk_before_the_other_flow_has_begun_keeps_it(shop, owner_engine):
    publish_unbound(shop, COLOUR)
    shop.publish(flow([LEAVES], wire("start.next>vai")))
    shop.receive("oi")
    with shop.unit() as unit:
        turns.taking._take(Claim(unit, shop.programs))
    with shop.unit() as unit:
        unit.members.change(shop.bia.id, role="supervisor")
        unit.teams.put_member(unit.teams.by_slug("geral").id, shop.bia.id, supervisor=True)
    shop.take(shop.bia)
    shop.work()
    assert (shop.replies(), shop.talk().state, dead_letters(owner_engine)) == ([], "open", [])


def test_a_flow_started_while_people_have_the_talk_says_nothing_into_it(shop, owner_engine):
    """The flow waits for a tag on one channel; the talk of the other channel is a person's; each keeps its own."""
    publish_unbound(shop, COLOUR)
    shop.publish(flow([HANDS, say("nota", "Que nota?")], wire("start.next>gente", "gente.finished>nota"), key="velha"))
    shop.hear("oi")
    shop.take(shop.ana)
    first, other = shop.channel, second_channel(shop)
    shop.publish(flow([LEAVES], wire("start.next>vai"), key="nova"))
    bind(shop, "velha", first), bind(shop, "nova", other)
    shop.channel = other
    assert shop.hear("oi") == ["Que cor?"]
    shop.channel = first
    assert (shop.replies(), shop.talk().state) == ([], "open")


def test_a_flow_without_a_way_in_leaves_the_contact_with_people(shop, owner_engine):
    nowhere = flow([say("ola", "Olá.")], [], key="cor")
    nowhere["nodes"] = nowhere["nodes"][1:]
    publish_unbound(shop, nowhere)
    shop.publish(flow([LEAVES], wire("start.next>vai")))
    shop.hear("oi")
    assert (shop.talk().state, dead_letters(owner_engine)) == ("queued", [])
    assert [status for _, status, _ in runs(owner_engine)] == ["completed", "failed"]


def test_a_flow_that_was_stopped_is_not_begun_by_another_but_goes_on_being_called(shop):
    publish_unbound(shop, COLOUR)
    with shop.unit() as unit:
        unit.flows.stop(unit.flows.by_key("cor").id)
    shop.publish(flow([LEAVES], wire("start.next>vai")))
    shop.hear("oi")
    assert (shop.replies(), shop.talk().state) == ([], "queued")

    shop.publish(flow([{"id": "chama", "type": "call_flow", "params": {"flow": "cor"}}], wire("start.next>chama")))
    assert shop.hear("oi", sender="otto", name="Otto") == ["Que cor?"]


def test_a_sub_flow_without_a_way_in_is_a_call_that_failed(shop, owner_engine):
    nowhere = flow([say("ola", "Olá.")], [], key="cor")
    nowhere["nodes"] = nowhere["nodes"][1:]
    publish_unbound(shop, nowhere)
    calls = {"id": "chama", "type": "call_flow", "params": {"flow": "cor"}}
    shop.publish(flow([calls, say("nao", "Não deu.")], wire("start.next>chama", "chama.failed>nao")))
    assert shop.hear("oi") == ["Não deu."]


def test_a_sub_flow_that_leaves_for_another_flow_ends_its_callers_too(shop, owner_engine):
    publish_unbound(shop, COLOUR)
    publish_unbound(shop, flow([LEAVES], wire("start.next>vai"), key="sai"))
    calls = {"id": "chama", "type": "call_flow", "params": {"flow": "sai"}}
    shop.publish(flow([calls, ask("q", "E aí?")], wire("start.next>chama", "chama.finished>q")))
    assert shop.hear("oi") == ["Que cor?"]
    assert shop.hear("azul") == ["azul, certo."]
    assert [status for _, status, _ in runs(owner_engine)] == ["completed", "completed"]
    assert dead_letters(owner_engine) == []
