"""Definitions of segments: what they may say, whom they fit; and contacts that two change at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowengine.core.events import Happened
from flowengine.core.steps import World
from flowengine.crm import contacts, segments
from flowengine.crm.actor import Actor
from flowengine.crm.operations import Operation, operate
from tests.offices import Office, furnish, meet

NOW = Happened(id="", at=datetime(2026, 11, 23, 15, tzinfo=UTC))
RUI = {
    "name": "Rui",
    "score": 12,
    "tags": ["vip"],
    "fields": {"cidade": "São Paulo", "nascimento": "1990-11-23"},
    "consent": {"whatsapp": "in"},
    "owner": {"slug": "ana", "name": "Ana"},
    "created_at": "2026-11-20T12:00:00+00:00",
}
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
WORDS = st.sampled_from(
    ["left", "op", "right", "all", "any", "not", "contact.tags", "contact.score", "equals", "matches"]
)
ANYTHING = st.recursive(
    LEAVES | WORDS,
    lambda parts: st.lists(parts, max_size=4) | st.dictionaries(WORDS | st.text(max_size=5), parts, max_size=4),
    max_leaves=12,
)


@pytest.fixture
def office(engine) -> Office:
    return furnish(engine)


def nothing_else(query):
    raise AssertionError(f"{query} was asked for")


@pytest.mark.parametrize(
    ("definition", "fits"),
    [
        ({"left": "contact.fields.cidade", "op": "equals", "right": "sao paulo"}, True),
        ({"left": "contact.score", "op": "between", "right": [10, 20]}, True),
        ({"left": "contact.tags", "op": "contains_none", "right": ["vip"]}, False),
        ({"left": "contact.owner", "op": "equals", "right": "ana"}, True),
        ({"left": "contact.consent:whatsapp", "op": "equals", "right": "out"}, False),
        ({"left": "contact.consent:email", "op": "is_empty"}, True),
        ({"left": "contact.created_at", "op": "within_last", "right": 7}, True),
        ({"not": {"any": [{"left": "contact.email", "op": "is_known"}]}}, True),
        ({"left": "contact.score", "op": "sings"}, False),
    ],
)
def test_a_contact_fits_or_does_not(definition: dict, fits: bool):
    assert segments.belongs(definition, World(contact=RUI), NOW, nothing_else) is fits


def test_what_the_world_lacks_is_asked_for():
    definition = {
        "all": [{"left": "contact.segment:a", "op": "is_true"}, {"left": "contact.segment:b", "op": "is_true"}]
    }
    asked = {("segment", "a"): True, ("segment", "b"): False}
    assert not segments.belongs(definition, World(contact=RUI), NOW, asked.__getitem__)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(definition=ANYTHING)
def test_whatever_is_given_as_a_definition_is_answered_in_words(office: Office, definition: object):
    with office.at() as unit:
        for mistake in segments.mistakes_in(unit, definition):
            assert set(mistake.message) == {"pt-BR", "en"}


def test_a_definition_too_deep_is_refused(office: Office):
    definition = {"left": "contact.name", "op": "is_known"}
    for _ in range(1_000):
        definition = {"not": definition}
    with office.at() as unit:
        assert segments.mistakes_in(unit, definition)


@pytest.mark.parametrize(
    "definition",
    [
        {"left": "contact.score", "op": "in", "right": [[[[1]]] * 3] * 100},
        {"left": "contact.name", "op": "matches", "right": "a" * 100_000},
        {"any": [{"left": "contact.name", "op": "is_known"}] * 1_000},
        {"left": "contact." + "x" * 100_000, "op": "is_known"},
    ],
)
def test_a_definition_too_large_is_refused(office: Office, definition: dict):
    with office.at() as unit:
        assert segments.mistakes_in(unit, definition)


def test_of_two_who_count_at_once_none_is_lost(office: Office):
    with office.at() as unit:
        unit.fields.add("contact", "visitas", "Visitas", "integer")
        id = meet(unit, office).contact_id
    operations = [Operation("score", "increment", 1), Operation("fields.visitas", "increment", 1)]

    def count(_):
        with office.at() as unit:
            operate(unit, contacts.found(unit, id), operations, Actor(office.ana.id))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(count, range(12)))
    with office.at() as unit:
        contact = unit.contacts.get(id)
    assert (contact.score, contact.fields) == (12, {"visitas": 12})


def test_segments_never_lead_back_to_themselves(office: Office):
    with office.at() as unit:
        score = {"left": "contact.score", "op": "greater", "right": 1}
        for slug, definition in (("a", score), ("b", {"left": "contact.segment:a", "op": "is_true"})):
            unit.segments.add(slug, name=slug, description="", definition=definition)
        unit.aliases.put("segment", "velho-b", "b")
        for name in ("a", "b", "velho-b"):
            circle = {"left": f"contact.segment:{name}", "op": "is_true"}
            assert segments.mistakes_in(unit, circle, "a")
            assert not segments.mistakes_in(unit, circle, "c")
