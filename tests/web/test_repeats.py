"""Writes that are sent twice with one Idempotency-Key: done once, answered alike."""

import threading
from datetime import timedelta

import pytest

from flowengine.jobs.tidy import tidy
from flowengine.store.answers import KEPT_FOR


@pytest.fixture
def ana(house):
    return house.browser("ana")


def post(browser, path, body, key="a key", method="POST"):
    headers = {"X-CSRF-Token": browser.csrf, "Idempotency-Key": key}
    return browser.client.open(f"/api/v1{path}", method=method, json=body, headers=headers)


def names(browser):
    return sorted(flow["name"] for flow in browser.get("/flows").json["flows"])


def test_a_write_that_comes_again_is_done_once_and_answered_alike(ana):
    first = post(ana, "/flows", {"name": "Vendas"})
    again = post(ana, "/flows", {"name": "Vendas"})

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.data == first.data
    assert again.headers["Idempotency-Replayed"] == "true"
    assert names(ana) == ["Bot", "Vendas"]


def test_an_answer_without_words_is_given_again_too(ana, house):
    first = post(ana, f"/flows/{house.flow}", None, method="DELETE")
    again = post(ana, f"/flows/{house.flow}", None, method="DELETE")

    assert (first.status_code, again.status_code, again.data) == (204, 204, b"")


def test_a_key_that_came_with_something_else_is_refused(ana):
    post(ana, "/flows", {"name": "Vendas"})

    other = post(ana, "/flows", {"name": "Outro"})

    assert (other.status_code, other.json["code"]) == (422, "key_reused")
    assert names(ana) == ["Bot", "Vendas"]


def test_other_keys_and_other_people_are_other_writes(ana, other):
    stranger = other.browser("ana")

    statuses = [
        post(ana, "/flows", {"name": "Vendas"}, key="one").status_code,
        post(ana, "/flows", {"name": "Vendas"}, key="two").status_code,
        post(stranger, "/flows", {"name": "Vendas"}, key="one").status_code,
    ]

    assert statuses == [201] * 3
    assert names(ana) == ["Bot", "Vendas", "Vendas"]


def test_what_was_refused_may_be_tried_again(ana):
    refused = post(ana, "/flows", {"name": ""})

    accepted = post(ana, "/flows", {"name": "Vendas"})

    assert (refused.status_code, accepted.status_code) == (422, 201)


def test_of_many_that_come_at_once_one_is_done_and_all_are_answered_alike(house):
    talk = house.queued()
    browsers = [house.browser("bia") for _ in range(6)]
    version = browsers[0].get(f"/conversations/{talk}").json["version"]
    answers = []

    def take(browser):
        answers.append(post(browser, f"/conversations/{talk}/take", {"version": version}))

    together = [threading.Thread(target=take, args=(browser,)) for browser in browsers]
    for each in together:
        each.start()
    for each in together:
        each.join()

    assert [answer.status_code for answer in answers] == [200] * 6
    assert len({answer.data for answer in answers}) == 1
    timeline = browsers[0].get(f"/conversations/{talk}/timeline").json
    assert [item.get("what") for item in timeline["items"]].count("taken") == 1


def test_a_key_that_nobody_could_have_meant_is_refused(ana):
    assert [post(ana, "/flows", {"name": "Vendas"}, key=key).json["code"] for key in ("", "x" * 256)] == ["bad_key"] * 2


def test_what_is_only_asked_needs_no_key(ana):
    statuses = [post(ana, "/flows/check", {"document": {}}).status_code for _ in range(2)]

    assert statuses == [200, 200]


def test_signing_in_is_never_answered_from_memory(ana, house):
    answers = [post(ana, "/session", {"language": "en"}, method="PATCH") for _ in range(2)]

    assert ["Idempotency-Replayed" in answer.headers for answer in answers] == [False, False]


def test_after_a_day_the_key_is_free_again(ana, house):
    post(ana, "/flows", {"name": "Vendas"})
    with house.unit() as unit:
        later = unit.now + KEPT_FOR + timedelta(minutes=1)

    tidy(house.engine, later)

    assert post(ana, "/flows", {"name": "Outro"}).status_code == 201


def names_of(operation: dict) -> set[str]:
    return {each["name"] for each in operation.get("parameters", ())}


def test_the_description_of_the_api_names_the_key(ana):
    paths = ana.get("/openapi.json").json["paths"]

    assert names_of(paths["/api/v1/flows"]["post"]) == {"Idempotency-Key"}
    assert names_of(paths["/api/v1/flows"]["get"]).isdisjoint({"Idempotency-Key"})
    assert names_of(paths["/api/v1/session"]["post"]).isdisjoint({"Idempotency-Key"})
