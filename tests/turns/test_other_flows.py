"""Flows that call, start and stop each other, words that steer them, facts they wait for: on a real database."""

import pytest
from sqlalchemy import text

from flowengine.crm import contacts
from flowengine.crm.actor import Actor
from flowengine.crm.tags import change_tags
from tests.turns.shop import Shop, flow, say, wire


@pytest.fixture
def shop(engine):
    return Shop(engine)


def ask(id, words, **more):
    return {"id": id, "type": "question", "params": {"text": words, "answer_type": "text", **more}}


def publish_unbound(shop, document):
    """Live, and on no channel: other flows start it."""
    shop.publish(document)
    with shop.unit() as unit:
        unit.channels.bind(unit.flows.by_key(document["key"]).id, [])


def runs(owner_engine):
    """(flow, status, reason) of every run, in the order in which they began."""
    with owner_engine.connect() as connection:
        rows = connection.execute(
            text("""
                select f.key, r.status, r.reason from run r join flow f on f.id = r.flow_id
                order by r.started_at, r.id""")
        )
        return [tuple(row) for row in rows]


COLOUR = flow(
    [ask("cor", "Que cor?", save_to="cor"), say("ok", "{{ vars.cor }}, certo.")],
    wire("start.next>cor", "cor.answered>ok"),
    key="cor",
    variables=[{"name": "cor", "output": True}],
)
ORDER = flow(
    [
        {"id": "chama", "type": "call_flow", "params": {"flow": "cor", "outputs": [{"name": "cor", "save_to": "cor"}]}},
        ask("quanto", "Quantos de {{ vars.cor }}?"),
        say("fim", "Anotado."),
    ],
    wire("start.next>chama", "chama.finished>quanto", "quanto.answered>fim"),
)


def test_a_sub_flow_talks_in_the_same_run_and_survives_a_new_version(shop, owner_engine):
    publish_unbound(shop, COLOUR)
    shop.publish(ORDER)
    assert shop.hear("oi") == ["Que cor?"]
    publish_unbound(shop, flow([say("outra", "Outra.")], wire("start.next>outra"), key="cor"))
    assert shop.hear("azul") == ["azul, certo.", "Quantos de azul?"]
    assert shop.hear("2") == ["Anotado."]
    assert runs(owner_engine) == [("bot", "completed", "next")]


def test_a_flow_that_starts_another_leaves_it_the_conversation(shop, owner_engine):
    publish_unbound(shop, COLOUR)
    leaves = [say("ja", "Um instante."), {"id": "vai", "type": "start_flow", "params": {"flow": "cor"}}]
    shop.publish(flow(leaves, wire("start.next>ja", "ja.next>vai")))
    assert shop.hear("oi") == ["Um instante.", "Que cor?"]
    assert shop.talk().state == "bot"
    assert shop.hear("azul") == ["azul, certo."]
    assert runs(owner_engine) == [("bot", "completed", "left_for_another_flow"), ("cor", "completed", "next")]
    assert shop.talk().state == "finished"


def test_flows_that_start_each_other_end_with_people(shop, owner_engine):
    around = {"id": "vai", "type": "start_flow", "params": {"flow": "bot"}}
    shop.publish(flow([around], wire("start.next>vai")))
    assert shop.hear("oi") == []
    assert shop.talk().state == "queued"
    assert len(runs(owner_engine)) == 6


def test_a_flow_that_is_not_there_leaves_the_contact_with_people(shop):
    shop.publish(flow([{"id": "vai", "type": "start_flow", "params": {"flow": "sumiu"}}], wire("start.next>vai")))
    shop.hear("oi")
    assert shop.talk().state == "queued"


COMMANDED = flow(
    [ask("um", "Um?"), ask("dois", "Dois?"), say("fim", "Fim.")],
    wire("start.next>um", "um.answered>dois", "dois.answered>fim"),
    settings={
        "default_team": "geral",
        "commands": [
            {"terms": ["voltar"], "do": "back"},
            {"terms": ["atendente"], "do": "transfer", "team": "vendas"},
            {"terms": ["sair"], "do": "end"},
        ],
    },
)


def test_a_word_steers_the_flow_wherever_it_waits(shop):
    shop.publish(COMMANDED)
    shop.hear("oi")
    shop.hear("1")
    assert shop.hear("VOLTAR!") == ["Um?"]
    assert shop.hear("não quero voltar") == ["Dois?"]
    assert shop.hear("atendente") == []
    with shop.unit() as unit:
        assert (shop.talk().state, unit.teams.get(shop.talk().team_id).slug) == ("queued", "vendas")


def test_a_contact_may_end_the_flow(shop, owner_engine):
    shop.publish(COMMANDED)
    shop.hear("oi")
    assert (shop.hear("sair"), shop.talk().state) == ([], "finished")
    assert runs(owner_engine) == [("bot", "completed", "ended_by_contact")]


def test_a_word_of_the_accounts_steers_every_flow(shop):
    with shop.unit() as unit:
        unit.accounts.set_settings({"commands": [{"terms": ["ajuda"], "do": "transfer"}]})
    shop.publish(flow([ask("um", "Um?")], wire("start.next>um")))
    shop.hear("oi")
    shop.hear("ajuda")
    assert shop.talk().state == "queued"


