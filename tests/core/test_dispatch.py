"""Who takes a message."""

from datetime import UTC, datetime

import pytest

from flowengine.core.dispatch import Answer, Keep, Start, ToPeople, Trigger, triggers_of, who_takes
from flowengine.core.events import MessageReceived
from flowengine.core.flow import read_flow
from flowengine.core.run import Run, Wait
from flowengine.nodes import FLOW_SCHEMA

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)
ANY = Trigger("a", "any", {"event": "message.received"}, 3)
FIRST = Trigger("a", "first", {"event": "message.received", "first": True}, 4)
WORD = Trigger("b", "word", {"event": "keyword", "terms": ["preço"], "match": "contains"}, 1)
LONGER = Trigger("c", "longer", {"event": "keyword", "terms": ["tabela de preço"]}, 2)
PERSON = Trigger("d", "person", {"event": "keyword", "terms": ["atendente"], "match": "exact", "interrupt": True}, 0)
ORDER = Trigger("e", "order", {"event": "keyword", "terms": ["pedido [0-9]+"], "match": "pattern"}, 5)
BROKEN = Trigger("f", "broken", {"event": "keyword", "terms": ["(a"], "match": "pattern"}, 6)
ALL = (ANY, FIRST, WORD, LONGER, PERSON, ORDER, BROKEN)
WAITING = Run("r", 1, wait=Wait("menu", ("message_received",), 1, NOON))
BUSY = Run("r", 1, wait=Wait("espera", ("timer_fired",), 1, NOON))


def _who(text, *, state="bot", first=False, floor=None, triggers=ALL, **more):
    message = MessageReceived("e", NOON, text, **more)
    return who_takes(message, state=state, first=first, floor=floor, triggers=triggers)


@pytest.mark.parametrize(
    ("text", "first", "starts"),
    [
        ("oi", True, FIRST),
        ("oi", False, ANY),
        ("qual o PRECO?", True, WORD),
        ("a tabela de preço, por favor", False, LONGER),
        ("apreço", False, ANY),
        ("Atendente!!", False, PERSON),
        ("um atendente", False, ANY),
        ("meu pedido 123", False, ORDER),
        ("Meu PÊDIDO 123", False, ORDER),
        ("", True, FIRST),
    ],
)
def test_the_longest_keyword_starts_then_the_first_message_then_any(text, first, starts):
    assert _who(text, first=first) == Start(starts)


@pytest.mark.parametrize("state", ["queued", "open", "pending"])
def test_no_flow_takes_what_is_said_to_people(state):
    assert isinstance(_who("preço", state=state), Keep)


def test_the_run_that_has_the_floor_takes_its_answer():
    assert _who("preço", floor=WAITING) == Answer()


def test_what_comes_while_the_run_waits_for_something_else_is_kept():
    assert isinstance(_who("oi", floor=BUSY), Keep)


def test_a_keyword_that_interrupts_ends_the_run_that_has_the_floor():
    assert _who("atendente", floor=WAITING) == Start(PERSON, replaces=True)


def test_the_words_on_a_button_are_an_answer_not_a_keyword():
    assert _who("atendente", floor=WAITING, choice="pessoa") == Answer()


def test_where_no_flow_listens_people_do():
    assert _who("oi", triggers=(FIRST, WORD)) == ToPeople()
    assert _who("oi", first=True, triggers=()) == ToPeople()


def _flow(*params):
    """A flow with these starts, and nothing after them."""
    nodes = [
        {"id": f"start{place}", "type": "trigger", "params": each, "position": {"x": 0, "y": 0}}
        for place, each in enumerate(params)
    ]
    return read_flow(
        {"format": "flowengine/flow", "format_version": 1, "kind": "chatbot", "key": "a", "name": "A",
         "language": "en", "settings": {"default_team": "geral"}, "nodes": nodes, "edges": []},
        FLOW_SCHEMA,
    )  # fmt: skip


def test_a_channel_may_let_a_flow_listen_to_keywords_alone():
    any_message, word = {"event": "message.received"}, {"event": "keyword", "terms": ["preço"]}
    triggers = triggers_of(_flow(any_message, word), "a", 0, any_message=False)
    assert [trigger.node for trigger in triggers] == ["start1"]


def test_a_channel_s_keyword_starts_a_flow_at_its_first_start_under_its_condition():
    where = {"left": "contact.name", "op": "is_known"}
    flow = _flow({"event": "message.received", "where": where}, {"event": "keyword", "terms": ["preço"]})
    triggers = triggers_of(flow, "a", 2, any_message=False, keywords=["boleto"])
    assert _who("boleto!", triggers=triggers) == Start(
        Trigger("a", "start0", {"event": "keyword", "terms": ["boleto"], "where": where}, 20_000)
    )


def test_a_channel_s_keyword_starts_nothing_where_a_flow_has_no_start():
    assert triggers_of(_flow(), "a", 0, keywords=["boleto"]) == []
