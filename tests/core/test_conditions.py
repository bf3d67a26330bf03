"""Conditions: what holds of one contact on a Monday at ten, and what cannot be judged."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flowengine.core.conditions import OPERANDS, OPERATORS, comparisons_in, compile_condition
from flowengine.core.conditions.catalogue import CHANNEL_KINDS, OperandKind, kind_of
from flowengine.core.errors import FlowError
from flowengine.core.events import MessageReceived
from flowengine.core.steps import Context, World
from flowengine.core.text import compile_template
from flowengine.nodes import DEFINITIONS, SCHEMAS

MONDAY_10 = datetime(2026, 1, 5, 13, tzinfo=UTC)
CASES = json.loads((Path(__file__).parent / "conditions.json").read_text(encoding="utf-8"))
SURROUNDINGS = json.loads((Path(__file__).parent / "surroundings.json").read_text(encoding="utf-8"))
FACTS = {(kind, key): answer for kind, key, answer in SURROUNDINGS["facts"]}
CONTEXT = Context(
    node="here",
    now=MONDAY_10,
    language="pt-BR",
    timezone="America/Sao_Paulo",
    names=SURROUNDINGS["names"],
    settings={},
    wired=frozenset(),
    kept={},
    asked_in=1,
    run="run-1",
    world=World(facts=FACTS),
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
    tried = {test["op"] for case in CASES for test in comparisons_in(case["when"]) if "holds" in case}
    assert tried == set(OPERATORS)


def test_every_operand_of_the_catalogue_is_tried_by_a_case():
    tried = {kind_of(test["left"]) for case in CASES for test in comparisons_in(case["when"]) if "holds" in case}
    assert [name for name, kind in OPERANDS.items() if kind not in tried] == []


def test_the_operands_that_the_builder_draws_are_those_that_are_judged():
    drawn = {
        each["id"]: OperandKind(
            type=each["type"],
            values=tuple(each.get("enum", ())),
            ref=each.get("x-ref", ""),
            names_from=each.get("x-names-from", ""),
            history=each.get("x-history", ""),
        )
        for each in DEFINITIONS["x-operands"]
    }
    assert drawn == OPERANDS


def test_the_operators_that_the_builder_draws_are_those_that_judge():
    drawn = {
        each["id"]: (tuple(each["types"]), each["right"], each.get("history", False))
        for each in DEFINITIONS["x-operators"]
    }
    assert drawn == {name: (each.types, each.right, each.of_history) for name, each in OPERATORS.items()}
    assert DEFINITIONS["$defs"]["condition"]["properties"]["op"]["enum"] == list(OPERATORS)


@pytest.mark.parametrize("operand", DEFINITIONS["x-operands"], ids=lambda operand: operand["id"])
def test_an_operand_is_said_in_both_languages(operand):
    portuguese = operand["x-i18n"]["pt-BR"]
    assert portuguese["title"]
    assert list(operand.get("x-enum", {})) == list(portuguese.get("enum", {})) == operand.get("enum", [])


def test_the_kinds_of_channel_that_conditions_know_are_those_that_exist():
    assert {path.stem for path in (SCHEMAS / "channels").glob("*.json")} == set(CHANNEL_KINDS)


@pytest.mark.parametrize("operand", [o for o in DEFINITIONS["x-operands"] if "x-in-text" in o], ids=lambda o: o["id"])
def test_what_an_operand_is_called_in_a_text_is_a_template(operand):
    compile_template("{{ " + operand["x-in-text"].replace("*", "name") + " }}")
