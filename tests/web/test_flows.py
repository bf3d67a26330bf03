"""Flows as the builder edits and publishes them."""

import copy

import pytest

from tests.web.conftest import document


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


@pytest.fixture
def flow(ana):
    """The account's flow as the builder reads it."""
    (row,) = ana.get("/flows").json["flows"]
    return ana.get(f"/flows/{row['id']}").json


def changed(flow, text="Tchau!"):
    """The flow's document with another farewell."""
    after = copy.deepcopy(flow["document"])
    after["nodes"][-1]["params"]["parts"][0]["text"] = text
    return after


def test_the_list_says_where_a_flow_stands(ana, house):
    (row,) = ana.get("/flows").json["flows"]

    assert (row["key"], row["nodes"], row["live"]["number"], row["draft_differs"]) == ("bot", 6, 1, False)
    assert {channel["kind"] for channel in row["channels"]} == {"http", "webchat"}
    assert (row["runs_7d"], row["updated_by"]) == (0, None)


def test_a_draft_is_saved_over_the_revision_it_was_made_from(ana, flow):
    saved = ana.put(f"/flows/{flow['id']}/draft", {"document": changed(flow), "revision": flow["revision"]})

    assert saved.status_code == 200
    assert saved.json["revision"] == flow["revision"] + 1
    assert (saved.json["draft_differs"], saved.json["changes"]) == (True, 1)
    assert ana.get(f"/flows/{flow['id']}").json["document"] == changed(flow)


def test_whoever_saves_over_an_older_revision_is_shown_the_present_one(ana, flow, house):
    ana.put(f"/flows/{flow['id']}/draft", {"document": changed(flow), "revision": flow["revision"]})

    late = ana.put(f"/flows/{flow['id']}/draft", {"document": changed(flow, "?"), "revision": flow["revision"]})

    assert (late.status_code, late.json["code"]) == (409, "conflict")
    assert late.json["revision"] == flow["revision"] + 1
    assert late.json["by"] == {"id": str(house.members["ana"]), "name": "Ana"}
    assert late.json["document"] == changed(flow)


def test_a_draft_may_be_wrong_and_is_told_where(ana, flow):
    broken = copy.deepcopy(flow["document"])
    broken["nodes"][2]["params"] = {}

    saved = ana.put(f"/flows/{flow['id']}/draft", {"document": broken, "revision": flow["revision"]}).json

    found = [finding for finding in saved["findings"] if finding["severity"] == "error"]
    assert {finding["node"] for finding in found} >= {"ask"}
    assert all(set(finding["message"]) == {"pt-BR", "en"} for finding in found)


@pytest.mark.parametrize("nonsense", [{}, {"nodes": 7}, {"nodes": [{}], "edges": {}}, {"name": None}])
def test_a_draft_that_is_no_flow_at_all_can_be_saved_and_mended(ana, flow, nonsense):
    saved = ana.put(f"/flows/{flow['id']}/draft", {"document": {**nonsense, "key": "bot"}, "revision": 1})

    assert saved.status_code == 200
    assert saved.json["findings"][0]["severity"] == "error"
    assert ana.put(f"/flows/{flow['id']}/draft", {"document": flow["document"], "revision": 2}).status_code == 200


def test_a_flow_with_errors_is_not_published(ana, flow):
    broken = copy.deepcopy(flow["document"])
    broken["edges"][0]["target"] = "nowhere"
    ana.put(f"/flows/{flow['id']}/draft", {"document": broken, "revision": flow["revision"]})

    refused = ana.post(f"/flows/{flow['id']}/versions", {"revision": 2, "accept_warnings": True})

    assert (refused.status_code, refused.json["code"]) == (422, "findings")
    assert any(finding["severity"] == "error" for finding in refused.json["findings"])


def test_a_published_version_is_live_and_never_changes(ana, flow):
    ana.put(f"/flows/{flow['id']}/draft", {"document": changed(flow), "revision": flow["revision"]})

    published = ana.post(f"/flows/{flow['id']}/versions", {"revision": 2, "note": "Despedida", "accept_warnings": True})
    ana.put(f"/flows/{flow['id']}/draft", {"document": changed(flow, "Outra"), "revision": 2})

    assert (published.status_code, published.json["number"]) == (201, 2)
    versions = ana.get(f"/flows/{flow['id']}/versions").json["versions"]
    assert [(each["number"], each["note"]) for each in versions] == [(2, "Despedida"), (1, "")]
    assert versions[0]["published_by"]["name"] == "Ana"
    assert ana.get(f"/flows/{flow['id']}/versions/2").json["document"] == changed(flow)
    live = ana.get(f"/flows/{flow['id']}").json
    assert (live["live"]["number"], live["draft_differs"]) == (2, True)


def test_warnings_must_be_accepted(ana, flow):
    lonely = copy.deepcopy(flow["document"])
    lonely["nodes"].append({**lonely["nodes"][-1], "id": "nobody_comes_here"})
    saved = ana.put(f"/flows/{flow['id']}/draft", {"document": lonely, "revision": 1}).json
    assert {finding["severity"] for finding in saved["findings"]} == {"warning"}

    refused = ana.post(f"/flows/{flow['id']}/versions", {"revision": 2})
    accepted = ana.post(f"/flows/{flow['id']}/versions", {"revision": 2, "accept_warnings": True})

    assert (refused.status_code, refused.json["code"]) == (422, "findings")
    assert accepted.status_code == 201


