"""Copies between accounts through the API: what travels, what is shown first, all or nothing, and who may."""

import copy

import pytest

from tests.web.conftest import document


@pytest.fixture
def ana(house):
    return house.browser("ana")


@pytest.fixture
def there(other):
    """The administrator of another account."""
    return other.browser("ana")


def _exported(ana, **what):
    answer = ana.post("/bundles/export", what or {"flows": ["bot"]})
    assert answer.status_code == 200, answer.text
    return answer.json


def _reference(report, kind, slug):
    return next(each for each in report["references"] if (each["kind"], each["slug"]) == (kind, slug))


def _furnish(house):
    """Things of every kind that can be created, and a flow that names them."""
    definition = {"left": "contact.fields.cidade", "op": "equals", "right": "Recife"}
    with house.unit() as unit:
        week = {"mon": [["08:00", "18:00"]]}
        hours = unit.hours.add("comercial", "Comercial", timezone="America/Recife", week=week, holidays=[])
        team = unit.teams.add("pos-venda", "Pós-venda", texts={"closed": "Voltamos às 8h."})
        unit.teams.change(team.id, hours_id=hours.id)
        unit.fields.add("contact", "cidade", "Cidade", "text", unique=False, description="Onde mora")
        unit.tags.add("vip", name="VIP", color="#aa2211")
        unit.constants.add("loja", type="text", value="Loja do Zé", description="")
        unit.segments.add("recife", name="De Recife", description="", definition=definition)
        pipeline = unit.pipelines.add("vendas", name="Vendas")
        stage = {"slug": "novo", "name": "Novo", "kind": "open", "probability": 10}
        unit.pipelines.put_stages(pipeline.id, [stage])
        document = _rich()
        flow = unit.flows.by_key("bot")
        unit.flows.save_draft(
            flow.id, revision=flow.draft_revision, name=flow.name, document=document, hash="x" * 64, by=None
        )


def _rich():
    rich = document()
    rich["nodes"][1]["params"]["parts"][0]["text"] = "{{ account.vars.loja }} {{ contact.fields.cidade }}"
    rich["nodes"][3]["params"]["team"] = "pos-venda"
    when = {"all": [
        {"left": "contact.segment:recife", "op": "is_true"}, {"left": "contact.tags", "op": "contains", "right": "vip"}
    ]}  # fmt: skip
    rich["nodes"].append({
        "id": "de_onde", "type": "condition", "position": {"x": 0, "y": 0},
        "params": {"branches": [{"id": "recife", "title": "De Recife", "when": when}]},
    })  # fmt: skip
    return rich


def test_a_flow_goes_to_another_account_with_everything_it_names(house, other, ana, there):
    _furnish(house)
    bundle = _exported(ana)
    report = there.post("/bundles/look", {"bundle": bundle}).json
    assert _reference(report, "team", "geral")["found"] == "same_slug"
    assert _reference(report, "team", "pos-venda")["found"] == "lacks"
    assert report["flows"][0]["clash"] == {"key": "bot", "name": "Bot"}
    lacking = [each for each in report["references"] if each["found"] == "lacks"]
    assert {each["kind"] for each in lacking} == {"team", "field", "tag", "constant", "segment"}
    assert all(each["can_create"] for each in lacking)

    mapping = {f"{each['kind']}:{each['slug']}": {"create": True} for each in lacking}
    imported = there.post("/bundles/import", {"bundle": bundle, "mapping": mapping})
    assert imported.status_code == 201, imported.text
    assert sorted(imported.json["created"]) == sorted(mapping)
    assert imported.json["left"] == []
    (flow,) = imported.json["flows"]
    assert flow["key"] == "bot-2"

    shown = there.get(f"/flows/{flow['id']}").json
    assert shown["document"] == {**_rich(), "key": "bot-2"}
    assert not [each for each in shown["findings"] if each["code"] == "F160"]
    assert shown["origin"]["account"] == {"slug": "casa", "name": "Casa"}
    with other.unit() as unit:
        team = unit.teams.by_slug("pos-venda")
        assert (team.name, team.texts) == ("Pós-venda", {"closed": "Voltamos às 8h."})
        assert unit.hours.get(team.hours_id).timezone == "America/Recife"
        assert unit.fields.named("contact", "cidade").description == "Onde mora"
        assert unit.accounts.read().settings["vars"] == {"loja": "Loja do Zé"}
        assert unit.segments.named("recife").definition["right"] == "Recife"