def test_a_flow_waits_until_a_person_puts_a_tag_on_the_contact(shop):
    waits = {"id": "espera", "type": "wait_until", "params": {
        "event": "contact.tag_added", "wait": {"amount": 1, "unit": "days"},
        "where": {"left": "event.data.tag", "op": "equals", "right": "vip"},
    }}  # fmt: skip
    nodes = [say("ja", "Já volto."), waits, say("vip", "Agora você é VIP."), say("nada", "Fica para outra vez.")]
    edges = wire("start.next>ja", "ja.next>espera", "espera.happened>vip", "espera.timed_out>nada")
    shop.publish(flow(nodes, edges))
    shop.hear("oi")
    with shop.unit() as unit:
        unit.tags.add("vip", name="VIP", color="#aa0000")
        unit.tags.add("novo", name="Novo", color="#00aa00")
    tag(shop, "novo")
    assert shop.replies() == ["Já volto."]
    tag(shop, "vip")
    assert shop.replies() == ["Já volto.", "Agora você é VIP."]


def tag(shop, slug):
    """As a person does on the contact's page."""
    shop.later(minutes=1)
    with shop.unit() as unit:
        change_tags(unit, unit.contacts.get(shop.talk().contact_id), add=[slug], actor=Actor(member=shop.ana.id))
    shop.work()


def test_a_flow_may_end_the_others_of_its_contact(shop, owner_engine):
    shop.publish(flow([ask("um", "Um?")], wire("start.next>um"), key="primeira"))
    shop.hear("oi")
    stops = {"id": "para", "type": "stop_flows", "params": {"which": "all"}}
    keyword = {"id": "start", "type": "trigger", "params": {"event": "keyword", "terms": ["parar"], "interrupt": True}}
    second = flow([stops, say("ok", "Parei tudo.")], wire("start.next>para", "para.next>ok"), key="segunda")
    second["nodes"][0] = keyword
    shop.publish(second)
    assert shop.hear("parar") == ["Parei tudo."]
    assert ("primeira", "ended") in [(key, status) for key, status, _ in runs(owner_engine)]


def test_a_flow_sets_priority_and_subject_and_finishes(shop):
    marks = {
        "id": "marca",
        "type": "conversation",
        "params": {"priority": "high", "subject": "Pedido de {{ contact.name }}"},
    }
    ends = {"id": "encerra", "type": "conversation", "params": {"finish": True, "reason": "resolvido"}}
    nodes = [marks, ask("um", "Um?"), ends]
    shop.publish(flow(nodes, wire("start.next>marca", "marca.next>um", "um.answered>encerra")))
    shop.hear("oi")
    assert (shop.talk().priority, shop.talk().subject) == ("high", "Pedido de Renata")
    shop.hear("1")
    assert (shop.talk().state, shop.talk().finish_reason) == ("finished", "resolvido")


def test_a_flow_that_finishes_may_still_ask_for_a_rating(shop):
    ends = {"id": "encerra", "type": "conversation", "params": {"finish": True, "reason": "resolvido"}}
    rate = {"id": "nota", "type": "question", "params": {"text": "Que nota?", "answer_type": "rating"}}
    shop.publish(
        flow(
            [ends, rate, say("fim", "Obrigado!")], wire("start.next>encerra", "encerra.next>nota", "nota.answered>fim")
        )
    )
    assert (shop.hear("oi"), shop.talk().state) == (["Que nota?"], "bot")
    assert shop.hear("5") == ["Obrigado!"]
    assert (shop.talk().state, shop.talk().finish_reason) == ("finished", "resolvido")


def test_a_flow_hands_the_conversation_to_one_person(shop):
    with shop.unit() as unit:
        ana = unit.members.change(shop.ana.id, presence="online")
    hands = {"id": "gente", "type": "transfer", "params": {"to": "user", "user": ana.slug, "team": "vendas"}}
    shop.publish(flow([hands], wire("start.next>gente")))
    shop.hear("oi")
    assert (shop.talk().state, shop.talk().owner_id) == ("open", ana.id)


def test_a_trigger_starts_only_where_its_condition_holds(shop):
    """The flow that is asked first is for contacts from Recife; everybody else gets the next one."""
    with shop.unit() as unit:
        unit.fields.add("contact", "city", "Cidade", "text")
    local = flow([say("ola", "Olá, Recife!")], wire("start.next>ola"), key="local")
    where = {"left": "contact.fields.city", "op": "equals", "right": "Recife"}
    local["nodes"][0] = {"id": "start", "type": "trigger", "params": {"event": "message.received", "where": where}}
    shop.publish(local)
    shop.publish(flow([say("ola", "Olá!")], wire("start.next>ola"), key="geral"))
    assert shop.hear("oi") == ["Olá!"]
    with shop.unit() as unit:
        contact = unit.contacts.get(shop.talk().contact_id)
        contacts.change(unit, contact, {"fields.city": "recife"}, Actor(member=shop.ana.id))
    assert shop.hear("oi") == ["Olá, Recife!"]
