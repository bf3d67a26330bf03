"""Sub-flows in the middle of everything: late buttons, refused messages, calls, words kept, versions, endless calls."""

import pytest
from sqlalchemy import text

from flowengine.core.events import SendFailed
from flowengine.store.intake import NewEvent
from tests.standins.served import Answer
from tests.standins.webhook import webhook
from tests.turns.shop import Shop, flow, say, wire
from tests.turns.test_calls import allowing, answer
from tests.turns.test_other_flows import ask, publish_unbound, runs


@pytest.fixture
def shop(engine):
    return Shop(engine)


def calls(key, **more):
    return {"id": "chama", "type": "call_flow", "params": {"flow": key, **more}}


def menu(id, words, **more):
    options = [{"id": "sim", "title": "Sim"}, {"id": "nao", "title": "Não"}]
    return {"id": id, "type": "menu", "params": {"text": words, "options": options, **more}}


def choices(shop):
    """The ids of the buttons the contact was shown, as the channel knows them, latest last."""
    with shop.unit() as unit:
        said = unit.messages.latest(shop.talk().id)
    return [option["id"] for message in said for option in message.body.get("options", ())]


def run_id(shop):
    with shop.unit() as unit:
        (run,) = unit.runs.of_conversation(shop.talk().id)
    return run.id, run.state


def refuse(shop, node="", *, turn=None):
    """The channel does not take a message of the latest turn."""
    run, state = run_id(shop)
    event = SendFailed("x", shop.now, str(run), turn or state["turn"], "refused", node).as_data()
    with shop.unit() as unit:
        unit.intake.append([NewEvent(shop.talk().contact_id, {**event, "id": str(unit.new_id())})])
    before = len(shop.replies())
    shop.work()
    return shop.replies()[before:]


def test_a_button_of_a_sub_flow_pressed_after_it_came_back_is_taken_as_words(shop):
    publish_unbound(
        shop, flow([menu("m", "Quer?"), say("ta", "Tá.")], wire("start.next>m", "m.sim>ta", "m.nao>ta"), key="quer")
    )
    nodes = [calls("quer"), ask("m", "Por quê?"), say("ok", "{{ answers.m }}.")]
    shop.publish(flow(nodes, wire("start.next>chama", "chama.finished>m", "m.answered>ok")))
    shop.hear("oi")
    yes, no = choices(shop)
    assert shop.hear(choice=no) == ["Tá.", "Por quê?"]
    assert shop.hear(choice=yes) == ["Sim."]


def test_a_refused_message_of_the_callers_is_no_node_of_the_sub_flow_with_the_same_name(shop):
    publish_unbound(
        shop,
        flow([say("ola", "Olá de dentro."), ask("q", "Que cor?"), say("nao", "Falhou dentro.")],
             wire("start.next>ola", "ola.next>q", "ola.failed>nao"), key="cor"),
    )  # fmt: skip
    nodes = [say("ola", "Olá."), calls("cor"), say("nao", "Falhou fora.")]
    shop.publish(flow(nodes, wire("start.next>ola", "ola.next>chama", "ola.failed>nao")))
    assert shop.hear("oi") == ["Olá.", "Olá de dentro.", "Que cor?"]
    assert refuse(shop, "ola") == ["Falhou fora."]


def test_a_refused_message_of_a_sub_flow_that_came_back_goes_to_whoever_waits(shop):
    publish_unbound(shop, flow([say("ola", "De dentro.")], wire("start.next>ola"), key="diz"))
    nodes = [calls("diz"), ask("q", "Que cor?"), say("nao", "Falhou.")]
    shop.publish(flow(nodes, wire("start.next>chama", "chama.finished>q", "q.failed>nao")))
    assert shop.hear("oi") == ["De dentro.", "Que cor?"]
    assert refuse(shop) == ["Falhou."]


def consults(web):
    return {"id": "consulta", "type": "http_request", "params": {"url": web.url, "retries": 0}}