def test_everything_has_the_same_definition_once_it_was_created(house, ana, there):
    _furnish(house)
    bundle = _exported(ana)
    report = there.post("/bundles/look", {"bundle": bundle}).json
    mapping = {f"{e['kind']}:{e['slug']}": {"create": True} for e in report["references"] if e["found"] == "lacks"}
    assert there.post("/bundles/import", {"bundle": bundle, "mapping": mapping}).status_code == 201
    again = there.post("/bundles/look", {"bundle": bundle}).json
    assert [(each["slug"], each["found"], each["differs"]) for each in again["references"]] == [
        (each["slug"], "same_slug", []) for each in again["references"]
    ]


def test_what_is_mapped_is_an_alias_and_the_document_stays_as_it_is(house, other, ana, there):
    _furnish(house)
    bundle = _exported(ana)
    body = {"bundle": bundle, "mapping": {"team:pos-venda": {"use": "vendas"}, "tag:vip": {"leave": True}}}
    imported = there.post("/bundles/import", body).json
    assert imported["aliases"] == {"team:pos-venda": "vendas"}
    assert "tag:vip" in imported["left"]
    with other.unit() as unit:
        assert unit.aliases.target("team", "pos-venda") == "vendas"
        assert unit.flows.get(imported["flows"][0]["id"]).draft["nodes"] == _rich()["nodes"]
    report = there.post("/bundles/look", {"bundle": bundle}).json
    assert _reference(report, "team", "pos-venda")["alias_of"] == "vendas"


def test_an_import_that_cannot_be_done_changes_nothing(house, other, ana, there):
    _furnish(house)
    bundle = _exported(ana)
    mapping = {"tag:vip": {"create": True}, "segment:recife": {"create": True}}
    refused = there.post("/bundles/import", {"bundle": bundle, "mapping": mapping})
    assert refused.status_code == 422  # the segment asks for a field that this account lacks
    with other.unit() as unit:
        assert unit.tags.named("vip") is None
        assert [flow.key for flow in unit.flow_list.rows()] == ["bot"]


def test_nodes_travel_with_their_wires_and_what_they_name(ana, there):
    bundle = _exported(ana, nodes={"flow": "bot", "ids": ["ask", "people"]})
    assert [node["id"] for node in bundle["nodes"]["nodes"]] == ["ask", "people"]
    assert bundle["nodes"]["edges"] == [{"source": "ask", "port": "pessoa", "target": "people"}]
    assert bundle["flows"] == []
    report = there.post("/bundles/look", {"bundle": bundle}).json
    assert (report["nodes"], [each["slug"] for each in report["references"]]) == (2, ["vendas"])


def test_a_copy_into_the_same_account_is_a_second_flow(house, ana):
    imported = ana.post("/bundles/import", {"bundle": _exported(ana)}).json
    assert [flow["key"] for flow in imported["flows"]] == ["bot-2"]
    with house.unit() as unit:
        copied = unit.flows.by_key("bot-2")
        assert (copied.live_version_id, copied.origin["version"]) == (None, 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"flows": ["nada"]}, 404),
        ({"flows": []}, 422),
        ({"nodes": {"flow": "bot", "ids": ["nada"]}}, 422),
        ({"nodes": {"flow": "nada", "ids": ["ask"]}}, 404),
    ],
)
def test_what_is_not_there_cannot_be_exported(ana, body, status):
    assert ana.post("/bundles/export", body).status_code == status


@pytest.mark.parametrize("nodes", [None, [1], [{"id": "a"}], [{"id": "A b", "type": "x", "params": {}}]])
def test_a_draft_that_is_no_flow_yet_cannot_be_exported(house, ana, nodes):
    flow = ana.get(f"/flows/{house.flow}").json
    draft = {**flow["document"], "nodes": nodes}
    assert ana.put(f"/flows/{house.flow}/draft", {"document": draft, "revision": flow["revision"]}).status_code == 200
    refused = ana.post("/bundles/export", {"flows": ["bot"]})
    assert (refused.status_code, "is no flow yet" in refused.json["detail"]) == (422, True)


