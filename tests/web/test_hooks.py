"""The generic HTTP channel as outside systems use it."""

import json
import threading
import time
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from builder_ui.process import NAME
from flowengine.store.messages import NewMessage
from flowengine.store.unit import Unit
from tests.web.conftest import least_in_use


def message(id=None, text="Oi", sender="renata", **more):
    return {"id": id or uuid4().hex, "from": sender, "text": text, **more}


def say(unit, house, text, sender="renata"):
    """A message of ours in the channel's stream, as a turn would put it there."""
    identity = unit.contacts.identity(house.http.id, sender)
    talk = unit.conversations.latest(identity.contact_id, house.http.id)
    new = NewMessage(talk.id, identity.contact_id, house.http.id, identity.id, "bot", {"text": text}, status="sent")
    unit.outgoing.put(unit.messages.add([new]))


@pytest.fixture
def met(house):
    """The house, after Renata and Saulo have written and been answered; and the cursor past those answers."""
    house.send(message(sender="renata"))
    house.send(message(sender="saulo"))
    house.work()
    house.cursor = house.fetch().json["next"]
    return house


def test_a_message_is_taken_in(house):
    answer = house.send(message("m-1"))

    assert answer.status_code == 202
    assert list(answer.json) == ["event"]


def test_the_same_message_again_is_the_same_event(house):
    first = house.send(message("m-1"))

    again = house.send(message("m-1"))

    assert (again.status_code, again.json) == (200, {"event": first.json["event"], "duplicate": True})
    house.work()
    with house.unit() as unit:
        identity = unit.contacts.identity(house.http.id, "renata")
        said = [each.body["text"] for each in unit.messages.latest_of_identity(identity.id) if each.direction == "in"]
    assert said == ["Oi"]


def test_a_list_is_taken_in_order(house):
    house.send(message("m-2"))

    answer = house.send(message("m-1"), message("m-2"), message("m-3"), message("m-1"))

    assert answer.status_code == 202
    events = answer.json["events"]
    assert [(event["id"], event.get("duplicate", False)) for event in events] == [
        ("m-1", False), ("m-2", True), ("m-3", False), ("m-1", True),
    ]  # fmt: skip
    assert events[0]["event"] == events[3]["event"]


def test_a_list_of_one_is_answered_as_a_list(house):
    answer = house.app.test_client().post(
        f"/hooks/http/{house.http.key}", json=[message("m-1")], headers={"Authorization": "Bearer a token for tests"}
    )

    assert [event["id"] for event in answer.json["events"]] == ["m-1"]


def test_one_malformed_message_refuses_the_whole_list(house):
    answer = house.send(message("m-1"), {"id": "m-2", "from": "renata", "text": 7})

    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert [(error["pointer"], error["code"]) for error in answer.json["errors"]] == [("/1/text", "type")]
    assert house.send(message("m-1")).status_code == 202


@pytest.mark.parametrize(
    ("token", "code"), [("another token", "wrong_token"), ("", "unauthenticated"), ("ção", "wrong_token")]
)
def test_a_wrong_token_is_refused(house, token, code):
    answer = house.send(message(), token=token)

    assert (answer.status_code, answer.json["code"]) == (401, code)
    assert house.fetch(token=token).status_code == 401


def test_a_key_that_leads_nowhere_is_not_found(house):
    answer = house.app.test_client().post("/hooks/http/nowhere", json={}, headers={"Authorization": "Bearer x"})

    assert answer.status_code == 404


def test_what_is_sent_is_read_as_json_whatever_it_is_called(house):
    def post(body):
        headers = {"Authorization": "Bearer a token for tests", "Content-Type": "application/x-www-form-urlencoded"}
        return house.app.test_client().post(f"/hooks/http/{house.http.key}", data=body, headers=headers)

    assert post(json.dumps(message("m-1"))).status_code == 202
    assert (post("id=1").status_code, post("id=1").json["code"]) == (422, "invalid")


def test_a_body_that_is_too_large_is_refused(house):
    answer = house.send({"id": "m-1", "from": "renata", "text": "x" * 5_000_000})

    assert (answer.status_code, answer.json["code"]) == (413, "too_large")


def test_the_bot_answers_and_the_answers_are_fetched(house):
    house.send(message("m-1", name="Renata"))
    house.work()

    fetched = house.fetch().json

    first, second = fetched["messages"]
    assert (first["to"], first["text"], first["in_reply_to"]) == ("renata", "Olá, Renata!", "m-1")
    assert [option["title"] for option in second["options"]] == ["Falar com alguém", "Nada"]
    assert set(first) == {"id", "to", "text", "in_reply_to", "created_at"}
    assert house.fetch(f"?after={fetched['next']}").json["messages"] == []


