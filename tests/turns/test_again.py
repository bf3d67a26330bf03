"""Runs of the real thing, taken again from what was recorded: the same by their own version, told apart by another."""

import json

import pytest

from flowengine.core.program import compile_flow
from flowengine.nodes import NODE_TYPES, read_flow
from flowengine.turns.again import replay_run
from flowengine.turns.programs import Programs
from tests.turns.shop import RECEPTION, Shop, flow, say, wire


@pytest.fixture
def shop(engine) -> Shop:
    return Shop(engine)


def node(id, type, **params):
    return {"id": id, "type": type, "params": params}


def again(shop, document, **words):
    """The one run of the talk, with this version; `words` are replaced in it."""
    text = json.dumps(document, ensure_ascii=False)
    for before, after in words.items():
        text = text.replace(before, after)
    program = compile_flow(read_flow(json.loads(text)), NODE_TYPES)
    with shop.unit() as unit:
        (run,) = unit.runs.of_conversation(shop.talk().id)
        return replay_run(unit, Programs(), run.id, program)


def test_a_talk_with_people_and_a_rating(shop: Shop):
    shop.publish(RECEPTION)
    shop.hear("Oi")
    shop.hear("Falar com alguém")
    shop.take(shop.ana)
    shop.finish(shop.ana)
    shop.work()
    assert shop.hear("5") == ["Obrigado pela nota 5."]
    assert again(shop, RECEPTION).differences == ()
    replayed = again(shop, RECEPTION, Obrigado="Valeu")
    assert (replayed.same, replayed.of) == (3, 4)
    assert replayed.differences[0].after["text"] == "Valeu pela nota 5."


def test_a_run_through_a_sub_flow(shop: Shop):
    asks = node("ask", "question", text="Qual a sua cidade?", answer_type="text", save_to="cidade")
    inner = flow(
        [asks],
        wire("start.next>ask"),
        key="cidade",
        variables=[{"name": "cidade", "type": "text", "output": True}],
    )
    call = node("call", "call_flow", flow="cidade", outputs=[{"name": "cidade", "save_to": "onde"}])
    outer = flow([call, say("bye", "De {{ vars.onde }}!")], wire("start.next>call", "call.finished>bye"))
    shop.publish(inner)
    with shop.unit() as unit:  # on no channel of its own: it is only called
        unit.channels.bind(unit.flows.by_key("cidade").id, [])
    shop.publish(outer)
    shop.hear("Oi")
    assert shop.hear("Recife") == ["De Recife!"]
    assert again(shop, outer).differences == ()
    assert [each.what for each in again(shop, outer, **{"De {{": "Da {{"}).differences] == ["effects"]


def test_a_run_that_the_account_ended(shop: Shop):
    mark = node("mark", "tags", on="contact", add=["nao_ha"])
    marks = flow([mark, say("bye", "Tchau.")], wire("start.next>mark", "mark.next>bye"))
    shop.publish(marks)
    shop.hear("Oi")
    with shop.unit() as unit:
        (run,) = unit.runs.of_conversation(shop.talk().id)
    assert (run.status, run.error["node"]) == ("failed", "mark")
    assert again(shop, marks).differences == ()
    assert [each.what for each in again(shop, marks, nao_ha="outra").differences] == ["effects"]


def test_what_a_person_did_in_between_is_no_difference(shop: Shop):
    shop.publish(RECEPTION)
    shop.hear("Oi")
    shop.take(shop.bia)
    assert again(shop, RECEPTION).differences == ()
