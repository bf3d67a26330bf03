"""Flows that call flows, and words, goals and jumps that lead elsewhere: the interpreter with several programs."""

from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from flowengine.core.effects import HandOff, SendMessage
from flowengine.core.events import Commanded, FlowReturned, Happened, MessageReceived, Started
from flowengine.core.flow import flow_of
from flowengine.core.interpreter import Need, advance
from flowengine.core.program import compile_flow
from flowengine.core.run import Run
from flowengine.core.steps import World
from flowengine.nodes import NODE_TYPES
from tests.turns.shop import flow, say, wire

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)


def ask(id, text, **more):
    return {"id": id, "type": "question", "params": {"text": text, "answer_type": "text", **more}}


def program(document):
    return compile_flow(flow_of(document), NODE_TYPES)


CHILD = flow(
    [ask("cor", "Que cor?", save_to="cor"), say("ok", "{{ vars.cor }} para {{ vars.quem }}.")],
    wire("start.next>cor", "cor.answered>ok"),
    key="filha",
    variables=[{"name": "quem", "input": True}, {"name": "cor", "output": True}],
)
CALL = {
    "id": "chama",
    "type": "call_flow",
    "params": {
        "flow": "filha",
        "inputs": [{"name": "quem", "value": "{{ contact.name }}"}],
        "outputs": [{"name": "cor", "save_to": "preferida"}],
    },
}
PARENT = flow(
    [CALL, say("fim", "Anotei {{ vars.preferida }}."), say("triste", "Não deu.")],
    wire("start.next>chama", "chama.finished>fim", "chama.failed>triste"),
    key="mae",
)
BROKEN = flow([{"id": "x", "type": "go_to", "params": {"node": "sumiu"}}], wire("start.next>x"), key="filha")


class Talk:
    """A run and the flows around it, one event after the other; the run goes through JSON between any two."""

    def __init__(self, document, **flows):
        self.pinned = program(document)
        self.programs = {key: program(each) for key, each in flows.items()}
        self.run = Run("run-1")

    def take(self, event):
        world = World(contact={"name": "Renata"}, account={"timezone": "America/Sao_Paulo"})
        while isinstance(turn := advance(self.pinned, self.run, event, world), Need):
            facts = {query: self.known(query) for query in turn.queries if query[0] != "program"}
            called = {key: self.programs[key] for kind, key in turn.queries if kind == "program"}
            world = replace(world, facts=world.facts | facts, programs=world.programs | called)
        self.run = Run.from_data(turn.run.as_data())
        return [effect.text if isinstance(effect, SendMessage) else effect for effect in turn.effects]

    def known(self, query):
        return {"version": query[1], "name": query[1]} if query[1] in self.programs else None

    def start(self):
        return self.take(Started("s", NOON, "start"))

    def says(self, text):
        return self.take(MessageReceived("m", NOON, text))

    def commands(self, do, **more):
        return self.take(Commanded("c", NOON, "palavra", do, **more))


def test_a_sub_flow_is_given_its_inputs_and_gives_back_its_outputs():
    talk = Talk(PARENT, filha=CHILD)
    assert talk.start() == ["Que cor?"]
    assert talk.says("azul") == ["azul para Renata.", "Anotei azul."]
    assert (talk.run.status, talk.run.frames, talk.run.version) == ("completed", (), "")
    assert "cor" not in talk.run.variables


def test_a_sub_flow_stays_in_the_version_it_was_called_in():
    talk = Talk(PARENT, filha=CHILD)
    talk.start()
    assert (talk.run.version, talk.run.frames[0].node) == ("filha", "chama")


@pytest.mark.parametrize("flows", [{}, {"filha": BROKEN}], ids=["no such flow", "a mistake in it"])
def test_a_sub_flow_that_fails_leaves_by_failed(flows):
    talk = Talk(PARENT, **flows)
    assert (talk.start(), talk.run.status) == (["Não deu."], "completed")


def test_a_sub_flow_that_fails_fails_a_run_that_has_no_way_for_it():
    document = flow([CALL, say("fim", "x")], wire("start.next>chama", "chama.finished>fim"), key="mae")
    talk = Talk(document, filha=BROKEN)
    (order,) = talk.start()
    assert (talk.run.status, order.why) == ("failed", "failed")
    assert talk.run.error["node"] == "chama"


