"""The checker in an account: each finding by a flow and an account that have it, and by a near miss that has not."""

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.channels.declared import declared
from flowengine.channels.http import LIMITS as HTTP
from flowengine.channels.webchat import LIMITS as WEBCHAT
from flowengine.core.check import Account
from flowengine.nodes import SCHEMAS, check
from tests.core.accounts import account, flow

CASES = json.loads((Path(__file__).parent / "checks_account.json").read_text(encoding="utf-8"))

SETTINGS = ("default_team", "no_reply", "grouping", "commands", "goal", "availability", "teams", "cor")
JSON = st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(("node", "transfer", "nome"))
LONG_WAIT = {
    "nodes": {
        "t": ("trigger", {"event": "message.received"}),
        "nome": ("question", {"text": "Nome?", "answer_type": "name"}),
        "ola": ("message", {"parts": [{"kind": "text", "text": "Olá"}]}),
        "equipe": ("transfer", {}),
    },
    "wires": ["t.next > nome", "nome.no_reply > ola", "ola.next > equipe"],
}


def _parts(inner):
    """Lists and objects, with the keys that commands and goals have."""
    keys = st.sampled_from(("do", "node", "terms", "event", "then", "amount", "unit"))
    return st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=3)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_flow_in_an_account_has_the_findings_its_case_lists(case):
    found = [[f.code, f.node, f.severity] for f in check(flow(case.get("flow", {})), account(case["account"]))]
    assert sorted(found, key=str) == sorted(case["finds"], key=str)


@pytest.mark.parametrize("case", [case for case in CASES if "says" in case], ids=lambda case: case["name"])
def test_a_finding_says_what_it_is_about(case):
    said = " ".join(f.message["pt-BR"] for f in check(flow(case["flow"]), account(case["account"])))
    assert [word for word in case["says"] if word not in said] == []


@pytest.mark.parametrize("case", [case for case in CASES if "fixed" in case], ids=lambda case: case["name"])
def test_a_fix_of_an_account_s_finding_mends_it(case):
    document, where = flow(case["flow"]), account(case["account"])
    (fix,) = (finding.fix for finding in check(document, where) if finding.fix)
    assert {key: fix[key] for key in case["fixed"]} == case["fixed"]
    assert check(_mended(document, fix), where) == []


@pytest.mark.parametrize("kind", sorted(path.stem for path in (SCHEMAS / "channels").glob("*.json")))
def test_a_kind_of_channel_declares_what_it_can_show(kind):
    limits = declared(kind, "canal").limits
    assert {"buttons", "rows", "media"} <= set(limits)


@pytest.mark.parametrize(("kind", "limits"), [("http", HTTP), ("webchat", WEBCHAT)])
def test_declared_limits_are_those_the_adapter_keeps_to(kind, limits):
    assert {
        name: declared(kind, "canal").limits[name] for name in ("text", "buttons", "button_title", "attachments")
    } == {
        "text": limits.text,
        "buttons": limits.buttons,
        "button_title": limits.button_title,
        "attachments": limits.attachments,
    }


def test_of_an_unknown_account_nothing_is_said():
    assert check(flow({}), Account()) == check(flow({})) == []


@given(st.dictionaries(st.sampled_from(SETTINGS), st.recursive(JSON, _parts, max_leaves=8)))
def test_settings_that_are_anything_give_findings(changed):
    draft = flow({"settings": {"default_team": "vendas", **changed}, **LONG_WAIT})
    where = account({"channels": {"zap": "whatsapp"}, "hours": {"team:vendas": WEEKDAYS}, "references": NOBODY})
    assert all(json.dumps(finding.as_data()) for finding in check(draft, where))


@given(st.dictionaries(st.sampled_from(("event", "tag", "pipeline", "to_stage", "where")), st.recursive(JSON, _parts)))
def test_a_trigger_that_is_anything_gives_findings(changed):
    nodes = {
        "t": ("trigger", {"event": "deal.stage_changed", **changed}),
        "move": ("move_deal", {"pipeline": "vendas", "stage": "novo"}),
        "marca": ("tags", {"add": ["vip"]}),
    }
    draft = flow({"kind": "deal_automation", "nodes": nodes, "wires": ["t.next > move", "move.next > marca"]})
    assert all(json.dumps(finding.as_data()) for finding in check(draft, Account.having(tag=["vip"])))


def test_a_crowd_of_triggers_that_all_hear_of_each_other_is_bounded():
    nodes = {f"t{n}": ("trigger", {"event": "contact.tag_added", "tag": f"x{n % 50}"}) for n in range(990)}
    nodes |= {f"m{n}": ("tags", {"add": [f"x{other}" for other in range(50)]}) for n in range(990)}
    draft = flow({"kind": "contact_automation", "settings": {}, "nodes": nodes, "wires": _straight(990)})
    begun = process_time()
    assert "F111" in {finding.code for finding in check(draft, Account())}
    assert process_time() - begun < 3  # 0.3 s alone


def _straight(count):
    return [f"t{n}.next > m{n}" for n in range(count)]


def test_two_thousand_nodes_are_checked_against_an_account_in_a_moment():
    where = account({"channels": {"zap": "whatsapp"}, "hours": {"team:vendas": WEEKDAYS}, "references": NOBODY})
    document = flow({"nodes": _many(1990), "wires": _wires(1990)})
    check(document, where)
    begun = process_time()
    found = check(document, where)
    assert {finding.code for finding in found} >= {"F140", "F150"}
    assert process_time() - begun < 2


WEEKDAYS = {"timezone": "UTC", "week": {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}}
NOBODY = {"team": {"vendas": {"name": "Vendas", "members": 3}}}


def _many(count):
    """A trigger, then by turns: a menu, a wait of some hours, a message, a hand-off."""
    menu = {"text": "E?", "options": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}
    kinds = [
        ("menu", menu),
        ("delay", {"wait": {"amount": 7, "unit": "hours"}}),
        ("message", {"parts": [{"kind": "text", "text": "Oi"}]}),
        ("transfer", {"team": "vendas"}),
    ]
    return {"t": ("trigger", {"event": "message.received"})} | {f"n{n}": kinds[n % 4] for n in range(count)}


def _wires(count):
    ports = (("a", "b", "no_reply"), ("next",), ("next",), ("finished", "unavailable"))
    wires = [
        f"n{n}.{port} > n{(n * 3 + step) % count}"
        for n in range(count)
        for step, port in enumerate(ports[n % 4], start=1)
    ]
    return ["t.next > n0", *wires]


def _mended(document, fix):
    """The document after the fix, as the builder applies it."""
    nodes = [
        {**node, "params": fix["params"]} if fix["kind"] == "setParams" and node["id"] == fix["node"] else node
        for node in document["nodes"]
    ]
    settings = fix["settings"] if fix["kind"] == "setSettings" else document["settings"]
    return {**document, "nodes": nodes, "settings": settings}
