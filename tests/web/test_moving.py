"""A publication: who could go on in the new version, moving them, and past runs walked again by the draft."""

from uuid import uuid4

import pytest

from builder_ui import retracing
from builder_ui.rehearsing import compiled
from tests.web.conftest import document


@pytest.fixture
def ana(house):
    return house.browser("ana")


def changed(*, without=(), **params):
    """The flow of the house with other params of some nodes, or without them."""
    drawn = document()
    nodes = [
        {**node, "params": {**node["params"], **params.get(node["id"], {})}}
        for node in drawn["nodes"]
        if node["id"] not in without
    ]
    edges = [edge for edge in drawn["edges"] if not {edge["source"], edge["target"]} & set(without)]
    return {**drawn, "nodes": nodes, "edges": edges}


def draft(house, ana, document):
    revision = ana.get(f"/flows/{house.flow}").json["revision"]
    saved = ana.put(f"/flows/{house.flow}/draft", {"document": document, "revision": revision})
    assert saved.status_code == 200, saved.text
    return saved.json["revision"]


def publish(house, ana, document):
    order = {"revision": draft(house, ana, document), "accept_warnings": True}
    answer = ana.post(f"/flows/{house.flow}/versions", order)
    assert answer.status_code == 201, answer.text


TEXT = [{"kind": "text", "text": "Tchau!"}]


def test_the_draft_says_who_could_go_on_in_it_and_who_not_and_why(house, ana):
    house.talk("renata", "Oi")
    house.talk("otto", "Oi", "1")
    draft(house, ana, changed(without=("ask",)))

    told = ana.get(f"/flows/{house.flow}/people/moving", to="draft").json

    assert (told["moves"], told["stays"]) == (1, 1)
    assert sorted(told["places"], key=lambda each: each["node"]) == [
        {"version": 1, "node": "ask", "runs": 1, "why": "gone"},
        {"version": 1, "node": "people", "runs": 1, "why": None},
    ]


def test_people_are_moved_to_what_is_live_and_only_those_in_other_versions(house, ana):
    house.talk("renata", "Oi")
    publish(house, ana, changed(bye={"parts": TEXT}))
    house.talk("otto", "Oi")
    assert ana.get(f"/flows/{house.flow}/people/moving").json["moves"] == 1

    answer = ana.post(f"/flows/{house.flow}/people/move", {})

    assert answer.json == {"moved": 1, "stayed": 0, "after": None}
    assert [each["version"] for each in ana.get(f"/flows/{house.flow}/people").json["waiting"]] == [2]
    house.talk("renata", "2")
    assert [row["version"] for row in ana.get(f"/flows/{house.flow}/runs", fate="completed").json["runs"]] == [2]


def test_many_are_moved_some_at_a_time_and_those_who_stay_are_not_asked_again(house, ana):
    for sender, words in (("renata", ()), ("otto", ("1",)), ("ivo", ())):
        house.talk(sender, "Oi", *words)
    gone = changed(without=("people", "rate"))
    to_bye = {"source": "ask", "port": "pessoa", "target": "bye"}
    publish(house, ana, {**gone, "edges": [*gone["edges"], to_bye]})

    answers, after = [], None
    for _ in range(3):
        answers.append(ana.post(f"/flows/{house.flow}/people/move", {"after": after, "most": 1}).json)
        after = answers[-1]["after"]

    assert [(each["moved"], each["stayed"]) for each in answers] == [(1, 0), (0, 1), (1, 0)]
    assert after is None


def test_a_moved_run_tells_so_among_its_turns(house, ana):
    house.talk("renata", "Oi")
    publish(house, ana, changed(bye={"parts": TEXT}))
    ana.post(f"/flows/{house.flow}/people/move", {})
    (row,) = ana.get(f"/flows/{house.flow}/runs").json["runs"]

    turns = ana.get(f"/flows/{house.flow}/runs/{row['id']}").json["turns"]

    assert [turn["heard"]["kind"] for turn in turns][1:] == ["moved"]
    assert (turns[1]["steps"], turns[1]["said"]) == ([], [])


def test_only_those_who_edit_flows_move_people(house, ana):
    assert house.browser("bia").post(f"/flows/{house.flow}/people/move", {}).status_code == 403
    assert ana.post(f"/flows/{uuid4()}/people/move", {}).status_code == 404
    assert ana.get(f"/flows/{uuid4()}/people/moving").status_code == 404


def three(house):
    """Renata leaves by "nada", Otto asks for people, Ivo does not answer."""
    house.talk("renata", "Oi", "2")
    house.talk("otto", "Oi", "1")
    house.talk("ivo", "Oi")


def test_past_runs_go_the_same_way_through_the_same_drawing(house, ana):
    three(house)
    told = ana.get(f"/flows/{house.flow}/draft/retraced").json
    counts = {"of": 3, "walked": 3, "same": 3, "otherwise": 0, "elsewhere": 0, "unknown": 0}
    assert told == {**counts, "places": []}


def test_what_the_draft_does_otherwise_is_told_by_place_with_a_run_to_look_at(house, ana):
    three(house)
    wires = [{**edge, "target": "people"} if edge["port"] == "nada" else edge for edge in document()["edges"]]
    draft(house, ana, {**changed(ask={"text": "E aí?"}), "edges": wires})

    told = ana.get(f"/flows/{house.flow}/draft/retraced").json

    assert {name: told[name] for name in ("same", "otherwise", "elsewhere", "unknown")} == {
        "same": 0, "otherwise": 2, "elsewhere": 1, "unknown": 0,
    }  # fmt: skip
    words, reached = told["places"]
    assert (words["verdict"], words["why"], words["node"], words["runs"]) == ("otherwise", "effects", "ask", 2)
    assert (reached["node"], reached["after"]) == ("ask", {"node": "people", "port": None})
    run = ana.get(f"/flows/{house.flow}/runs/{reached['run']}").json
    assert (run["contact"]["name"], run["version"]) == ("Renata", reached["version"])


def test_another_way_names_the_steps_before_and_after(house, ana):
    three(house)
    wires = [{**edge, "target": "rate"} if edge["port"] == "nada" else edge for edge in document()["edges"]]
    draft(house, ana, {**document(), "edges": wires})

    told = ana.get(f"/flows/{house.flow}/draft/retraced").json

    assert (told["same"], told["elsewhere"]) == (2, 1)
    (place,) = told["places"]
    assert (place["node"], place["before"]["node"], place["after"]["node"]) == ("ask", "bye", "rate")


def test_nothing_is_sent_or_changed_by_walking_runs_again(house, ana):
    three(house)
    with house.unit() as unit:
        before = [unit.runs.get(run.id) for run in unit.runs.latest(house.flow, 10)]
    sent = house.fetch().json
    draft(house, ana, changed(hello={"parts": TEXT}))

    ana.get(f"/flows/{house.flow}/draft/retraced")
    house.work()

    with house.unit() as unit:
        assert [unit.runs.get(run.id) for run in unit.runs.latest(house.flow, 10)] == before
    assert house.fetch().json == sent


def test_what_there_was_no_time_for_is_not_counted(house):
    three(house)
    with house.unit() as unit:
        tally = retracing.retraced(unit, house.flow, compiled(unit, document())[0], longest=-1.0)
    assert (tally.of, sum(tally.verdicts.values())) == (3, 0)


def test_a_draft_that_is_no_flow_is_refused_in_words(house, ana):
    draft(house, ana, {**document(), "nodes": "nenhum"})
    assert ana.get(f"/flows/{house.flow}/draft/retraced").status_code == 422
    assert ana.get(f"/flows/{house.flow}/people/moving", to="draft").status_code == 422
