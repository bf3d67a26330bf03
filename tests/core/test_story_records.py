"""Stories that are written down: what was recorded comes true, and old expectations are brought up to date."""

import json
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowengine.core.errors import FlowEngineError
from flowengine.core.program import compile_flow
from flowengine.core.stories.play import act, play_stories
from flowengine.core.stories.record import recorded, updated
from flowengine.core.stories.shape import prove_stories
from flowengine.nodes import NODE_TYPES, STORY_SCHEMA, read_flow
from tests.core.chance import FACTS, WORDS, bodies, documents
from tests.core.story_flows import in_a_row, rehearsal, says, stories_of

FLOWS = Path(__file__).parents[2] / "flows"
READY_MADE = {path.stem: path for path in sorted(FLOWS.glob("*.json")) if not path.name.endswith(".stories.json")}
SOME = settings(deadline=None, max_examples=50, suppress_health_check=list(HealthCheck))
CALLERS = [f"n{place}" for place in range(10)]
ANSWER = st.fixed_dictionaries({"body": bodies()}) | st.sampled_from([{"status": 404}, {"reason": "timeout"}])


def read(path):
    return compile_flow(read_flow(json.loads(path.read_text(encoding="utf-8"))), NODE_TYPES)


PROGRAMS = {stem: read(path) for stem, path in READY_MADE.items()}
BY_KEY = {program.flow.key: program for program in PROGRAMS.values()}


@st.composite
def acts(draw, talk):
    """Something that may happen in this conversation, as an exchange of a story begins."""
    options = [option.id for option in talk.offered] or ["vendas"]
    amounts = st.fixed_dictionaries({"amount": st.integers(1, 60), "unit": st.sampled_from(["minutes", "hours"])})
    file = {"url": "https://exemplo.com/a.png", "mime": "image/png", "name": "a.png"}
    return draw(
        st.one_of(
            st.fixed_dictionaries(
                {"says": st.sampled_from([word for word in WORDS if word] + ["atendente", "voltar"])}
            ),
            st.fixed_dictionaries({"presses": st.sampled_from(options)}),
            st.fixed_dictionaries({"waits": amounts}),
            st.fixed_dictionaries({"happens": st.sampled_from(FACTS), "data": st.dictionaries(st.just("a"), bodies())}),
            st.sampled_from([{"finished": True}, {"finished": "resolvido"}, {"refused": "recusada"}]),
            st.sampled_from([{"sends": [file]}, {"says": "veja", "sends": [file]}]),
            st.just({"shares": {"latitude": -8.05, "longitude": -34.9}}),
        )
    )


def record(program, world, data):
    """A story of what happened by chance; the last act is left out where it could not be told."""
    talk, exchanges = rehearsal(program, world, BY_KEY), []
    for _ in range(data.draw(st.integers(1, 8))):
        begins = data.draw(acts(talk))
        try:
            scene = act(talk, begins)
        except FlowEngineError:
            break
        exchanges.append(json.loads(json.dumps(recorded(talk, scene, begins))))
    return stories_of(program.flow.key, exchanges or [{"waits": {"amount": 1, "unit": "hours"}}], world)


def comes_true(program, stories):
    prove_stories(stories, STORY_SCHEMA)
    (story,) = play_stories(program, stories, BY_KEY)
    assert [failure.message("en") for failure in story.failures] == []
    assert updated(program, stories, BY_KEY) == stories


@SOME
@given(st.sampled_from(sorted(PROGRAMS)), st.data())
def test_whatever_happens_to_a_ready_made_flow_is_a_story_that_comes_true(stem, data):
    program = PROGRAMS[stem]
    calling = [node.id for node in program.flow.nodes if node.type in ("http_request",) or node.type.startswith("ai_")]
    world = {"mocks": {id: data.draw(ANSWER) for id in calling}}
    comes_true(program, record(program, world, data))


@SOME
@given(documents(), st.data())
def test_whatever_happens_to_any_flow_is_a_story_that_comes_true(document, data):
    program = compile_flow(read_flow(document), NODE_TYPES)
    world = {"mocks": dict.fromkeys(CALLERS, data.draw(ANSWER)), "deal": {"title": "Plano", "value": 10}}
    comes_true(program, record(program, world, data))


ASKS = in_a_row(
    says("Olá, {{ contact.name }}!"),
    ("question", {"text": "Cidade?", "answer_type": "text", "save_to": "cidade"}),
    ("tags", {"on": "contact", "add": ["lead"]}),
    says("Obrigado."),
    variables=[{"name": "cidade"}],
)
TRUE = [
    {"says": "oi", "bot": ["Olá, …!", "Cidade?"], "ports": ["passo_1.next"]},
    {"says": "Recife", "bot": ["Obrigado."], "variables": {"cidade": "Recife"}, "outcome": "next"},
]


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        (TRUE, TRUE),
        (
            [{"says": "oi", "bot": ["Olá, …!", "Bairro?"], "ports": ["passo_1.next"]}, TRUE[1]],
            [{"says": "oi", "bot": ["Olá, …!", "Cidade?"], "ports": ["passo_1.next"]}, TRUE[1]],
        ),
        ([{"says": "oi"}], [{"says": "oi", "bot": ["Olá, Renata Vasques!", "Cidade?"]}]),
        ([{"says": "oi", "bot": ["Olá, …!", "…"], "options": ["x"]}], [{"says": "oi", "bot": ["Olá, …!", "…"]}]),
        (
            [TRUE[0], {"says": "Recife", "bot": [], "variables": {"cidade": "Olinda"}}],
            [
                TRUE[0],
                {
                    "says": "Recife",
                    "bot": ["Obrigado."],
                    "variables": {"cidade": "Recife"},
                    "effects": [{"kind": "change_tags", "add": ["lead"]}],
                    "outcome": "next",
                },
            ],
        ),
        (
            [{"says": "oi", "bot": ["…", "…"], "ports": ["x.y"]}],
            [{"says": "oi", "bot": ["…", "…"], "ports": ["inicio.next", "passo_1.next"]}],
        ),
    ],
)
def test_expectations_are_brought_up_to_date_and_patterns_stay(written, becomes):
    stories = stories_of("teste", written)
    before = deepcopy(stories)

    now = updated(ASKS, stories)

    assert now == stories_of("teste", becomes)
    assert (stories, updated(ASKS, now)) == (before, now)
    assert play_stories(ASKS, now)[0].failures == ()


def test_a_story_that_cannot_go_on_keeps_the_rest_as_it_is_written():
    calls = in_a_row(says("Olá!"), ("wait_for_message", {}), ("http_request", {"url": "https://loja.example"}))
    stories = stories_of("teste", [{"says": "oi"}, {"says": "e aí?", "bot": ["Pronto."]}, {"says": "?", "bot": ["!"]}])
    (story,) = updated(calls, stories)["stories"]
    assert story["exchanges"] == [{"says": "oi", "bot": ["Olá!"]}, *stories["stories"][0]["exchanges"][1:]]


def test_a_hand_over_is_written_down_with_its_priority():
    acts = ({"happens": "manual"}, {"says": "2"}, {"says": "demorou"}, {"waits": {"amount": 5, "unit": "seconds"}})
    talk = rehearsal(PROGRAMS["satisfacao"], {}, BY_KEY)
    for before in acts:
        act(talk, before)
    wanted = {"presses": "sim"}
    exchange = recorded(talk, act(talk, wanted), wanted)
    assert (exchange["team"], exchange["priority"]) == ("suporte", "high")
