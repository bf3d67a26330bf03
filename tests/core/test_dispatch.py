"""Who takes a message."""

from datetime import UTC, datetime

import pytest

from flowengine.core.dispatch import Answer, Keep, Start, ToPeople, Trigger, who_takes
from flowengine.core.events import MessageReceived
from flowengine.core.run import Run, Wait

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
