"""What became of a flow's runs through the API: counts, the list, one run turn by turn, and taking people out."""

from uuid import uuid4

import pytest


@pytest.fixture
def ana(house):
    return house.browser("ana")


def node(answer, id):
    return next(each for each in answer.json["nodes"] if each["node"] == id)


def test_results_count_who_came_left_and_waits(house, ana):
    house.talk("renata", "Oi", "2")
    house.talk("otto", "Oi", "1")
    house.talk("ivo", "Oi")

    answer = ana.get(f"/flows/{house.flow}/results", version=1)

    assert (answer.json["runs"], answer.json["fates"]) == (3, {"completed": 1, "handed_off": 1, "waiting": 1})
    ask = node(answer, "ask")
    assert (ask["reached"], ask["ports"], ask["waiting"]) == (3, {"nada": 1, "pessoa": 1}, 1)
    assert ask["seconds"] is not None
    assert node(answer, "people")["handed_off"] == 1


def test_what_is_not_there_is_not_found(house, ana):
    assert ana.get(f"/flows/{uuid4()}/results").status_code == 404
    assert ana.get(f"/flows/{house.flow}/results", version=9).status_code == 404
    assert ana.get(f"/flows/{house.flow}/runs/{uuid4()}").status_code == 404
    assert ana.get(f"/flows/{house.flow}/results", **{"from": "ontem"}).status_code == 422


def test_runs_are_listed_with_where_they_stand(house, ana):
    house.talk("renata", "Oi", "2")
    house.talk("ivo", "Oi")

    (waiting,) = ana.get(f"/flows/{house.flow}/runs", fate="waiting", stopped_at="ask").json["runs"]
    (left,) = ana.get(f"/flows/{house.flow}/runs", node="ask", port="nada").json["runs"]

    assert (waiting["contact"]["name"], waiting["node"], waiting["ended_at"]) == ("Ivo", "ask", None)
    assert (left["contact"]["name"], left["fate"], left["since"]) == ("Renata", "completed", None)


def test_runs_of_one_contact_are_listed_to_those_who_may_see_them(house, ana):
    house.talk("renata", "Oi", "2")
    house.talk("ivo", "Oi")
    (row,) = ana.get(f"/flows/{house.flow}/runs", fate="waiting").json["runs"]
    ivo = row["contact"]["id"]

    (found,) = ana.get(f"/flows/{house.flow}/runs", contact=ivo).json["runs"]

    assert found["contact"]["name"] == "Ivo"
    assert ana.get(f"/flows/{house.flow}/runs", contact=ivo, fate="completed").json["runs"] == []
    assert house.browser("caio").get(f"/flows/{house.flow}/runs", contact=ivo).json["runs"] == []


def test_the_list_of_flows_has_the_runs_of_thirty_days(house, ana):
    house.talk("renata", "Oi", "2")
    house.talk("ivo", "Oi")

    row = next(each for each in ana.get("/flows").json["flows"] if each["id"] == str(house.flow))

    assert (row["runs_7d"], row["completed_7d"], row["failed_7d"]) == (2, 1, 0)
    assert row["runs_by_day"] == [0] * 29 + [2]
    assert row["failed_by_day"] == [0] * 30


def test_a_run_is_replayed_turn_by_turn(house, ana):
    house.talk("renata", "Oi", "2")
    (row,) = ana.get(f"/flows/{house.flow}/runs").json["runs"]

    run = ana.get(f"/flows/{house.flow}/runs/{row['id']}").json

    first, second = run["turns"]
    assert [step["node"] for step in first["steps"]] == ["start", "hello", "ask"]
    assert first["said"][0]["text"] == "Olá, Renata!"
    assert second["heard"]["text"] == "2"
    assert [(step["node"], step["port"]) for step in second["steps"]] == [("ask", "nada"), ("bye", "next")]
    assert (run["status"], run["node"]) == ("completed", None)


def test_words_and_names_are_for_those_who_may_see_the_conversation(house):
    house.talk("renata", "Oi", "2")
    davi, caio = house.browser("davi"), house.browser("caio")

    (seen,) = davi.get(f"/flows/{house.flow}/runs").json["runs"]
    (hidden,) = caio.get(f"/flows/{house.flow}/runs").json["runs"]
    run = caio.get(f"/flows/{house.flow}/runs/{hidden['id']}").json

    assert (seen["contact"]["name"], hidden["contact"]) == ("Renata", None)
    assert run["hidden"] and "Renata" not in str(run)
    assert [turn["heard"]["text"] for turn in run["turns"]] == ["", ""]


def test_people_are_taken_out_of_the_flow_where_they_wait(house, ana):
    house.talk("renata", "Oi")
    house.talk("ivo", "Oi")
    house.talk("otto", "Oi", "1")
    people = ana.get(f"/flows/{house.flow}/people").json
    assert people == {
        "runs": 3,
        "waiting": [{"version": 1, "node": "ask", "runs": 2}, {"version": 1, "node": "people", "runs": 1}],
    }

    answer = ana.post(f"/flows/{house.flow}/people/stop", {"node": "ask"})

    assert answer.json == {"stopped": 2, "more": False}
    assert ana.get(f"/flows/{house.flow}/people").json["runs"] == 1
    assert ana.get(f"/flows/{house.flow}/results").json["fates"] == {"ended": 2, "handed_off": 1}


def test_who_is_taken_out_begins_anew_and_who_talks_with_people_stays_there(house, ana):
    house.talk("renata", "Oi")
    waiting = house.queued("otto")

    ana.post(f"/flows/{house.flow}/people/stop", {})

    with house.unit() as unit:
        assert unit.conversations.get(waiting).state == "queued"
    house.talk("renata", "Oi de novo")
    assert ana.get(f"/flows/{house.flow}/people").json["runs"] == 1


def test_only_those_who_edit_flows_take_people_out(house):
    assert house.browser("bia").post(f"/flows/{house.flow}/people/stop", {}).status_code == 403


def test_an_earlier_version_is_published_again_and_the_draft_stays(house, ana):
    flow = ana.get(f"/flows/{house.flow}").json
    changed = {**flow["document"], "nodes": [{**each, "label": "Novo"} for each in flow["document"]["nodes"]]}
    ana.put(f"/flows/{house.flow}/draft", {"document": changed, "revision": 1})
    assert ana.post(f"/flows/{house.flow}/versions", {"revision": 2, "accept_warnings": True}).status_code == 201

    again = ana.post(f"/flows/{house.flow}/versions/1/publish", {"note": "como antes"})

    first, third = (ana.get(f"/flows/{house.flow}/versions/{number}").json for number in (1, 3))
    after = ana.get(f"/flows/{house.flow}").json
    assert (again.status_code, again.json["number"], after["live"]["number"]) == (201, 3, 3)
    assert (third["document"], third["note"]) == (first["document"], "como antes")
    assert (after["document"], after["draft_differs"]) == (changed, True)


def test_a_version_that_names_what_is_gone_is_not_published_again(house, ana):
    flow = ana.get(f"/flows/{house.flow}").json
    broken = {**flow["document"], "settings": {"default_team": "sumiu"}}
    with house.unit() as unit:
        unit.flows.publish(house.flow, revision=1, document=broken, hash="x", note="", by=None)

    answer = ana.post(f"/flows/{house.flow}/versions/2/publish", {})

    assert (answer.status_code, answer.json["code"]) == (422, "findings")
    assert ana.post(f"/flows/{house.flow}/versions/9/publish", {}).status_code == 404
