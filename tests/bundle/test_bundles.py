"""Bundles: what travels, what is refused, what an account is shown of it, and what becomes of a decision."""

import contextlib
import copy
import json
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.bundle import (
    Definition,
    Master,
    bundle_text,
    gather,
    look,
    paste,
    plan,
    read_bundle,
    select,
    write_bundle,
)
from flowengine.core.errors import Invalid, InvalidFlow, NotFound
from flowengine.core.flow import content_hash
from flowengine.nodes import BUNDLE_SCHEMA, FLOW_SCHEMA
from tests.bundle.drawings import flows
from tests.core.documents import SOUND, changed

SHOP = {"slug": "loja", "name": "Loja"}
AT = "2026-01-05T10:00:00-03:00"
TEAM = Definition("Vendas", {"name": "Vendas", "access": "team"})
FULL = {"team": {"vendas": {"name": "Vendas"}}}


def _bundle(document=SOUND, definitions=None, **more):
    known = {("team", "vendas"): TEAM} if definitions is None else definitions
    gathered = gather([document["key"]], {document["key"]: Master(document, "f1", 3)}.get, FLOW_SCHEMA)
    return {**write_bundle(gathered, known, account=SHOP, at=AT), **more}


def _whole():
    """A bundle with a bit of everything."""
    condition = {"any": [{"left": "answers.menu", "op": "equals", "right": "{{ vars.a }}"}]}
    branches = [{"id": "a", "title": "A", "when": condition}]
    nodes = [*SOUND["nodes"], {"id": "c", "type": "condition", "params": {"branches": branches}}]
    nodes += [{"id": "f", "type": "call_flow", "params": {"flow": "outro"}}]
    document = {**SOUND, "nodes": nodes, "frames": [{"id": "f1", "nodes": ["c"]}]}
    selection = select(document, {"c", "menu", "muitos"}, FLOW_SCHEMA)
    masters = {"pedidos": Master(document)}
    gathered = gather(masters, masters.get, FLOW_SCHEMA, selection=selection, cut_from="pedidos")
    definition = {"left": "contact.fields.cidade", "op": "equals", "right": "Recife"}
    known = {("team", "vendas"): TEAM, ("segment", "s"): Definition("S", {"name": "S", "definition": definition})}
    return write_bundle(gathered, known, account=SHOP, at=AT)


def _read(bundle):
    return read_bundle(json.loads(bundle_text(bundle)), BUNDLE_SCHEMA, FLOW_SCHEMA)


WHOLE = _whole()


@settings(max_examples=50)
@given(flows(), st.data())
def test_what_is_made_is_read_as_it_was(document, data):
    ids = data.draw(st.sets(st.sampled_from([node["id"] for node in document["nodes"]]), min_size=1))
    selection = select(document, ids, FLOW_SCHEMA)
    masters = {document["key"]: Master(document, "f1", 3)}
    gathered = gather(masters, masters.get, FLOW_SCHEMA, selection=selection, cut_from=document["key"])
    before = copy.deepcopy(document)
    read = _read(write_bundle(gathered, {("team", "vendas"): TEAM}, account=SHOP, at=AT))
    assert [flow.document for flow in read.flows] == [document] == [before]
    assert read.selection.as_data() == selection.as_data()
    assert read.references == {("team", "vendas"): TEAM}


def test_a_copy_knows_its_master():
    (flow,) = _read(_bundle()).flows
    assert flow.origin == {"account": SHOP, "at": AT, "flow": "f1", "version": 3, "hash": content_hash(SOUND)}


def test_sub_flows_travel_along_and_those_they_call():
    calls = {"nodes": [{"id": "c", "type": "call_flow", "params": {"flow": "b"}}]}
    masters = {"a": {"key": "a", **calls}, "b": {"key": "b", "nodes": []}}
    masters = {key: Master({**SOUND, **document}) for key, document in masters.items()}
    gathered = gather(["a"], masters.get, FLOW_SCHEMA)
    assert [flow.key for flow in gathered.flows] == ["a", "b"]
    assert gathered.references == [("team", "vendas")]
    alone = gather(["a"], {"a": masters["a"]}.get, FLOW_SCHEMA)
    assert alone.references == [("team", "vendas"), ("flow", "b")]


def test_flows_that_call_one_another_travel_once():
    def calling(key, other):
        return Master({**SOUND, "key": key, "nodes": [{"id": "c", "type": "start_flow", "params": {"flow": other}}]})

    masters = {"a": calling("a", "b"), "b": calling("b", "a")}
    assert [flow.key for flow in gather(["b"], masters.get, FLOW_SCHEMA).flows] == ["b", "a"]


