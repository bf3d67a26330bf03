"""The checker: each finding by a flow that has it, and by a near miss that has not."""

import json
import re
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from time import process_time

import pytest

from flowengine.core.check import Account, errors_in
from flowengine.core.check import check as check_with
from flowengine.core.findings import LANGUAGES
from flowengine.core.findings.texts import TEXTS
from flowengine.core.ports import ports_of
from flowengine.core.schema import FlowSchema
from flowengine.core.steps import NodeType
from flowengine.nodes import DEFINITIONS, NODE_TYPES, SCHEMAS, check
from tests.core.documents import changed, mended

FILES = ("checks.json", "checks_of_values.json")
CASES = [case for name in FILES for case in json.loads((Path(__file__).parent / name).read_text(encoding="utf-8"))]
OF_ACCOUNTS = json.loads((Path(__file__).parent / "checks_account.json").read_text(encoding="utf-8"))
ACCOUNT = Account.having(team=["vendas", "suporte"])


# Node types with marks that a checker must heed and that no type we have carries as these cases need it.
OWN = json.loads((Path(__file__).parent / "own_types.json").read_text(encoding="utf-8"))
TYPES = NODE_TYPES | {
    name: NodeType(name, schema, partial(ports_of, schema["x-ports"]), read=dict, enter=None, resume=None)
    for name, schema in OWN.items()
}
SCHEMA = FlowSchema(
    json.loads((SCHEMAS / "flow.schema.json").read_text(encoding="utf-8")),
    DEFINITIONS,
    {name: kind.schema for name, kind in TYPES.items()},
)


def _found(findings, wanted):
    """The codes and nodes found; where a case says "*", only that the code is among them."""
    loose = {code for code, node in wanted if node == "*"}
    return sorted({(f.code, "*") if f.code in loose else (f.code, f.node, f.message["en"]) for f in findings}, key=str)


def _checked(document, case):
    """The findings in the account that the case describes; by default one of two teams."""
    given = case.get("account", {})
    references = {**ACCOUNT.references, **given.get("references", {})}
    now = datetime.fromisoformat(given["now"]) if "now" in given else None
    account = replace(ACCOUNT, references=references, flows=given.get("flows", {}), now=now)
    return check_with(document, SCHEMA, TYPES, account)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_flow_has_the_findings_its_case_lists(case):
    found = _found(_checked(changed(case["changes"]), case), case["finds"])
    assert sorted(map(str, (f[:2] for f in found))) == sorted(str(tuple(wanted)) for wanted in case["finds"])


@pytest.mark.parametrize("case", [c for c in CASES if "fix" in c], ids=lambda case: case["name"])
def test_a_fix_mends_what_was_found(case):
    document = changed(case["changes"])
    finding = next(f for f in _checked(document, case) if f.fix)
    assert finding.fix["kind"] == case["fix"]
    assert finding.message not in [other.message for other in _checked(mended(document, finding.fix), case)]


def test_every_finding_has_a_case_that_finds_it():
    elsewhere = {"F001", "F002", "F099", "F191"}  # test_shape.py, test_hostile_documents.py, web/test_stories.py
    codes = {code.split(".")[0] for code in TEXTS} - elsewhere
    assert codes == {code for case in [*CASES, *OF_ACCOUNTS] for code, *_ in case["finds"]}


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_a_sentence_says_the_same_in_both_languages(code):
    places = [set(re.findall(r"{(\w+)}", TEXTS[code][language])) for language in LANGUAGES]
    assert places[0] == places[1]


def test_errors_come_before_warnings():
    document = changed([{"remove": "/edges/3"}, {"set": "/nodes/1/params/parts/0/text", "to": "{{ vars.nada }}"}])
    findings = check(document, ACCOUNT)
    assert [f.severity for f in findings] == ["error", "warning"]
    assert [f.code for f in errors_in(findings)] == ["F102"]


def test_without_references_nothing_is_said_of_the_account():
    assert check(changed([{"set": "/settings/default_team", "to": "compras"}])) == []


def test_a_thousand_nodes_are_checked_in_a_moment():
    menu = {"text": "Oi, {{ contact.name }}", "options": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}
    nodes = [{"id": f"n{n}", "type": "menu", "params": menu} for n in range(999)]
    edges = [
        {"source": f"n{n}", "port": port, "target": f"n{(n * 7 + step) % 999}"}
        for n in range(999)
        for step, port in enumerate("ab", start=1)
    ]
    document = changed(
        [
            {"set": "/variables", "to": []},
            {"set": "/nodes", "to": [{"id": "t", "type": "trigger", "params": {"event": "message.received"}}, *nodes]},
            {"set": "/edges", "to": [{"source": "t", "port": "next", "target": "n0"}, *edges]},
        ]
    )
    check(document, ACCOUNT)
    begun = process_time()
    assert check(document, ACCOUNT) == []
    assert process_time() - begun < 0.4  # 0.04 s alone on two cores; tests share them