def test_what_is_said_while_a_sub_flow_calls_is_heard_by_its_question_that_wants_it(shop):
    with webhook(Answer({"status": "ok"})) as web, allowing(web) as outside:
        nodes = [consults(web), ask("q", "Que cor?", early_answers=True), say("ok", "{{ answers.q }}.")]
        publish_unbound(
            shop, flow(nodes, wire("start.next>consulta", "consulta.success>q", "q.answered>ok"), key="cor")
        )
        shop.publish(flow([calls("cor")], wire("start.next>chama")))
        shop.hear("oi")
        shop.hear("azul")
        assert answer(shop, outside)[-1] == "azul."


COMMANDS = {
    "commands": [
        {"terms": ["menu"], "do": "restart"},
        {"terms": ["sair"], "do": "end"},
        {"terms": ["voltar"], "do": "back"},
        {"terms": ["atendente"], "do": "transfer"},
    ]
}


@pytest.mark.parametrize("within", [False, True], ids=["flow", "sub-flow"])
@pytest.mark.parametrize(
    ("word", "state"), [("menu", "bot"), ("sair", "finished"), ("atendente", "queued"), ("voltar", "bot")]
)
def test_a_word_steers_while_a_call_is_under_way_and_the_late_answer_changes_nothing(
    shop, owner_engine, word, state, within
):
    with webhook(Answer({"status": "ok"})) as web, allowing(web) as outside:
        nodes = [ask("q", "Que cor?"), consults(web), say("ok", "Pronto.")]
        edges = wire("start.next>q", "q.answered>consulta", "consulta.success>ok")
        settings = {"default_team": "geral", **COMMANDS}
        if within:
            publish_unbound(shop, flow(nodes, edges, key="cor"))
            shop.publish(flow([calls("cor")], wire("start.next>chama"), settings=settings))
        else:
            shop.publish(flow(nodes, edges, settings=settings))
        shop.hear("oi")
        shop.hear("azul")
        assert shop.hear(word) == (["Que cor?"] if state == "bot" else [])
        assert answer(shop, outside) == []
        assert (web.asked, shop.talk().state) == ([], state)
    with owner_engine.connect() as connection:
        assert connection.execute(text("select count(*) from dead_letter")).scalar() == 0


def test_a_timer_of_a_sub_flow_fires_within_it_and_comes_back(shop):
    waits = ask("q", "Que cor?", wait={"amount": 1, "unit": "hours"})
    publish_unbound(shop, flow([waits, say("nada", "Sem cor.")], wire("start.next>q", "q.no_reply>nada"), key="cor"))
    shop.publish(flow([calls("cor"), say("fim", "Fim.")], wire("start.next>chama", "chama.finished>fim")))
    shop.hear("oi")
    shop.later(hours=2)
    shop.work()
    assert shop.replies() == ["Que cor?", "Sem cor.", "Fim."]
    shop.later(hours=2)
    assert shop.work() == 0


def test_a_sub_flow_that_is_archived_meanwhile_is_walked_to_its_end(shop):
    publish_unbound(shop, flow([ask("q", "Que cor?")], wire("start.next>q"), key="cor"))
    shop.publish(flow([calls("cor"), say("fim", "Fim.")], wire("start.next>chama", "chama.finished>fim")))
    shop.hear("oi")
    with shop.unit() as unit:
        unit.flows.archive(unit.flows.by_key("cor").id)
    shop.programs = type(shop.programs)()  # as another worker, which has compiled nothing yet
    assert shop.hear("azul") == ["Fim."]
    assert shop.hear("oi") == []
    assert shop.talk().state == "queued"


def test_flows_that_call_themselves_for_ever_end_with_people(shop, owner_engine):
    shop.publish(flow([say("ola", "Olá."), calls("bot")], wire("start.next>ola", "ola.next>chama")))
    shop.hear("oi")
    assert shop.talk().state == "queued"
    assert [status for _, status, _ in runs(owner_engine)] == ["failed"]


def test_flows_that_call_themselves_twice_over_end_with_people(shop, owner_engine):
    again = {**calls("bot"), "id": "outra"}
    shop.publish(flow([calls("bot"), again], wire("start.next>chama", "chama.finished>outra", "chama.failed>outra",
                                                   "outra.failed>chama")))  # fmt: skip
    shop.hear("oi")
    assert shop.talk().state == "queued"
    assert [status for _, status, _ in runs(owner_engine)] == ["failed"]
