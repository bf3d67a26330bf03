"""The history of a draft through the API: who, when, what changed in words, how it stood, and named points."""

import copy

import pytest


@pytest.fixture
def ana(house):
    return house.browser("ana")


@pytest.fixture
def flow(ana):
    (row,) = ana.get("/flows").json["flows"]
    return ana.get(f"/flows/{row['id']}").json


def save(ana, flow, revision, document):
    answer = ana.put(f"/flows/{flow['id']}/draft", {"document": document, "revision": revision})
    assert answer.status_code == 200, answer.text


def renamed(flow, label):
    document = copy.deepcopy(flow["document"])
    document["nodes"][0]["label"] = label
    return document


def test_the_history_says_who_changed_what(ana, flow):
    save(ana, flow, 1, renamed(flow, "Entrada"))

    latest, first = ana.get(f"/flows/{flow['id']}/points").json["points"]

    assert (latest["revision"], latest["by"]["name"]) == (2, "Ana")
    assert "~ Entrada" in latest["changed"]["pt-BR"]["lines"]
    assert (first["revision"], first["changed"]) == (1, None)


def test_a_point_gives_the_document_back_as_it_stood(ana, flow):
    save(ana, flow, 1, renamed(flow, "Entrada"))

    assert ana.get(f"/flows/{flow['id']}/points/1").json["document"] == flow["document"]
    assert ana.get(f"/flows/{flow['id']}/points/2").json["document"] == renamed(flow, "Entrada")
    assert ana.get(f"/flows/{flow['id']}/points/7").status_code == 404


def test_a_point_can_be_named(ana, flow):
    save(ana, flow, 1, renamed(flow, "Entrada"))

    assert ana.put(f"/flows/{flow['id']}/points/2/name", {"name": " Antes da campanha "}).status_code == 204

    assert ana.get(f"/flows/{flow['id']}/points").json["points"][0]["name"] == "Antes da campanha"


def test_drafts_that_are_no_flow_have_a_history_too(ana, flow):
    save(ana, flow, 1, {"nodes": 7, "key": "bot"})

    assert ana.get(f"/flows/{flow['id']}/points").json["points"][0]["changed"]["en"]["lines"]


def test_a_long_history_comes_in_pages(ana, flow):
    for revision in range(1, 25):
        save(ana, flow, revision, renamed(flow, f"E{revision}"))
        ana.put(f"/flows/{flow['id']}/points/{revision + 1}/name", {"name": f"{revision}"})

    page = ana.get(f"/flows/{flow['id']}/points").json
    rest = ana.get(f"/flows/{flow['id']}/points", before=page["before"]).json

    assert [len(page["points"]), len(rest["points"]), rest["before"]] == [20, 5, None]
