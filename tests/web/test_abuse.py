"""What the doors do with those who mean no good: guessing, flooding, and requests that no client of ours makes."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from uuid import uuid4

import orjson
import pytest

from builder_ui.live import Screen
from builder_ui.process import NAME
from tests.web.conftest import PASSWORD, Browser


def test_guessing_many_passwords_at_once_gets_no_further_than_one_by_one(house):
    browsers = [Browser(house.app.test_client()) for _ in range(25)]

    def guess(browser):
        return browser.post("/session", {"email": house.email("bia"), "password": "guess"}).status_code

    with ThreadPoolExecutor(25) as at_once:
        statuses = list(at_once.map(guess, browsers))

    assert statuses.count(401) == 10
    assert statuses.count(429) == 15


def test_who_signs_in_may_do_so_as_often_as_they_like(house):
    browser = Browser(house.app.test_client())
    right = {"email": house.email("bia"), "password": PASSWORD}

    assert {browser.post("/session", right).status_code for _ in range(12)} == {200}


def test_a_visitors_limit_counts_the_visitor_however_the_token_is_written(house):
    visitor = house.visitor()
    signed, _, signature = visitor.token.rpartition(".")

    # What decodes base64 passes over signs that are none of its own.
    tokens = [f"{signed}.{signature[:3]}{'!' * 4 * number}{signature[3:]}" for number in range(41)]
    statuses = [
        visitor.post("messages", {"id": uuid4().hex, "text": "Oi"}, token=token).status_code for token in tokens
    ]

    assert statuses[-1] == 429


def test_invented_tokens_are_counted_by_address(house):
    visitor = house.visitor()

    statuses = [
        visitor.post("messages", {"id": uuid4().hex, "text": "Oi"}, token=uuid4().hex).status_code for _ in range(41)
    ]

    assert statuses == [401] * 40 + [429]
    assert visitor.say("Oi").status_code == 202


@pytest.mark.parametrize("depth", [300, 900])
def test_a_draft_nested_too_deeply_is_refused_in_words(house, depth):
    ana = house.browser("ana")
    flow = ana.get(f"/flows/{house.flow}").json
    body = orjson.dumps({"document": {**flow["document"], "deep": "@"}, "revision": flow["revision"]})

    answer = ana.client.put(
        f"/api/v1/flows/{house.flow}/draft",
        data=body.replace(b'"@"', b"[" * depth + b"]" * depth),
        headers={"X-CSRF-Token": ana.csrf, "Content-Type": "application/json"},
    )

    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/document")


def test_a_timeline_before_the_end_of_time_is_the_whole_timeline(house):
    ana, talk = house.browser("ana"), house.queued()

    answer = ana.get(f"/conversations/{talk}/timeline", before="ffffffff-ffff-ffff-ffff-ffffffffffff")

    assert answer.status_code == 200
    assert answer.json["items"] == ana.get(f"/conversations/{talk}/timeline").json["items"]


@pytest.mark.parametrize(
    ("body", "mimetype", "status"),
    [(b'{"text": "a\\u0000b"}', "application/json", 422), (b"text=a", "application/x-www-form-urlencoded", 415)],
)
def test_a_body_of_unsaid_length_is_looked_at_like_any_other(house, body, mimetype, status):
    ana, talk = house.browser("ana"), house.queued()

    answer = ana.client.post(
        f"/api/v1/conversations/{talk}/notes",
        input_stream=BytesIO(body),
        headers={"X-CSRF-Token": ana.csrf, "Content-Type": mimetype, "Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},  # as gunicorn says of a chunked body
    )

    assert answer.status_code == status


def test_nothing_that_was_said_is_kept_by_a_cache(house):
    visitor = house.visitor()

    session = visitor.client.post(f"{visitor.path}/session", json={"token": visitor.token})

    assert session.headers["Cache-Control"] == "no-store"
    assert house.fetch().headers["Cache-Control"] == "no-store"


def test_a_line_of_the_log_is_one_line_whatever_the_address(house, caplog):
    house.app.jinja_env.loader = None  # so that the page fails

    answer = house.app.test_client().get("/chat/x%0aERROR%20forged")

    assert answer.status_code == 500
    assert not any("\n" in record.getMessage() for record in caplog.records)


def test_a_screen_whose_session_ended_before_it_listened_hears_nothing(house):
    house.browser("bia")

    screen = Screen(house.app.extensions[NAME], house.account, house.members["bia"], epoch=-1, position=None)

    assert list(screen.events()) == []