def test_only_the_draft_one_has_seen_is_published(ana, flow):
    ana.put(f"/flows/{flow['id']}/draft", {"document": changed(flow), "revision": flow["revision"]})

    assert ana.post(f"/flows/{flow['id']}/versions", {"revision": flow["revision"]}).status_code == 409


def test_what_is_published_is_what_the_contact_meets(ana, flow, house):
    ana.put(f"/flows/{flow['id']}/draft", {"document": changed(flow), "revision": flow["revision"]})
    ana.post(f"/flows/{flow['id']}/versions", {"revision": 2, "accept_warnings": True})

    for text in ("Oi", "2"):
        house.send({"id": f"m-{text}", "from": "renata", "text": text})
        house.work()

    assert house.fetch().json["messages"][-1]["text"] == "Tchau!"


def test_a_new_flow_begins_with_a_trigger_and_a_key_of_its_own(ana):
    first = ana.post("/flows", {"name": "Pós-venda"}).json
    second = ana.post("/flows", {"name": "Pós-venda"}).json

    assert (first["key"], second["key"]) == ("pos-venda", "pos-venda-2")
    assert first["live"] is None
    assert [node["type"] for node in first["document"]["nodes"]] == ["trigger"]
    assert first["document"]["settings"]["default_team"] == "geral"


def test_a_flow_may_be_made_of_a_document(ana):
    made = ana.post("/flows", {"name": "Cópia", "document": document()}).json

    assert (made["key"], made["document"]["name"]) == ("copia", "Cópia")
    assert made["document"]["nodes"] == document()["nodes"]


def test_a_flows_key_does_not_change(ana, flow):
    renamed = {**flow["document"], "key": "other"}

    answer = ana.put(f"/flows/{flow['id']}/draft", {"document": renamed, "revision": 1})

    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/document/key")


def test_a_flow_answers_on_the_channels_it_is_bound_to(ana, flow, house):
    bound = ana.put(f"/flows/{flow['id']}/channels", {"channels": [house.http.key]}).json
    wrong = ana.put(f"/flows/{flow['id']}/channels", {"channels": [house.http.key, "nowhere"]})

    assert [channel["key"] for channel in bound["channels"]] == [house.http.key]
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/channels/1")


def test_an_archived_flow_is_gone_from_the_list(ana, flow):
    assert ana.delete(f"/flows/{flow['id']}").status_code == 204

    assert ana.get("/flows").json["flows"] == []
    assert ana.get(f"/flows/{flow['id']}").status_code == 404


def test_an_archived_flow_comes_back_as_it_was(ana, flow):
    ana.delete(f"/flows/{flow['id']}")

    back = ana.post(f"/flows/{flow['id']}/restore", {})

    assert (back.status_code, back.json["document"]) == (200, flow["document"])
    assert [row["id"] for row in ana.get("/flows").json["flows"]] == [flow["id"]]


def test_a_document_is_checked_without_being_saved(ana, flow):
    lost = {**flow["document"], "settings": {"default_team": "nobody"}}

    findings = ana.post("/flows/check", {"document": lost}).json["findings"]

    assert [finding["pointer"] for finding in findings if finding["severity"] == "error"] == ["/settings/default_team"]
    assert ana.get(f"/flows/{flow['id']}").json["revision"] == flow["revision"]


def test_agents_read_flows_and_do_not_change_them(house, flow):
    bia = house.browser("bia")

    assert bia.get(f"/flows/{flow['id']}").status_code == 200
    refused = bia.put(f"/flows/{flow['id']}/draft", {"document": flow["document"], "revision": 1})
    assert (refused.status_code, refused.json["code"]) == (403, "not_allowed")


def test_another_accounts_flow_is_not_there(flow, other):
    stranger = other.browser("ana")
    path = f"/flows/{flow['id']}"

    statuses = [
        stranger.get(path).status_code,
        stranger.get(f"{path}/versions").status_code,
        stranger.put(f"{path}/draft", {"document": flow["document"], "revision": 1}).status_code,
        stranger.post(f"{path}/versions", {"revision": 1}).status_code,
        stranger.put(f"{path}/channels", {"channels": []}).status_code,
        stranger.delete(path).status_code,
    ]

    assert statuses == [404] * 6


def test_a_document_cannot_hold_what_the_database_cannot(ana, flow):
    answer = ana.put(f"/flows/{flow['id']}/draft", {"document": {"key": "bot", "name": "a\x00b"}, "revision": 1})

    assert (answer.status_code, answer.json["code"]) == (422, "invalid")


def test_the_builder_gets_all_schemas_and_what_documents_may_name(ana, house):
    types = ana.get("/node-types").json
    references = ana.get("/references").json

    assert {"trigger", "message", "menu", "transfer"} <= set(types["types"])
    assert {group["id"] for group in types["groups"]} >= {kind["x-group"] for kind in types["types"].values()}
    assert [(each["slug"], each["name"]) for each in references["team"]] == [("geral", "Geral"), ("vendas", "Vendas")]
    assert [(each["slug"], each["live"]) for each in references["flow"]] == [("bot", True)]


@pytest.mark.parametrize("kind", ["sequence", "contact_automation", "deal_automation"])
def test_a_new_flow_of_any_kind_begins_with_what_starts_it(ana, kind):
    made = ana.post("/flows", {"name": f"Um {kind}", "kind": kind}).json
    assert (made["kind"], made["document"]["kind"]) == (kind, kind)
    assert {finding["code"] for finding in made["findings"]} <= {"F102", "F190"}  # no way on yet