def test_a_pressed_option_is_understood(house):
    house.send(message())
    house.work()
    option = house.fetch().json["messages"][-1]["options"][1]

    house.send({"id": "m-2", "from": "renata", "choice": option["id"]})
    house.work()

    assert house.fetch().json["messages"][-1]["text"] == "Até mais."


def test_a_page_holds_no_more_than_asked_for_and_the_next_goes_on(met):
    with met.unit() as unit:
        for text in ("1", "2", "3"):
            say(unit, met, text)

    first = met.fetch(f"?after={met.cursor}&limit=2").json
    second = met.fetch(f"?after={first['next']}&limit=2").json

    assert [[each["text"] for each in page["messages"]] for page in (first, second)] == [["1", "2"], ["3"]]


def test_messages_that_commit_out_of_order_are_fetched_once_each(met):
    engine = met.app.extensions[NAME].engine
    early = engine.connect()
    slow = Unit.on(early, met.account)
    say(slow, met, "began first, commits last", sender="renata")
    with met.unit() as unit:
        say(unit, met, "began last, commits first", sender="saulo")

    one = met.fetch(f"?after={met.cursor}").json
    early.commit()
    two = met.fetch(f"?after={one['next']}").json
    early.close()

    assert [each["text"] for each in one["messages"]] == ["began last, commits first"]
    assert [each["text"] for each in two["messages"]] == ["began first, commits last"]
    assert met.fetch(f"?after={two['next']}").json["messages"] == []


def test_a_long_poll_is_answered_as_soon_as_there_is_something(met):
    began = datetime.now(UTC)

    def later():
        with met.unit() as unit:
            say(unit, met, "now")
        met.app.extensions[NAME].redis.publish(f"live:{met.account}", b"1")

    timer = threading.Timer(0.5, later)
    timer.start()
    fetched = met.fetch(f"?after={met.cursor}&wait=20").json
    timer.join()

    assert [each["text"] for each in fetched["messages"]] == ["now"]
    assert datetime.now(UTC) - began < timedelta(seconds=5)


def test_a_long_poll_ends_empty_handed_after_its_time(met):
    fetched = met.fetch(f"?after={met.cursor}&wait=1")

    assert fetched.json["messages"] == []
    assert met.fetch(f"?after={fetched.json['next']}").status_code == 200


def test_a_long_poll_is_not_ended_by_what_its_cursor_has_passed(met):
    feed = met.app.extensions[NAME].feeds.of_channel(met.account, met.http.id)
    with feed.listen(None):  # somebody else waits, woken by the clock only
        with met.unit() as unit:
            say(unit, met, "fetched at once")
        fetched = met.fetch(f"?after={met.cursor}").json
        began = time.monotonic()
        again = met.fetch(f"?after={fetched['next']}&wait=4").json

    assert [each["text"] for each in fetched["messages"]] == ["fetched at once"]
    assert again["messages"] == []
    assert time.monotonic() - began > 3.9


def test_nobody_waits_with_a_database_connection_in_hand(met):
    waiting = threading.Thread(target=met.fetch, args=(f"?after={met.cursor}&wait=2",))
    waiting.start()
    held = least_in_use(met.engine)

    assert waiting.is_alive()
    assert held == 0
    waiting.join()


@pytest.mark.parametrize(
    "query", ["?after=nonsense", "?limit=0", "?limit=501", "?limit=ten", "?wait=31", "?wait=-1", "?wait=0000000000031"]
)
def test_a_question_that_makes_no_sense_is_told_where(house, query):
    answer = house.fetch(query)

    assert answer.status_code == 422
    assert answer.json["errors"][0]["pointer"] == "/" + query[1:].partition("=")[0]


def test_an_old_cursor_is_gone(house):
    tokens = house.app.extensions[NAME].tokens
    old = tokens.cursor(channel=house.http.id, position=0, now=datetime.now(UTC) - timedelta(days=31))

    answer = house.fetch(f"?after={old}")

    assert (answer.status_code, answer.json["code"]) == (410, "old_cursor")


def test_a_cursor_of_another_channel_is_refused(house, other):
    cursor = other.fetch().json["next"]

    assert house.fetch(f"?after={cursor}").status_code == 422


def test_a_channel_shows_nothing_of_another_accounts(house, other):
    other.send(message(sender="renata", text="segredo"))
    other.work()

    assert house.fetch().json["messages"] == []
