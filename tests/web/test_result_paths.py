"""Tests of variants, the funnel, what was not understood, and the table of answers, through the API."""

import csv
import io
from uuid import uuid4

import pytest

from flowengine.core.flow import content_hash
from tests.web.conftest import document


@pytest.fixture
def ana(house):
    return house.browser("ana")


def publish(house, flow):
    with house.unit() as unit:
        stored = unit.flows.get(house.flow)
        digest = content_hash(flow)
        unit.flows.publish(house.flow, revision=stored.draft_revision, document=flow, hash=digest, note="", by=None)


def with_split(goal):
    """The greeting goes one of two ways, which meet again at the menu."""
    flow = document()
    variants = [{"id": "curta", "title": "Curta", "weight": 50}, {"id": "longa", "title": "Longa", "weight": 50}]
    split = {"id": "test", "type": "split", "params": {"variants": variants, "goal": goal}}
    wires = [{"source": "test", "port": port, "target": "ask"} for port in ("curta", "longa")]
    kept = [each for each in flow["edges"] if each["source"] != "hello"]
    return {
        **flow,
        "nodes": [*flow["nodes"], split],
        "edges": [*kept, {"source": "hello", "port": "next", "target": "test"}, *wires],
    }


def ask(answer, node):
    return next(each for each in answer.json["questions"] if each["node"] == node)


def rows_of(answer, parted_by=";"):
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig")), delimiter=parted_by))


def test_variants_are_counted_by_people_and_nothing_is_said_too_soon(house, ana):
    publish(house, with_split("bye"))
    people = [f"pessoa{number}" for number in range(8)]
    for sender in people:
        house.talk(sender, "Oi", "2")
    house.talk(people[0], "Oi", "2")  # once more: the same person, the same way
    house.talk("renata", "Oi")

    (split,) = ana.get(f"/flows/{house.flow}/splits", worth=10).json["splits"]

    assert (split["node"], split["judged"]) == ("test", {"kind": "step", "name": "bye"})
    counts = [(each["entered"], each["reached"], each["under_way"]) for each in split["variants"]]
    assert [sum(count) for count in zip(*counts, strict=True)] == [9, 8, 1]
    assert (split["verdict"], split["best"]) == ("too_few", None)
    assert split["worth"] == 10 and split["needed"] > 8
    assert all(each["low"] <= each["share"] <= each["high"] for each in split["variants"])


def test_a_split_says_when_its_goal_is_none(house, ana):
    publish(house, with_split("vendeu"))
    house.talk("renata", "Oi", "2")

    (split,) = ana.get(f"/flows/{house.flow}/splits").json["splits"]

    assert split["judged"] == {"kind": "unknown", "name": "vendeu"}
    assert sum(each["entered"] for each in split["variants"]) == 1
    assert sum(each["reached"] for each in split["variants"]) == 0


def test_a_split_without_a_goal_is_judged_by_reaching_an_end(house, ana):
    publish(house, with_split(""))
    house.talk("renata", "Oi", "2")
    house.talk("otto", "Oi", "1")

    (split,) = ana.get(f"/flows/{house.flow}/splits").json["splits"]

    assert split["judged"]["kind"] == "completed"
    assert sum(each["reached"] for each in split["variants"]) == 1


def test_the_funnel_tells_who_came_how_far_and_what_became_of_the_others(house, ana):
    house.talk("renata", "Oi", "1")
    house.talk("otto", "Oi", "1")
    house.talk("nina", "Oi", "2")
    house.talk("ivo", "Oi")

    stages = ana.get(f"/flows/{house.flow}/funnel", version=1).json["stages"]

    assert [(each["kind"], each["node"], each["runs"]) for each in stages] == [
        ("started", None, 4),
        ("step", "ask", 4),
        ("step", "people", 2),
        ("step", "rate", 0),
        ("completed", None, 0),
    ]
    assert [each["left"] for each in stages] == [{}, {"completed": 1, "waiting": 1}, {"handed_off": 2}, {}, {}]


def test_what_was_not_understood_is_grouped_by_question(house, ana):
    house.talk("renata", "Oi", "Quero COMPRAR!", "quero comprar")
    house.talk("otto", "Oi", "quero comprar", "1")
    house.talk("ivo", "Oi", "xyz", "outra coisa", "mais uma")  # the third is one too many: the port `invalid`

    answer = ana.get(f"/flows/{house.flow}/not-understood")

    question = ask(answer, "ask")
    assert (question["times"], question["unwritten"], question["hidden"], answer.json["more"]) == (6, 0, 0, False)
    assert question["said"][0] == {"text": "quero comprar", "times": 3, "contacts": 2}
    assert {each["text"] for each in question["said"][1:]} == {"xyz", "outra coisa", "mais uma"}


