"""Channels over the API: how callbacks are sent, and which flow answers when, to what and in which order."""

import pytest

from flowengine.channels.http import delivery
from tests.web.conftest import document


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


@pytest.fixture
def second(house, ana):
    """Another chatbot, published; its key."""
    flow = ana.post("/flows", {"name": "Fora do horário", "document": document()}).json
    ana.post(f"/flows/{flow['id']}/versions", {"revision": 1, "accept_warnings": True})
    return flow["key"]


def patch(browser, path, body):
    return browser.post(path, body, method="PATCH")


def test_an_administrator_sets_the_pace_of_a_channel(house, ana):
    with house.unit() as unit:
        unit.channels.change(house.http.id, config={"theirs": 1})
    path = f"/channels/{house.http.key}"

    changed = patch(ana, path, {"per_second": 12.5, "together": 50})

    assert changed.status_code == 200, changed.text
    assert (changed.json["per_second"], changed.json["together"]) == (12.5, 50)
    with house.unit() as unit:
        config = unit.channels.get(house.http.id).config
    assert config == {"theirs": 1, "per_second": 12.5, "together": 50}
    assert (delivery(config).per_second, delivery(config).together) == (12.5, 50)
    assert patch(ana, path, {"per_second": None}).json["per_second"] is None
    assert {each["key"]: each["together"] for each in ana.get("/channels").json["channels"]} == {
        house.http.key: 50,
        house.webchat.key: None,
    }


@pytest.mark.parametrize(
    ("body", "pointer", "words"),
    [
        ({"per_second": 0}, "/per_second", "greater than 0"),
        ({"per_second": -1}, "/per_second", "greater than 0"),
        ({"per_second": 10_001}, "/per_second", "less than or equal to 10000"),
        ({"per_second": "20"}, "/per_second", "valid number"),
        ({"per_second": True}, "/per_second", "valid number"),
        ({"together": 0}, "/together", "greater than or equal to 1"),
        ({"together": 501}, "/together", "less than or equal to 500"),
        ({"together": 1.5}, "/together", "valid integer"),
        ({"speed": 1}, "/speed", "not permitted"),
        ({"team": "nowhere"}, "/team", "no team"),
    ],
)
def test_what_no_channel_can_do_is_refused_where_it_stands(house, ana, body, pointer, words):
    refused = patch(ana, f"/channels/{house.http.key}", body)

    assert refused.status_code == 422
    (error,) = refused.json["errors"]
    assert error["pointer"] == pointer
    assert words in error["detail"]
    with house.unit() as unit:
        assert unit.channels.get(house.http.id).config == {}


def test_a_channel_that_sends_no_callbacks_has_no_pace(house, ana):
    refused = patch(ana, f"/channels/{house.webchat.key}", {"per_second": 5})

    assert refused.status_code == 422
    assert refused.json["errors"][0]["detail"] == "Only HTTP channels send callbacks."
    assert patch(ana, f"/channels/{house.webchat.key}", {"per_second": None, "name": "Site"}).json["name"] == "Site"


def test_only_administrators_change_channels(house):
    assert patch(house.browser("bia"), f"/channels/{house.http.key}", {"together": 5}).status_code == 403
    assert house.browser("eva").get("/channels").status_code == 200
    assert patch(house.browser("ana"), "/channels/nowhere", {"together": 5}).status_code == 404


def test_the_flows_of_a_channel_are_put_in_order_with_hours_and_keywords(house, ana, second):
    path = f"/channels/{house.webchat.key}/flows"
    (only,) = ana.get(path).json["flows"]
    assert (only["flow"], only["live"], only["hours"], only["any_message"], only["keywords"]) == (
        *("bot", True, "always"),
        *(True, []),
    )
    assert only["starts"] == [
        {"event": "message.received", "first": False, "terms": [], "match": "contains", "conditional": False}
    ]

    listed = [{"flow": second, "hours": "outside"}, {"flow": "bot", "any_message": False, "keywords": ["Oi!", "olá"]}]
    put = ana.put(path, {"flows": listed, "before": ["bot"]})

    assert put.status_code == 200, put.text
    assert [each["flow"] for each in put.json["flows"]] == [second, "bot"]
    assert ana.get(path).json == put.json
    rows = {row["key"]: row["channels"] for row in ana.get("/flows").json["flows"]}
    (web,) = [each for each in rows["bot"] if each["kind"] == "webchat"]
    assert (web["any_message"], web["keywords"]) == (False, ["Oi!", "olá"])
    assert [each["hours"] for each in rows[second]] == ["outside"]


