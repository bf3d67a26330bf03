"""Folders and tags of flows, the archive, and the kind of a new flow, over the API."""

from uuid import uuid4

import pytest

from tests.web.conftest import document


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


@pytest.fixture
def folder(ana):
    """A folder; its id."""
    return ana.post("/flow-folders", {"name": "Recepção"}).json["id"]


def listed(browser, key="bot"):
    """A flow as the list has it."""
    return next(row for row in browser.get("/flows").json["flows"] if row["key"] == key)


def test_flows_lie_in_folders_and_under_tags(house, ana, folder):
    place = ana.post("/flows/arrange", {"flows": [str(house.flow)], "folder": folder, "add_tags": ["vip", "novo"]})

    assert place.status_code == 200, place.text
    assert (listed(ana)["folder"], listed(ana)["tags"]) == (folder, ["vip", "novo"])
    ana.post("/flows/arrange", {"flows": [str(house.flow)], "add_tags": ["teste", "vip"], "remove_tags": ["novo"]})
    assert (listed(ana)["folder"], listed(ana)["tags"]) == (folder, ["vip", "teste"])
    ana.post("/flows/arrange", {"flows": [str(house.flow)], "folder": None})
    assert (listed(ana)["folder"], listed(ana)["tags"]) == (None, ["vip", "teste"])


def test_where_a_flow_lies_is_no_change_of_its_draft(house, ana, folder):
    before = ana.get(f"/flows/{house.flow}").json
    ana.post("/flows/arrange", {"flows": [str(house.flow)], "folder": folder, "add_tags": ["vip"]})
    assert ana.get(f"/flows/{house.flow}").json == before


def test_a_new_flow_begins_in_its_folder_under_its_tags(ana, folder):
    made = ana.post("/flows", {"name": "Novo", "folder": folder, "tags": ["vip"]})

    assert made.status_code == 201, made.text
    assert (listed(ana, "novo")["folder"], listed(ana, "novo")["tags"]) == (folder, ["vip"])
    assert ana.post("/flows", {"name": "X", "folder": str(uuid4())}).json["errors"][0]["pointer"] == "/folder"


def test_all_are_arranged_or_none(house, ana, folder):
    refused = ana.post("/flows/arrange", {"flows": [str(house.flow), str(uuid4())], "folder": folder})

    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/flows/1")
    assert listed(ana)["folder"] is None


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"folder": "nowhere"}, "/folder"),
        ({"folder": str(uuid4())}, "/folder"),
        ({"add_tags": [" x"]}, "/add_tags/0"),
        ({"add_tags": ["a,b"]}, "/add_tags/0"),
        ({"add_tags": ["x" * 41]}, "/add_tags/0"),
        ({"add_tags": [f"t{n}" for n in range(21)]}, "/add_tags"),
        ({"flows": []}, "/flows"),
    ],
)
def test_what_cannot_be_arranged_is_refused_where_it_stands(house, ana, body, pointer):
    refused = ana.post("/flows/arrange", {"flows": [str(house.flow)], **body})

    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)


def test_a_flow_has_no_more_than_twenty_tags(house, ana):
    ana.post("/flows/arrange", {"flows": [str(house.flow)], "add_tags": [f"t{n}" for n in range(20)]})

    refused = ana.post("/flows/arrange", {"flows": [str(house.flow)], "add_tags": ["mais"]})

    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/add_tags")
    assert len(listed(ana)["tags"]) == 20


def test_two_folders_have_different_names(ana, folder):
    assert ana.post("/flow-folders", {"name": "RECEPÇÃO"}).json["errors"][0]["pointer"] == "/name"
    assert ana.post("/flow-folders", {"name": " "}).status_code == 422
    other = ana.post("/flow-folders", {"name": "Vendas"}).json["id"]
    assert ana.post(f"/flow-folders/{other}", {"name": "recepção"}, method="PATCH").status_code == 422
    renamed = ana.post(f"/flow-folders/{folder}", {"name": "RECEPÇÃO"}, method="PATCH")
    assert renamed.json == {"id": folder, "name": "RECEPÇÃO"}
    assert [each["name"] for each in ana.get("/flows").json["folders"]] == ["RECEPÇÃO", "Vendas"]


def test_a_folder_goes_when_it_is_empty_or_its_flows_move_up(house, ana, folder):
    ana.post("/flows/arrange", {"flows": [str(house.flow)], "folder": folder})

    refused = ana.delete(f"/flow-folders/{folder}")
    assert (refused.status_code, refused.json["flows"]) == (409, 1)
    assert ana.delete(f"/flow-folders/{folder}?contents=up").status_code == 204

    assert listed(ana)["folder"] is None
    assert ana.get("/flows").json["folders"] == []
    assert ana.delete(f"/flow-folders/{folder}").status_code == 404


def test_the_archive_is_listed_and_its_flows_come_back_to_their_folder(house, ana, folder):
    ana.post("/flows/arrange", {"flows": [str(house.flow)], "folder": folder, "add_tags": ["vip"]})
    ana.delete(f"/flows/{house.flow}")

    assert (ana.get("/flows").json["flows"], ana.get("/flows").json["archived"]) == ([], 1)
    (gone,) = ana.get("/flows", archived="true").json["flows"]
    assert (gone["key"], gone["folder"], gone["channels"]) == ("bot", folder, [])
    ana.post(f"/flows/{house.flow}/restore", {})
    assert (listed(ana)["folder"], listed(ana)["tags"]) == (folder, ["vip"])


def test_another_account_s_folders_are_not_there(house, other, ana, folder):
    theirs = other.browser("ana")
    assert theirs.get("/flows").json["folders"] == []
    assert theirs.delete(f"/flow-folders/{folder}").status_code == 404
    assert theirs.post("/flows/arrange", {"flows": [str(house.flow)], "folder": None}).status_code == 422


def test_whoever_may_not_edit_flows_arranges_nothing(house):
    bia = house.browser("bia")
    assert bia.post("/flow-folders", {"name": "X"}).status_code == 403
    assert bia.post("/flows/arrange", {"flows": [str(house.flow)], "folder": None}).status_code == 403


def test_a_new_flow_is_of_the_kind_its_document_says(ana):
    sequence = {**document(), "kind": "sequence"}

    made = ana.post("/flows", {"name": "Cadência", "document": sequence})

    assert (made.status_code, made.json["kind"], made.json["document"]["kind"]) == (201, "sequence", "sequence")
    without = {name: value for name, value in sequence.items() if name != "kind"}
    assert ana.post("/flows", {"name": "Sem tipo", "document": without}).json["kind"] == "chatbot"
    assert ana.post("/flows", {"name": "Dito", "document": without, "kind": "sequence"}).json["kind"] == "sequence"


@pytest.mark.parametrize(
    ("own", "asked", "pointer", "words"),
    [
        ("sequence", "chatbot", "/kind", "the request says 'chatbot'"),
        ("robot", None, "/document/kind", "there are chatbot, sequence"),
        (["chatbot"], "chatbot", "/document/kind", "there are chatbot, sequence"),
    ],
)
def test_a_flow_whose_kind_is_contradicted_is_not_made(ana, own, asked, pointer, words):
    body = {"name": "X", "document": {**document(), "kind": own}} | ({"kind": asked} if asked else {})

    refused = ana.post("/flows", body)

    assert refused.status_code == 422
    (error,) = refused.json["errors"]
    assert error["pointer"] == pointer
    assert words in error["detail"]
    assert len(ana.get("/flows").json["flows"]) == 1