def test_people_who_get_the_conversation_in_a_sub_flow_keep_it():
    child = flow([{"id": "gente", "type": "transfer", "params": {}}], wire("start.next>gente"), key="filha")
    talk = Talk(PARENT, filha=child)
    talk.known = lambda query: (
        {"version": "filha"} if query[0] == "flow" else {"members": 1} if query[0] == "team" else None
    )
    assert [type(order) for order in talk.start()] == [HandOff]
    assert (talk.run.status, talk.run.outcome) == ("completed", "handed_off")


def test_flows_that_call_each_other_end_at_a_depth():
    loop = flow([CALL], wire("start.next>chama"), key="filha")
    talk = Talk(loop, filha=loop)
    talk.start()
    assert talk.run.status == "failed"
    assert "10 deep" in talk.run.error["message"]


def test_what_comes_back_is_nobody_elses_event():
    talk = Talk(PARENT, filha=CHILD)
    talk.start()
    before = talk.run
    assert (talk.take(FlowReturned("r", NOON, "completed")), talk.run) == ([], before)


TWO = flow(
    [ask("um", "Um?", save_to="um"), ask("dois", "Dois?"), say("fim", "Fim."), say("aqui", "Aqui.")],
    wire("start.next>um", "um.answered>dois", "dois.answered>fim"),
    variables=[{"name": "um", "default": "nada"}],
)


def test_back_asks_the_question_before_again():
    talk = Talk(TWO)
    talk.start()
    talk.says("1")
    assert (talk.commands("back"), talk.run.wait.node) == (["Um?"], "um")
    assert (talk.commands("back"), talk.run.wait.node) == (["Um?"], "um")
    assert talk.says("outra") == ["Dois?"]


def test_restart_forgets_what_was_said():
    talk = Talk(TWO)
    talk.start()
    talk.says("1")
    assert talk.commands("restart") == ["Um?"]
    assert (talk.run.variables, talk.run.answers) == ({"um": "nada"}, {})


def test_commands_lead_to_a_node_to_people_and_out():
    for do, said, outcome in [("node", ["Aqui."], "next"), ("end", [], "ended_by_contact")]:
        talk = Talk(TWO)
        talk.start()
        assert (talk.commands(do, node="aqui"), talk.run.outcome) == (said, outcome)
    talk = Talk(TWO)
    talk.start()
    (order,) = talk.commands("transfer", team="vendas")
    assert (order.team, order.why, talk.run.outcome) == ("vendas", "command", "handed_off")


def test_a_command_leaves_the_flows_that_were_called():
    talk = Talk(PARENT, filha=CHILD)
    talk.start()
    assert talk.commands("node", node="triste") == ["Não deu."]
    assert (talk.run.frames, talk.run.version) == ((), "")


def goal(**more):
    settings = {"default_team": "geral", "goal": {"event": "deal.won", **more}}
    return flow([ask("um", "Um?"), say("aqui", "Parabéns.")], wire("start.next>um"), settings=settings)


def won(**data):
    return Happened("h", NOON, "deal.won", data)


def test_a_goal_ends_a_run_wherever_it_waits():
    talk = Talk(goal())
    talk.start()
    assert (talk.take(won()), talk.run.status, talk.run.outcome) == ([], "ended", "goal")


def test_a_goal_may_lead_to_a_node():
    talk = Talk(goal(then="node", node="aqui"))
    talk.start()
    assert (talk.take(won()), talk.run.status) == (["Parabéns."], "completed")


def test_what_is_no_goal_changes_nothing():
    talk = Talk(goal(where={"left": "contact.name", "op": "equals", "right": "Ana"}))
    talk.start()
    before = talk.run
    assert (talk.take(won()), talk.take(Happened("h", NOON, "deal.lost")), talk.run) == ([], [], before)


def test_a_state_of_the_first_version_is_read():
    talk = Talk(TWO)
    talk.start()
    old = {
        k: v
        for k, v in talk.run.as_data().items()
        if k not in ("version", "frames", "trigger", "asked", "times", "kept")
    }
    assert Run.from_data({**old, "state_version": 1}).wait == talk.run.wait
