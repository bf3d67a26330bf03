"""The interpreter: what a turn does, what it leaves alone, and what holds for every flow and every event."""

import json
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.effects import HandOff, SendMessage
from flowengine.core.events import Asked, HumanFinished, MessageReceived, SendFailed, Started, TimerFired
from flowengine.core.interpreter import STEP_LIMIT, Need, Turn, advance
from flowengine.core.program import compile_flow
from flowengine.core.run import Run
from flowengine.core.steps import World
from flowengine.nodes import NODE_TYPES, check, read_flow
from tests.core.documents import SOUND, changed

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
TEAM = {"name": "Vendas", "members": 1, "available": 1, "texts": {}}
WORLD = World(
    contact={"name": "Renata Vasques"},
    account={"timezone": "America/Sao_Paulo"},
    facts={("team", "vendas"): TEAM, ("hours", "team:vendas"): None, ("hours", "account"): None},
)
RUN = "0196f000-run"


def _program(document=SOUND):
    return compile_flow(read_flow(document), NODE_TYPES)


def _begin(program, trigger="inicio"):
    return advance(program, Run(RUN), Started("e0", NOON, trigger), WORLD)


def _say(program, run, text, **more):
    return advance(program, run, MessageReceived("e1", NOON, text, **more), WORLD)


def _texts(turn):
    return [effect.text for effect in turn.effects if isinstance(effect, SendMessage)]


def test_a_run_walks_to_its_first_question():
    turn = _begin(_program())
    assert _texts(turn) == ["Olá, Renata!", "Como podemos ajudar?"]
    assert [(step.node, step.port) for step in turn.trace] == [("inicio", "next"), ("ola", "next"), ("menu", None)]
    assert (turn.run.status, turn.run.turn, turn.run.wait.node) == ("open", 1, "menu")
    assert turn.run.variables == {"origem": "site"}


def test_an_answer_leads_on_and_is_kept():
    program = _program()
    turn = _say(program, _begin(program).run, "comprar")
    assert turn.run.answers == {"menu": "Comprar"}
    assert turn.run.variables["motivo"] == "Comprar"
    assert turn.run.wait.node == "quanto"


def test_an_event_for_another_turn_changes_nothing():
    program = _program()
    run = _begin(program).run
    assert advance(program, run, TimerFired("e1", NOON, RUN, 7, "no_reply"), WORLD) == Turn(run)
    assert advance(program, run, TimerFired("e1", NOON, "another", 1, "no_reply"), WORLD) == Turn(run)
    assert advance(program, run, HumanFinished("e1", NOON, RUN, 1), WORLD) == Turn(run)


def test_a_run_starts_once():
    program = _program()
    run = _begin(program).run
    assert advance(program, run, Started("e9", NOON, "inicio"), WORLD) == Turn(run)


def test_a_run_that_is_over_takes_nothing():
    program = _program()
    over = _begin(program).run.ended("human took over")
    assert _say(program, over, "comprar") == Turn(over)


def test_what_a_node_needs_to_know_is_asked_for():
    program = _program()
    run = _begin(program).run
    event = MessageReceived("e1", NOON, "Falar com uma pessoa")
    assert advance(program, run, event, World()) == Need((("team", "vendas"),), "equipe")


def test_a_bad_template_fails_the_run_at_its_node_and_hands_off():
    document = changed([{"set": "/nodes/2/params/text", "to": "{{ contact.name - 1 }}"}])
    turn = _begin(_program(document))
    assert (turn.run.status, turn.run.error["code"], turn.run.error["node"]) == ("failed", "bad_template", "menu")
    assert _texts(turn) == ["Olá, Renata!"]
    assert isinstance(turn.effects[-1], HandOff)
    assert turn.effects[-1].team is None


def test_a_template_that_cannot_be_read_fails_only_the_runs_that_come_there():
    program = _program(changed([{"set": "/nodes/3/params/text", "to": "{{ vars."}]))
    turn = _begin(program)
    assert turn.run.status == "open"
    turn = _say(program, turn.run, "comprar")
    assert (turn.run.status, turn.run.error["node"]) == ("failed", "quanto")


def test_a_trigger_that_is_not_there_fails_the_run():
    assert _begin(_program(), "nada").run.error["node"] == "nada"


def test_a_loop_that_never_waits_ends_at_the_step_limit_and_says_where():
    document = changed([{"set": "/edges/7/target", "to": "muitos"}, {"set": "/edges/0/target", "to": "muitos"}])
    turn = _begin(_program(document))
    assert turn.run.error["code"] == "step_limit"
    assert "anota → muitos" in turn.run.error["message"]
    assert len(turn.trace) == STEP_LIMIT + 1


def test_an_open_port_ends_the_run_or_gives_it_to_the_default_team():
    program = _program()
    run = _say(program, _begin(program).run, "comprar").run
    silence = advance(program, run, TimerFired("e2", NOON, RUN, 2, "no_reply"), WORLD)
    refused = advance(program, run, SendFailed("e2", NOON, RUN, 2, "blocked"), WORLD)
    assert (silence.run.status, silence.run.outcome, silence.effects) == ("completed", "no_reply", ())
    assert (refused.run.outcome, refused.effects) == ("handed_off", (HandOff(why="failed"),))


def test_a_late_button_walks_again_from_its_menu():
    program = _program()
    run = _say(program, _begin(program).run, "comprar").run
    again = _say(program, run, "Falar com uma pessoa", choice="pessoa", asked=Asked(RUN, 1))
    assert [(step.node, step.port) for step in again.trace] == [("menu", "pessoa"), ("equipe", None)]


