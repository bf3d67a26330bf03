"""Authors' templates: what they show, what they may not do, what comparing ignores."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.errors import BadTemplate
from flowengine.core.filters import FILTERS
from flowengine.core.text import LONGEST_OUTPUT, compile_template, fold
from flowengine.nodes import DEFINITIONS

HERE = Path(__file__).parent
NAMES = {
    "contact": {"name": "MARIA DA SILVA", "phone": "+5511987654321", "items": "campo"},
    "now": datetime(2026, 11, 22, 18, 4, tzinfo=UTC),
    "vars": {
        "price": 1234.5,
        "many": 3,
        "list": ["a", "b"],
        "order": {"items": [{"name": "Pão"}]},
        "moment": "2026-11-22T18:04:00+00:00",
        "yes": True,
        "day": "2027-03-05",
        "cpf": "11144477735",
        "cnpj": "11222333000181",
        "cep": "01310100",
    },
}


def _read(name):
    return json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))


def _render(source, language="pt-BR", names=NAMES):
    return compile_template(source).render(names, language=language, timezone="America/Sao_Paulo")


@pytest.mark.parametrize("case", _read("templates"), ids=lambda case: case["source"][:60])
def test_a_template_shows_what_its_case_says(case):
    assert _render(case["source"], case.get("language", "pt-BR")) == case["shows"]


def test_the_filters_that_the_builder_offers_are_those_there_are():
    assert [each["id"] for each in DEFINITIONS["x-filters"]] == list(FILTERS)


@pytest.mark.parametrize("each", DEFINITIONS["x-filters"], ids=lambda each: each["id"])
def test_the_example_of_a_filter_shows_what_it_says(each):
    assert {language: _render(each["example"], language) for language in ("pt-BR", "en")} == each["shows"]


@pytest.mark.parametrize("case", _read("values"), ids=lambda case: case["source"])
def test_a_template_that_is_one_expression_has_a_value(case):
    assert (
        compile_template(case["source"]).value(NAMES, language="pt-BR", timezone="America/Sao_Paulo") == case["value"]
    )


@pytest.mark.parametrize("case", _read("templates"), ids=lambda case: case["source"][:60])
def test_a_template_says_which_names_were_not_there(case):
    if "missing" in case:
        assert list(compile_template(case["source"]).missing(NAMES)) == case["missing"]


def test_a_text_that_grows_too_long_is_refused():
    with pytest.raises(BadTemplate, match=str(LONGEST_OUTPUT)):
        _render("{{ vars.x }}" * 3, names={"vars": {"x": "y" * 8_000}})


def test_a_list_that_is_too_long_to_join_is_refused():
    with pytest.raises(BadTemplate):
        _render("{{ vars.x | join(vars.y) }}", names={"vars": {"x": list(range(1000)), "y": "-" * 1000}})


@pytest.mark.parametrize(
    "source",
    ["{{ 1e999 }}", "{{ 1e308 + 1e308 }}", "{{ '2026-01-01' | date('HH:mm') }}", "{{ '10:00' | time('dd/MM') }}"],
)
def test_what_cannot_be_computed_is_the_authors_to_mend(source):
    with pytest.raises(BadTemplate):
        _render(source)


def test_only_plain_values_show():
    assert _render("{{ vars.it }}{{ vars.it.secret }}", names={"vars": {"it": object()}}) == ""


def test_a_template_is_compiled_once():
    assert compile_template("{{ vars.once }}") is compile_template("{{ vars.once }}")


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"), [("São Paulo", "SAO PAULO"), ("ÀÉÎõü", "aeiou"), ("ﬁm", "FIM"), ("straße", "STRASSE")]
)
def test_texts_that_differ_in_case_and_accents_are_the_same_folded(one, other):
    assert fold(one) == fold(other)


@given(st.text(alphabet="{}%#|.()[]'\"abcdef vars_0123456789+-*~ifelsnd", max_size=80))
def test_any_source_compiles_or_is_refused(source):
    try:
        _render(source)
    except BadTemplate as refused:
        assert refused.words["pt-BR"]
