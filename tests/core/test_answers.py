"""What answers and menu choices mean."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.answers import READERS, Reading, read_answer
from flowengine.core.menu_choice import Menu
from flowengine.core.sayings import AGAIN
from flowengine.nodes import NODE_TYPES

HERE = Path(__file__).parent
SUNDAY = datetime(2026, 11, 23, 2, tzinfo=UTC)  # in São Paulo
OPTIONS = [
    {"id": "vendas", "title": "Vendas", "synonyms": ["comprar", "preço"]},
    {"id": "suporte", "title": "Suporte técnico", "synonyms": ["ajuda"]},
    {"id": "horarios", "title": "Nossos horários", "synonyms": ["horário"]},
    {"id": "pessoa", "title": "Falar com atendente", "synonyms": ["atendente", "humano"]},
]


def _read(name):
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", _read("answers"), ids=lambda case: f"{case['type']}: {case['text']}")
def test_an_answer_means_what_its_case_says(case):
    reading = Reading(case.get("language", "pt-BR"), SUNDAY, "America/Sao_Paulo")
    assert read_answer(case["type"], case["text"], reading) == case["means"]


def test_every_type_of_answer_has_a_reader_and_cases():
    types = set(NODE_TYPES["question"].schema["properties"]["answer_type"]["enum"])
    assert types == set(READERS) == {case["type"] for case in _read("answers")}


@given(st.sampled_from(sorted(READERS)), st.text(max_size=80), st.sampled_from(["pt-BR", "en"]))
def test_any_text_is_an_answer_or_none_and_what_is_kept_survives_json(kind, text, language):
    value = read_answer(kind, text, Reading(language, SUNDAY, "America/Sao_Paulo"))
    assert json.loads(json.dumps(value)) == value


@pytest.mark.parametrize("case", _read("menu_choices"), ids=lambda case: case["text"] or "(empty)")
def test_a_text_means_an_option(case):
    found = Menu(OPTIONS).choose(text=case["text"])
    assert (found.option["id"] if found else None, found.how if found else None) == (case["means"], case["how"])


def test_a_pressed_button_wins_over_its_words():
    assert Menu(OPTIONS).choose(text="Suporte técnico", choice="vendas").option["id"] == "vendas"


def test_a_typing_error_that_may_mean_two_options_means_none():
    options = [{"id": "a", "title": "Compra"}, {"id": "b", "title": "Compro"}]
    assert Menu(options).choose(text="Compri") is None


def test_a_word_that_two_options_share_means_neither():
    options = [{"id": "a", "title": "A", "synonyms": ["tudo"]}, {"id": "b", "title": "B", "synonyms": ["tudo"]}]
    assert Menu(options).choose(text="tudo") is None


def test_asking_again_has_words_for_every_type_of_answer_in_both_languages():
    assert set(AGAIN["pt-BR"]) == set(AGAIN["en"]) == (set(READERS) - {"any"}) | {"menu"}