def test_a_flow_that_is_stopped_is_said_to_be(house, ana):
    with house.unit() as unit:
        unit.flows.stop(house.flow)

    (only,) = ana.get(f"/channels/{house.webchat.key}/flows").json["flows"]

    assert (only["live"], only["stopped"]) == (True, True)


def test_the_hours_are_those_of_the_channel_s_team(house, ana):
    path = f"/channels/{house.webchat.key}/flows"
    assert ana.get(path).json["hours"] is None
    ana.post("/hours", {"name": "Nunca", "week": {}, "is_account_default": True})
    assert ana.get(path).json["hours"] == {"slug": "nunca", "name": "Nunca", "open": False}


@pytest.mark.parametrize(
    ("flows", "pointer"),
    [
        ([{"flow": "nowhere"}], "/flows/0/flow"),
        ([{"flow": "bot"}, {"flow": "bot"}], "/flows/1/flow"),
        ([{"flow": "bot", "hours": "lunch"}], "/flows/0/hours"),
        ([{"flow": "bot", "keywords": ["oi", "?!"]}], "/flows/0/keywords/1"),
        ([{"flow": "bot", "keywords": ["já", "JA!"]}], "/flows/0/keywords/1"),
        ([{"flow": "bot", "keywords": [""]}], "/flows/0/keywords/0"),
    ],
)
def test_what_cannot_answer_is_refused_and_nothing_changes(house, ana, flows, pointer):
    path = f"/channels/{house.webchat.key}/flows"

    refused = ana.put(path, {"flows": flows})

    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, pointer)
    assert [each["flow"] for each in ana.get(path).json["flows"]] == ["bot"]


def test_a_sequence_answers_nobody(house, ana):
    sequence = ana.post("/flows", {"name": "Cadência", "kind": "sequence"}).json

    refused = ana.put(f"/channels/{house.webchat.key}/flows", {"flows": [{"flow": sequence["key"]}]})

    assert refused.status_code == 422
    assert "no chatbot" in refused.json["detail"]


def test_who_has_not_seen_the_present_order_does_not_write_over_it(house, ana, second):
    path = f"/channels/{house.webchat.key}/flows"
    ana.put(path, {"flows": [{"flow": "bot"}, {"flow": second}], "before": ["bot"]})

    late = ana.put(path, {"flows": [{"flow": "bot", "hours": "inside"}], "before": ["bot"]})

    assert (late.status_code, late.json["flows"]) == (409, ["bot", second])
    assert [each["flow"] for each in ana.get(path).json["flows"]] == ["bot", second]


def test_only_who_edits_flows_decides_who_answers(house):
    path = f"/channels/{house.webchat.key}/flows"
    assert house.browser("bia").put(path, {"flows": []}).status_code == 403
    assert house.browser("eva").get(path).status_code == 200
    assert house.browser("ana").get("/channels/nowhere/flows").status_code == 404


def test_what_starts_a_flow_in_the_web_chat_is_what_the_list_says(house, ana, second):
    listed = [{"flow": second, "any_message": False, "keywords": ["boleto"]}, {"flow": "bot"}]
    ana.put(f"/channels/{house.webchat.key}/flows", {"flows": listed})

    house.visitor().say("Quero um boleto")
    house.work()
    house.visitor().say("Oi")
    house.work()

    with house.unit() as unit:
        runs = {row.key: row.runs for row in unit.flow_list.rows()}
    assert runs == {second: 1, "bot": 1}
