"""Questions in a conversation: reminders, silence, what was said before, several texts as one answer."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.asking import asking_spans
from flowengine.core.durations import Duration
from flowengine.core.program import compile_flow
from flowengine.core.run import Run
from flowengine.core.stories.rehearsal import Rehearsal, Surroundings
from flowengine.nodes import NODE_TYPES, read_flow

MONDAY_10 = datetime(2026, 1, 5, 13, tzinfo=UTC)
MINUTES = {"unit": "minutes"}


def _flow(*steps):
    """A flow that walks these steps in a row, by the first port of each."""
    nodes = [{"id": "comeco", "type": "trigger", "params": {"event": "message.received"}}]
    nodes += [{"id": f"passo_{place}", "type": kind, "params": params} for place, (kind, params) in enumerate(steps)]
    ports = [next(iter(NODE_TYPES[node["type"]].ports(node["params"]))).id for node in nodes]
    pairs = zip(nodes, ports, nodes[1:], strict=False)
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": "chatbot",
        "key": "teste",
        "name": "Teste",
        "settings": {"default_team": "suporte"},
        "nodes": nodes,
        "edges": [{"source": one["id"], "port": port, "target": other["id"]} for one, port, other in pairs],
    }


def _talk(*steps):
    return Rehearsal(compile_flow(read_flow(_flow(*steps)), NODE_TYPES), Surroundings(at=MONDAY_10))


def _texts(scene):
    return [message.text for message in scene.messages]


NAME = {
    "text": "Seu nome?",
    "answer_type": "name",
    "wait": {"amount": 60, **MINUTES},
    "reminders": [
        {"after": {"amount": 10, **MINUTES}, "text": "Ainda aí?"},
        {"after": {"amount": 30, **MINUTES}, "text": "Última chamada."},
    ],
}
BYE = ("message", {"parts": [{"kind": "text", "text": "Obrigado, {{ answers.passo_0 }}!"}]})


def test_reminders_are_said_in_time_and_silence_ends_the_question():
    talk = _talk(("question", NAME), BYE)
    assert _texts(talk.says("oi")) == ["Seu nome?"]
    assert _texts(talk.waits(timedelta(minutes=9))) == []
    assert _texts(talk.waits(timedelta(minutes=1))) == ["Ainda aí?"]
    assert _texts(talk.waits(timedelta(minutes=49))) == ["Última chamada."]
    assert [step.port for step in talk.waits(timedelta(minutes=1)).trace] == ["no_reply"]


def test_an_answer_after_a_reminder_is_an_answer():
    talk = _talk(("question", NAME), BYE)
    talk.says("oi")
    talk.waits(timedelta(minutes=15))
    assert _texts(talk.says("Ana")) == ["Obrigado, Ana!"]
    assert talk.waits(timedelta(days=2)).effects == ()


def test_what_was_said_while_the_flow_waited_is_heard_by_a_question_that_says_so():
    pause = ("delay", {"wait": {"amount": 5, **MINUTES}})
    talk = _talk(pause, ("question", {"text": "Quantos?", "answer_type": "integer", "early_answers": True}), BYE)
    talk.says("oi")
    assert talk.says("quero três bolos").messages == ()
    assert talk.says("3").messages == ()
    assert _texts(talk.waits(timedelta(minutes=5))) == ["Quantos?"]  # both together are no number
    talk = _talk(pause, ("question", {"text": "Quantos?", "answer_type": "integer", "early_answers": True}), BYE)
    talk.says("oi")
    talk.says("3")
    assert "Quantos?" not in _texts(talk.waits(timedelta(minutes=5)))


acts = st.lists(
    st.one_of(
        st.tuples(st.just("says"), st.sampled_from(["oi", "Ana", "123", "", "3", "sim", "-", "x" * 50])),
        st.tuples(st.just("waits"), st.integers(1, 5_000).map(lambda minutes: timedelta(minutes=minutes))),
    ),
    max_size=12,
)
questions = st.fixed_dictionaries(
    {
        "text": st.just("?"),
        "answer_type": st.sampled_from(sorted(NODE_TYPES["question"].schema["properties"]["answer_type"]["enum"])),
        "wait": st.integers(1, 120).map(lambda amount: {"amount": amount, **MINUTES}),
        "retries": st.integers(0, 3),
        "grouping": st.integers(0, 60),
        "early_answers": st.booleans(),
        "reminders": st.lists(
            st.fixed_dictionaries(
                {"after": st.integers(1, 200).map(lambda amount: {"amount": amount, **MINUTES}), "text": st.just("!")}
            ),
            max_size=3,
        ),
    }
)


@given(questions, acts)
@settings(max_examples=150, deadline=None)
def test_any_question_survives_any_talk_and_every_pause_survives_json(params, acts):
    talk = _talk(("question", params))
    talk.says("oi")
    for act, what in acts:
        talk.says(what) if act == "says" else talk.waits(what)
        assert Run.from_data(talk.run.as_data()) == talk.run


@given(questions)
@settings(max_examples=50, deadline=None)
def test_silence_lasts_as_long_as_the_spans_say(params):
    talk = _talk(("question", params))
    talk.says("oi")
    limit = Duration.read(params["wait"]).length
    span = asking_spans(params, {})["no_reply"]
    assert span.least == limit
    talk.waits(limit - timedelta(seconds=1))
    assert talk.run.status == "open"
    talk.waits(timedelta(seconds=1))
    assert (talk.run.status, talk.run.outcome) == ("completed", "no_reply")