def test_words_that_one_may_not_see_are_counted_until_several_people_wrote_them(house):
    for sender in ("renata", "otto", "ivo"):
        house.talk(sender, "Oi", "quero comprar")
    house.talk("nina", "Oi", "meu CPF é 123")
    caio = house.browser("caio")  # serves another team than the conversations are with

    question = ask(caio.get(f"/flows/{house.flow}/not-understood"), "ask")

    assert [each["text"] for each in question["said"]] == ["quero comprar"]
    assert (question["times"], question["hidden"]) == (4, 1)


def test_answers_are_a_row_a_run_and_a_column_a_question(house, ana):
    house.talk("renata", "Oi", "2")
    house.talk("ivo", "Oi")

    table = ana.get(f"/flows/{house.flow}/answers").json

    assert [each["node"] for each in table["questions"]] == ["ask", "rate"]
    assert table["questions"][0]["title"] == "Como podemos ajudar?"
    (row,) = table["rows"]
    assert (row["contact"]["name"], row["fate"], row["answers"]) == ("Renata", "completed", {"ask": "Nada"})


def test_answers_come_page_by_page(house, ana):
    answered(house, 120)

    def page(**before):
        return ana.get(f"/flows/{house.flow}/answers", **before).json

    first = page()
    second = page(before=first["before"])
    third = page(before=second["before"])

    assert [len(each["rows"]) for each in (first, second, third)] == [50, 50, 20]
    assert third["before"] is None
    assert len({row["id"] for each in (first, second, third) for row in each["rows"]}) == 120


def test_answers_are_a_file_that_a_spreadsheet_reads_and_does_not_compute(house, ana):
    answered(house, 1_100)
    house.send({"id": uuid4().hex, "from": "mal", "name": '=HYPERLINK("http://x";"y")', "text": "Oi"})
    house.work()
    house.send({"id": uuid4().hex, "from": "mal", "text": "2"})
    house.work()

    answer = ana.get(f"/flows/{house.flow}/answers.csv")

    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="bot-')
    head, newest, *rows = rows_of(answer)
    assert head[:2] + head[5:] == ["Contato", "Versão", "Como podemos ajudar?", "Que nota você dá?"]
    assert newest[0] == '\'=HYPERLINK("http://x";"y")'
    assert sorted(int(row[6]) for row in rows) == list(range(1_100))


def answered(house, count):
    """So many runs of one person, each with another answer to the last question."""
    house.talk("renata", "Oi", "1")
    with house.unit() as unit:
        identity = unit.contacts.identity(house.http.id, "renata")
        conversation = unit.conversations.latest(identity.contact_id, house.http.id).id
        ids = {"flow_id": house.flow, "version_id": unit.flows.get(house.flow).live_version_id}
        (first,) = unit.runs.of_conversation(conversation)
        for number in range(count):
            state = {**first.state, "answers": {"rate": number}}
            unit.runs.start(
                **ids, contact_id=identity.contact_id, conversation_id=conversation, state=state, entry_key=str(number)
            )
        unit.runs.save(first.id, expected_turn=first.turn, turn=first.turn + 1, state={**first.state, "answers": {}})


def test_a_file_in_english_is_parted_by_commas(house, ana):
    house.talk("renata", "Oi", "2")

    head, row = rows_of(ana.get(f"/flows/{house.flow}/answers.csv", language="en"), ",")

    assert (head[0], row[0], row[4]) == ("Contact", "Renata", "Completed")


def test_answers_are_for_those_who_may_see_the_conversation(house):
    house.talk("renata", "Oi", "2")
    caio = house.browser("caio")

    (row,) = caio.get(f"/flows/{house.flow}/answers").json["rows"]

    assert (row["contact"], row["answers"]) == (None, {})
    assert len(rows_of(caio.get(f"/flows/{house.flow}/answers.csv"))) == 1


@pytest.mark.parametrize("what", ["splits", "funnel", "not-understood", "answers", "answers.csv"])
def test_another_accounts_flow_is_not_found(house, other, what):
    assert other.browser("ana").get(f"/flows/{house.flow}/{what}").status_code == 404
    assert house.browser("ana").get(f"/flows/{house.flow}/{what}", version=9).status_code == 404
