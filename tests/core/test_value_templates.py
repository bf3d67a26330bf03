"""What is put into JSON bodies, addresses and headers is a value, whatever a contact writes."""

from datetime import UTC, datetime
from urllib.parse import unquote, urlsplit

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.addresses import compile_address
from flowengine.core.errors import BadParameter
from flowengine.core.events import Started
from flowengine.core.steps import Context, World
from flowengine.core.value_templates import compile_json
from flowengine.nodes import http_request

NOW = datetime(2026, 1, 5, 13, tzinfo=UTC)
KEPT = st.characters(exclude_characters="\0", exclude_categories=["Cs"])  # the others are dropped: nobody can keep them
ANY_TEXT = st.text(KEPT, max_size=60).filter(lambda text: text == "" or text.strip(" ."))
PLAIN = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | ANY_TEXT | st.lists(ANY_TEXT, max_size=3)


def knowing(**variables):
    return Context(
        node="here",
        now=NOW,
        language="pt-BR",
        timezone="America/Sao_Paulo",
        names={"vars": variables, "now": NOW},
        settings={},
        wired=frozenset(),
        kept={},
        asked_in=1,
        run="run-1",
        world=World(),
        event=Started(id="event-1", at=NOW),
    )


@given(ANY_TEXT)
def test_a_text_stays_within_its_place_in_json(said):
    document = {"name": "{{ vars.said }}", "text": "Olá, {{ vars.said }}!", "list": ["{{ vars.said }}", 1]}
    filled = compile_json(document).value(knowing(said=said))
    assert filled == {"name": said, "text": f"Olá, {said}!", "list": [said, 1]}
    assert orjson.loads(orjson.dumps(filled)) == filled


@given(PLAIN)
def test_a_name_alone_keeps_what_it_is(value):
    assert compile_json({"it": "{{ vars.value }}"}).value(knowing(value=value)) == {"it": value}


@given(ANY_TEXT)
def test_a_text_is_one_part_of_an_address(said):
    address = compile_address("https://shop.example/orders/{{ vars.said }}/items?of={{ vars.said }}#top")
    parts = urlsplit(address.text(knowing(said=said)))
    assert (parts.scheme, parts.netloc, parts.fragment) == ("https", "shop.example", "top")
    first, orders, said_there, items = parts.path.split("/")
    assert (first, orders, unquote(said_there), items) == ("", "orders", said.strip(), "items")
    assert parts.query == f"of={said_there}"


@pytest.mark.parametrize("said", [".", "..", "...", " .. "])
def test_dots_lead_nowhere_in_an_address(said):
    address = compile_address("https://shop.example/orders/{{ vars.said }}/items")
    assert address.text(knowing(said=said)) == "https://shop.example/orders//items"


@given(ANY_TEXT)
def test_a_header_is_one_line_of_ascii(said):
    params = http_request.read(
        {"url": "https://shop.example", "headers": [{"name": "X-Said", "value": "{{ vars.said }}"}]}
    )
    (call,) = http_request.enter(params, knowing(said=said)).effects
    assert call.headers["X-Said"].isascii()
    assert call.headers["X-Said"].isprintable()


def test_a_document_too_deep_is_refused():
    deep = "here"
    for _ in range(100):
        deep = [deep]
    with pytest.raises(BadParameter):
        compile_json(deep)


def test_a_moment_is_written_as_machines_read_it():
    assert compile_json({"at": "{{ now }}"}).value(knowing()) == {"at": "2026-01-05T13:00:00+00:00"}