def test_a_stage_comes_along_with_its_pipeline():
    nodes = [{"id": "m", "type": "move_deal", "params": {"pipeline": "vendas", "stage": "novo"}}]
    stage = {"slug": "novo", "name": "Novo", "kind": "open", "probability": 10}
    known = {
        ("pipeline", "vendas"): Definition("Vendas", {"name": "Vendas", "stages": [stage]}),
        ("stage", "vendas/novo"): Definition("Novo", {"name": "Novo", "kind": "open", "probability": 10}),
    }
    bundle = _read(_bundle({**SOUND, "nodes": nodes, "edges": []}, known))
    assert {("pipeline", "vendas"), ("stage", "vendas/novo")} <= set(bundle.references)
    open_ones = plan(bundle, {}, FULL, FLOW_SCHEMA).left
    assert open_ones == (("pipeline", "vendas"), ("stage", "vendas/novo"))
    assert plan(bundle, {"pipeline:vendas": {"create": True}}, FULL, FLOW_SCHEMA).left == ()
    here = {**FULL, "pipeline": {"funil": {"name": "Funil"}}, "stage": {"funil/novo": {"name": "Novo"}}}
    used = plan(bundle, {"pipeline:vendas": {"use": "funil"}}, here, FLOW_SCHEMA)
    assert (used.left, used.aliases) == ((), {("pipeline", "vendas"): "funil"})


def test_a_flow_that_is_not_there_cannot_be_copied():
    with pytest.raises(NotFound, match="nada"):
        gather(["nada"], {}.get, FLOW_SCHEMA)


def test_secrets_never_travel():
    secret = Definition("Chave do ERP", {"value": "s3cr3t"})
    bundle = _bundle(definitions={("secret", "erp"): secret})
    assert b"s3cr3t" not in bundle_text(bundle)
    assert _read(bundle).references["secret", "erp"] == Definition("Chave do ERP")
    with pytest.raises(InvalidFlow):
        _read(_bundle(references=[{"kind": "secret", "slug": "erp", "name": "ERP", "definition": {"value": "x"}}]))


def test_the_files_that_are_named_are_listed():
    file = "a" * 64
    bundle = _bundle(changed([{"set": "/nodes/1/params/parts/0/text", "to": f"file:{file}"}]))
    assert bundle["files"] == [{"hash": file}]


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        "bundle",
        {"format": "flowengine/flow"},
        _bundle(format_version=2),
        _bundle(flows=[{"document": {}, "origin": {}}]),
        _bundle(flows=[*_bundle()["flows"], *_bundle()["flows"]]),
        _bundle(nodes={"nodes": [SOUND["nodes"][0]] * 2, "edges": []}),
        _bundle(changed([{"set": "/settings", "to": json.loads('{"a":' * 90 + "1" + "}" * 90)}])),
    ],
)
def test_what_is_no_bundle_is_refused_with_findings(wrong):
    with pytest.raises(InvalidFlow) as refused:
        read_bundle(wrong, BUNDLE_SCHEMA, FLOW_SCHEMA)
    assert all(finding.message["pt-BR"] and finding.message["en"] for finding in refused.value.findings)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda of: st.lists(of) | st.dictionaries(st.text(), of)))
def test_garbage_gives_findings_and_no_traceback(garbage):
    with pytest.raises(InvalidFlow):
        read_bundle({**_bundle(), "flows": garbage or 1}, BUNDLE_SCHEMA, FLOW_SCHEMA)


@settings(max_examples=300, deadline=None)
@given(st.data(), st.recursive(st.none() | st.integers() | st.text(max_size=9), lambda of: st.lists(of, max_size=3)))
def test_a_bundle_somebody_spoilt_is_refused_or_taken_and_never_breaks(data, garbage):
    spoilt = json.loads(bundle_text(WHOLE))
    place, last = spoilt, None
    for _ in range(data.draw(st.integers(1, 8))):
        if not place or not isinstance(place, dict | list):
            break
        inside, last = (
            place,
            data.draw(st.sampled_from(sorted(place) if isinstance(place, dict) else range(len(place)))),
        )
        place = inside[last]
    inside[last] = data.draw(st.sampled_from([garbage, {"x": garbage}, [garbage]]))
    with contextlib.suppress(InvalidFlow, Invalid):
        read = read_bundle(spoilt, BUNDLE_SCHEMA, FLOW_SCHEMA)
        look(read, FULL, can_create={"team"})
        plan(read, {"team:vendas": {"use": "vendas"}}, FULL, FLOW_SCHEMA)
        paste(SOUND, read.selection, FLOW_SCHEMA)