def test_a_late_button_is_text_or_nothing_where_its_author_says_so():
    asked = {"choice": "pessoa", "asked": Asked(RUN, 1)}
    for late, node, tries in (("text", "quanto", {"tries": 1}), ("ignore", "quanto", {"tries": 0})):
        program = _program(changed([{"set": "/nodes/2/params/late_choice", "to": late}]))
        run = _say(program, _begin(program).run, "comprar").run
        waiting = _say(program, run, "Falar com uma pessoa", **asked).run.wait
        assert (waiting.node, waiting.keep) == (node, tries)


def test_a_button_of_another_run_is_text():
    program = _program()
    turn = _say(program, _begin(program).run, "Outra coisa", choice="comprar", asked=Asked("another", 1))
    assert turn.run.wait.keep == {"tries": 1}


def test_a_button_without_a_question_is_for_the_menu_that_waits():
    program = _program()
    assert _say(program, _begin(program).run, "", choice="comprar").run.wait.node == "quanto"


# Whatever holds always: random sound flows, random events.


def _nodes(draw, size):
    kinds = {
        "message": {"parts": [{"kind": "text", "text": "Oi {{ contact.name | first_name }} {{ vars.n }}"}]},
        "question": {"text": "?", "answer_type": "integer", "save_to": "n", "retries": 1, "grouping": 2},
        "menu": {"text": "?", "options": [{"id": "a", "title": "Um"}, {"id": "b", "title": "Dois"}], "retries": 0},
        "condition": {"branches": [{"id": "a", "title": "A", "when": {"left": "vars.n", "op": "greater", "right": 2}}]},
        "set": {"assignments": [{"name": "n", "value": "{{ vars.n + 1 }}", "type": "integer"}]},
        "delay": {"wait": {"amount": 1, "unit": "hours"}},
        "transfer": {"team": "vendas", "wait": {"amount": 1, "unit": "hours"}},
        "end": {"outcome": "fim"},
    }
    chosen = [draw(st.sampled_from(sorted(kinds))) for _ in range(size)]
    return [{"id": f"n{place}", "type": kind, "params": kinds[kind]} for place, kind in enumerate(chosen)]


@st.composite
def _flows(draw):
    nodes = _nodes(draw, draw(st.integers(1, 8)))
    edges = [{"source": "t", "port": "next", "target": "n0"}]
    for node in nodes:
        for port in NODE_TYPES[node["type"]].ports(node["params"]):
            target = draw(st.integers(-2, len(nodes) - 1))
            if target >= 0:
                edges.append({"source": node["id"], "port": port.id, "target": f"n{target}"})
    trigger = {"id": "t", "type": "trigger", "params": {"event": "message.received"}}
    return changed([{"set": "/nodes", "to": [trigger, *nodes]}, {"set": "/edges", "to": edges}])


_acts = st.one_of(
    st.builds(lambda text: ("say", text), st.sampled_from(["1", "2", "5", "Um", "dois", "", "xyz", "ção"])),
    st.builds(lambda option: ("press", option), st.sampled_from(["a", "b", "c"])),
    st.sampled_from([("timer", ""), ("finish", ""), ("refuse", ""), ("late", "")]),
)


def _event(act, run, number):
    kind, words = act
    at, turn = NOON + timedelta(minutes=number), run.wait.turn if run.wait else 0
    event_id = f"e{number}"
    match kind:
        case "say":
            return MessageReceived(event_id, at, words)
        case "press":
            return MessageReceived(event_id, at, words, choice=words, asked=Asked(RUN, max(1, turn - number % 3)))
        case "finish":
            return HumanFinished(event_id, at, RUN, turn, "agent")
        case "refuse":
            return SendFailed(event_id, at, RUN, turn, "blocked")
        case "late":
            return TimerFired(event_id, at, RUN, turn - 1, "no_reply")
    name = run.wait.timers[0].name if run.wait and run.wait.timers else "none"
    return TimerFired(event_id, at, RUN, turn, name)


@given(_flows(), st.lists(_acts, max_size=8))
@settings(max_examples=300, deadline=None)
def test_every_flow_and_every_event_give_the_same_turn_twice_and_through_json(document, acts):
    program = _program(document)
    run, turn = Run(RUN), _begin(program)
    for number, act in enumerate(acts, start=1):
        run = turn.run
        thawed = Run.from_data(json.loads(json.dumps(run.as_data())))
        event = _event(act, run, number)
        turn = advance(program, run, event, WORLD)
        assert isinstance(turn, Turn)
        again = advance(_program(document), thawed, event, WORLD)
        assert (again.effects, again.trace) == (turn.effects, turn.trace)
        assert again.run.as_data() == turn.run.as_data()
        assert json.dumps([effect.as_data() for effect in turn.effects])
        assert len(turn.trace) <= STEP_LIMIT + 1


@given(_flows(), st.lists(_acts, max_size=8))
@settings(max_examples=200, deadline=None)
def test_a_run_waits_or_is_over_and_no_failure_is_silent(document, acts):
    program = _program(document)
    turn = _begin(program)
    for number, act in enumerate(acts, start=1):
        turn = advance(program, turn.run, _event(act, turn.run, number), WORLD)
        run = turn.run
        assert (run.status == "open") is (run.wait is not None)
        assert run.status != "failed" or run.error
        assert run.status != "failed" or not turn.effects or isinstance(turn.effects[-1], HandOff)


@given(_flows())
@settings(max_examples=200, deadline=None)
def test_a_flow_that_the_checker_calls_free_of_instant_loops_never_reaches_the_step_limit(document):
    if not any(finding.code == "F110" for finding in check(document)):
        turn = _begin(_program(document))
        assert turn.run.error is None or turn.run.error["code"] != "step_limit"