def test_what_is_no_bundle_is_refused_with_findings(ana):
    refused = ana.post("/bundles/look", {"bundle": {**document(), "format": "flowengine/nodes"}})
    assert (refused.status_code, refused.json["code"]) == (422, "findings")
    assert refused.json["findings"][0]["message"]["pt-BR"].startswith("Isto não é um pacote")


def test_a_flow_alone_is_a_bundle_of_it(ana, there):
    look = there.post("/bundles/look", {"bundle": document("novo", "Novo")})
    assert look.status_code == 200, look.text
    assert [flow["key"] for flow in look.json["flows"]] == ["novo"]
    assert _reference(look.json, "team", "vendas")["slug"] == "vendas"

    made = there.post("/bundles/import", {"bundle": document("novo", "Novo"), "mapping": {}})
    assert [flow["key"] for flow in made.json["flows"]] == ["novo"]


def test_flows_that_nobody_exported_travel_together(ana, there):
    bundle = _exported(ana)
    bundle["flows"] = [{"document": document("um", "Um")}, {"document": document("dois", "Dois")}]

    made = there.post("/bundles/import", {"bundle": bundle, "mapping": {}})

    assert [flow["key"] for flow in made.json["flows"]] == ["um", "dois"]


@pytest.mark.parametrize("broken", [{"nodes": None}, {"key": 7}, {"settings": []}])
def test_a_flow_alone_that_is_none_is_refused_as_such(ana, broken):
    refused = ana.post("/bundles/look", {"bundle": {**document(), **broken}})
    assert (refused.status_code, refused.json["code"]) == (422, "findings")


def test_a_definition_that_could_not_have_been_exported_is_refused(house, ana, there):
    _furnish(house)
    bundle = _exported(ana)
    broken = copy.deepcopy(bundle)
    next(each for each in broken["references"] if each["kind"] == "tag")["definition"]["color"] = "red; x"
    assert there.post("/bundles/look", {"bundle": broken}).status_code == 422


def test_who_may_not_manage_the_account_creates_and_maps_nothing(house, other, ana):
    _furnish(house)
    bundle = _exported(ana)
    with other.unit() as unit:
        unit.members.change(other.members["bia"], role="builder")
    bia, eva = other.browser("bia"), other.browser("eva")
    assert eva.post("/bundles/look", {"bundle": bundle}).status_code == 200
    assert eva.post("/bundles/import", {"bundle": bundle}).status_code == 403
    for decided in ({"create": True}, {"use": "vendas"}):
        assert (
            bia.post("/bundles/import", {"bundle": bundle, "mapping": {"team:pos-venda": decided}}).status_code == 403
        )
    assert (
        bia.post("/bundles/import", {"bundle": bundle, "mapping": {"team:geral": {"use": "geral"}}}).status_code == 201
    )


def test_an_import_is_on_record(house, ana):
    ana.post("/bundles/import", {"bundle": _exported(ana)})
    with house.unit() as unit:
        (entry, *_) = unit.audit.latest(1)
    assert (entry.what, entry.data["origin"]["account"]["slug"]) == ("flow_imported", "casa")


def test_the_difference_between_versions_and_the_draft(house, ana):
    flow = ana.get(f"/flows/{house.flow}").json
    changed = copy.deepcopy(flow["document"])
    changed["nodes"][5]["params"]["parts"][0]["text"] = "Até logo."
    changed["nodes"][4]["position"] = {"x": 9, "y": 9}
    ana.put(f"/flows/{house.flow}/draft", {"document": changed, "revision": flow["revision"]})
    found = ana.get(f"/flows/{house.flow}/diff").json
    assert found["same"] is False
    assert found["nodes"]["moved"] == ["rate"]
    (node,) = found["nodes"]["changed"]
    (field,) = node["fields"]
    assert (field["pointer"], field["before"], field["after"]) == ("/params/parts/0/text", "Até mais.", "Até logo.")
    assert ana.get(f"/flows/{house.flow}/diff", **{"from": "1", "to": "live"}).json["same"] is True
    assert ana.get(f"/flows/{house.flow}/diff", **{"from": "7"}).status_code == 404
    assert ana.get(f"/flows/{house.flow}/diff", **{"from": "x"}).status_code == 422
