"""Conditions: what holds of one contact on a Monday at ten, and what cannot be judged."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flowengine.core.conditions import OPERANDS, OPERATORS, comparisons_in, compile_condition
from flowengine.core.errors import FlowError
from flowengine.core.events import MessageReceived
from flowengine.core.steps import Context, World
from flowengine.nodes import DEFINITIONS

MONDAY_10 = datetime(2026, 1, 5, 13, tzinfo=UTC)
CASES = json.loads((Path(__file__).parent / "conditions.json").read_text(encoding="utf-8"))
SHUT = {"timezone": "America/Sao_Paulo", "week": {"sun": [["08:00", "18:00"]]}}
NAMES = {
    "contact": {"name": "Renata", "email": None},
    "vars": {
        "city": "São Paulo",
        "n": 10,
        "tags": ["VIP", "novo"],
        "day": "2026-01-04",
        "sure": True,
        "choice": "vendas",
    },
    "answers": {"menu": "Vendas"},
    "event": {"text": "Cadê o PEDIDO nº 123?"},
}
CONTEXT = Context(
    node="here",
    now=MONDAY_10,
    language="pt-BR",
    timezone="America/Sao_Paulo",
    names=NAMES,
    settings={},
    wired=frozenset(),
    kept={},
    asked_in=1,
    run="run-1",
    world=World(facts={("hours", "account"): None, ("hours", "team:vendas"): SHUT}),
    event=MessageReceived("event-1", MONDAY_10),
)


@pytest.mark.parametrize("case", [c for c in CASES if "holds" in c], ids=lambda case: json.dumps(case["when"])[:80])
def test_a_condition_holds_or_not(case):
    assert compile_condition(case["when"])(CONTEXT) is case["holds"]


@pytest.mark.parametrize("case", [c for c in CASES if "refused" in c], ids=lambda case: json.dumps(case["when"])[:80])
def test_a_condition_that_cannot_be_judged_is_refused_with_the_reason(case):
    with pytest.raises(FlowError, match=case["refused"]) as refused:
        compile_condition(case["when"])
    assert set(refused.value.words) == {"pt-BR", "en"}


def test_groups_that_are_nested_too_deeply_are_refused():
    condition = {"left": "vars.n", "op": "is_known"}
    for _ in range(25):
        condition = {"not": condition}
    with pytest.raises(FlowError, match="nested"):
        compile_condition(condition)


def test_the_tests_of_a_condition_can_be_listed():
    one, other = ({"left": f"vars.{name}", "op": "is_known"} for name in "ab")
    assert comparisons_in({"all": [one, {"any": [{"not": other}]}]}) == [one, other]


def test_every_operator_of_the_catalogue_is_tried_by_a_case():
    tried = {test["op"] for case in CASES for test in comparisons_in(case["when"])}
    assert tried == set(OPERATORS)


def test_the_catalogue_that_the_builder_draws_is_the_one_that_is_judged_by():
    assert {operand["id"]: operand["type"] for operand in DEFINITIONS["x-operands"]} == dict(OPERANDS)
    drawn = {operator["id"]: tuple(operator["types"]) for operator in DEFINITIONS["x-operators"]}
    assert drawn == {name: operator.types for name, operator in OPERATORS.items()}
    assert DEFINITIONS["$defs"]["condition"]["properties"]["op"]["enum"] == list(OPERATORS)
