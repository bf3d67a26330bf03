"""Values of fields: each type's normal form, as data; and what holds of all."""

import json
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.errors import Invalid
from flowengine.crm.operations import outcome
from flowengine.crm.values import Place, read_value, unique_key
from flowengine.store.fields import Field
from flowengine.store.tables.contacts import FIELD_TYPES

CASES = json.loads((Path(__file__).parent / "values.json").read_text(encoding="utf-8"))
PLACE = Place("pt-BR", ZoneInfo("America/Sao_Paulo"), datetime(2026, 11, 23, 15, tzinfo=UTC))
CHOICES = [
    {"slug": "cafe", "name": "Café"},
    {"slug": "cha", "name": "Chá"},
    {"slug": "suco", "name": "Suco de uva"},
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda parts: st.lists(parts, max_size=3) | st.dictionaries(st.text(), parts, max_size=3),
    max_leaves=5,
)


def field(type: str) -> Field:
    return Field(UUID(int=1), "campo", "Campo", "contact", type, CHOICES, False, False, True, "")


def rows(refused: bool):
    return [
        pytest.param(type, *case, id=f"{type} {case[0]!r}")
        for type in FIELD_TYPES
        for case in CASES[type]
        if (case[1] is None) is refused
    ]


@pytest.mark.parametrize(("type", "value", "normal"), rows(refused=False))
def test_a_value_takes_its_normal_form(type: str, value: object, normal: object):
    found = read_value(field(type), value, PLACE)
    assert (found, found.__class__) == (normal, normal.__class__)


@pytest.mark.parametrize(("type", "value", "_"), rows(refused=True))
def test_what_cannot_be_one_is_refused_at_its_field(type: str, value: object, _: None):
    with pytest.raises(Invalid) as wrong:
        read_value(field(type), value, PLACE)
    assert wrong.value.detail == {"pointer": "/fields/campo"}


@pytest.mark.parametrize("type", FIELD_TYPES)
@pytest.mark.parametrize("nothing", [None, "", []])
def test_nothing_clears(type: str, nothing: object):
    assert read_value(field(type), nothing, PLACE) is None


@pytest.mark.parametrize("type", FIELD_TYPES)
@settings(max_examples=60, deadline=None)
@given(value=ANYTHING)
def test_whatever_is_given_is_refused_or_stays_as_it_was_read(type: str, value: object):
    try:
        normal = read_value(field(type), value, PLACE)
    except Invalid:
        return
    assert read_value(field(type), normal, PLACE) == normal
    assert json.loads(json.dumps(normal)) == normal


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [("José 1", "JOSE 1", True), (1, 1.0, True), (10, 1e1, True), ("a", "b", False), (1, 2, False)],
)
def test_two_values_are_the_same_however_they_are_written(one: object, other: object, same: bool):
    assert (unique_key(one) == unique_key(other)) is same


@pytest.mark.parametrize(
    ("op", "before", "value", "after"),
    [
        ("set", "a", "b", "b"),
        ("clear", "a", "b", None),
        ("increment", None, 2, 2),
        ("increment", 0.1, "0.2", 0.3),
        ("increment", 5, -7, -2),
        ("add", None, "a", ["a"]),
        ("add", ["a"], ["a", "b"], ["a", "b"]),
        ("remove", ["a", "b"], "a", ["b"]),
        ("remove", None, "a", []),
    ],
)
def test_an_operation_goes_by_what_was_there(op: str, before: object, value: object, after: object):
    assert outcome(op, before, value, name="campo") == after


@pytest.mark.parametrize(
    ("op", "before", "value"),
    [
        ("increment", "muito", 1),
        ("increment", 1, "x"),
        ("increment", 1, "1e999999999"),
        ("increment", 1, "nan"),
        ("add", "a", "b"),
        ("remove", 7, 7),
    ],
)
def test_an_operation_that_makes_no_sense_is_refused(op: str, before: object, value: object):
    with pytest.raises(Invalid):
        outcome(op, before, value, name="campo")