def test_two_thousand_nodes_are_copied_in_less_than_a_second():
    text = "{{{{ answers.n{} | upper }}}}"
    nodes = [
        {"id": f"n{i}", "type": "message", "params": {"parts": [{"kind": "text", "text": text.format(i // 2)}]}}
        for i in range(2000)
    ]
    document = {**SOUND, "nodes": nodes, "edges": []}
    begun = process_time()
    bundle = _read(_bundle(document, nodes=select(document, {node["id"] for node in nodes}, FLOW_SCHEMA).as_data()))
    assert len(paste(document, bundle.selection, FLOW_SCHEMA).document["nodes"]) == 4000
    assert process_time() - begun < 1


def test_the_report_tells_what_the_account_has():
    bundle = _read(_bundle())
    nothing = look(bundle, {}, can_create={"team"})["references"][0]
    assert (nothing["found"], nothing["can_create"], nothing["name"]) == ("lacks", True, "Vendas")
    assert nothing["used_in"] == [{"flow": "pedidos", "nodes": [None, "equipe"]}]
    named = look(bundle, {"team": {"comercial": {"name": "VENDAS"}}})["references"][0]
    assert (named["found"], named["candidates"]) == ("same_name", [{"slug": "comercial", "name": "VENDAS"}])
    other = Definition("Vendas", {"name": "Vendas", "access": "everyone"})
    same = look(bundle, FULL, here={("team", "vendas"): other}, can_create={"team"})["references"][0]
    assert (same["found"], same["differs"], same["can_create"]) == ("same_slug", ["access"], False)


def test_the_report_tells_which_keys_clash():
    flows = look(_read(_bundle()), {"flow": {"pedidos": {"name": "Pedidos da loja"}}})["flows"]
    assert flows[0]["clash"] == {"key": "pedidos", "name": "Pedidos da loja"}


def test_a_mapping_is_an_alias_and_the_document_does_not_change():
    bundle = _read(_bundle())
    here = {"team": {"comercial": {"name": "Comercial"}}}
    orders = plan(bundle, {"team:vendas": {"use": "comercial"}}, here, FLOW_SCHEMA)
    assert orders.aliases == {("team", "vendas"): "comercial"}
    assert [flow.document for flow in orders.flows] == [SOUND]


def test_what_is_created_and_what_is_left_open():
    bundle = _read(_bundle())
    assert plan(bundle, {"team:vendas": {"create": True}}, {}, FLOW_SCHEMA).create == ((("team", "vendas"), TEAM),)
    assert plan(bundle, {"team:vendas": {"leave": True}}, {}, FLOW_SCHEMA).left == (("team", "vendas"),)
    assert plan(bundle, {}, {}, FLOW_SCHEMA).left == (("team", "vendas"),)
    assert plan(bundle, {}, FULL, FLOW_SCHEMA).left == ()


@pytest.mark.parametrize(
    ("mapping", "account"),
    [
        ({"team:nada": {"leave": True}}, {}),
        ({"team:vendas": {"use": "nada"}}, {}),
        ({"team:vendas": {"use": "outra"}}, {"team": {"vendas": {"name": "V"}, "outra": {"name": "O"}}}),
        ({"team:vendas": {"create": True}}, FULL),
        ({"flow:pedidos": {"use": "nada"}}, {}),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_refused(mapping, account):
    with pytest.raises(Invalid) as refused:
        plan(_read(_bundle()), mapping, account, FLOW_SCHEMA)
    assert refused.value.detail["pointer"].startswith("/mapping/")


def test_a_thing_nobody_described_cannot_be_created():
    with pytest.raises(Invalid, match="does not say"):
        plan(_read(_bundle(definitions={})), {"team:vendas": {"create": True}}, {}, FLOW_SCHEMA)


def test_a_flow_whose_key_is_taken_gets_the_next_one_and_its_callers_follow():
    calls = [{"id": "c", "type": "call_flow", "params": {"flow": "b"}}]
    masters = {"a": Master({**SOUND, "key": "a", "nodes": calls}), "b": Master({**SOUND, "key": "b"})}
    text = bundle_text(write_bundle(gather(["a"], masters.get, FLOW_SCHEMA), {}, account=SHOP, at=AT))
    bundle = read_bundle(json.loads(text), BUNDLE_SCHEMA, FLOW_SCHEMA)
    flows = plan(bundle, {}, {"flow": {"b": {"name": "B"}, "b-2": {"name": "B"}}}, FLOW_SCHEMA).flows
    assert [flow.key for flow in flows] == ["a", "b-3"]
    assert flows[0].document["nodes"][0]["params"] == {"flow": "b-3"}
    used = plan(bundle, {"flow:b": {"use": "b"}}, {"flow": {"b": {"name": "B"}}}, FLOW_SCHEMA)
    assert [flow.document["nodes"][0]["params"] for flow in used.flows] == [{"flow": "b"}]
