"""Conversations as the inbox shows them and as people act in them."""

import threading
from uuid import uuid4

import pytest

from flowengine.jobs.queue import Turns


@pytest.fixture
def talk(house):
    """A conversation in the queue of vendas; its id as the API writes it."""
    return str(house.queued())


@pytest.fixture
def bia(house):
    return house.browser("bia")


@pytest.fixture
def caio(house):
    return house.browser("caio")


def act(browser, talk, what, **body):
    return browser.post(f"/conversations/{talk}/{what}", body)


def take(browser, talk):
    version = browser.get(f"/conversations/{talk}").json["version"]
    return act(browser, talk, "take", version=version)


def listed(browser, view):
    return [row["id"] for row in browser.get("/conversations", view=view).json["conversations"]]


def timeline(browser, talk, **query):
    return browser.get(f"/conversations/{talk}/timeline", **query).json


def test_a_queued_conversation_is_new_to_its_team(talk, bia, house):
    page = bia.get("/conversations", view="new").json

    (row,) = page["conversations"]
    assert (row["id"], row["state"], row["contact"]["name"]) == (talk, "queued", "Renata")
    assert (row["team"]["slug"], row["owner"], row["channel"]["kind"]) == ("vendas", None, "http")
    assert row["last_message"]["author"] == "contact"
    assert page["counts"] == {"new": 1, "mine": 0, "others": 0, "pending": 0, "bot": 0}
    assert page["next"] is None


def test_another_team_sees_nothing_of_it(talk, house):
    davi = house.browser("davi")

    assert listed(davi, "new") == []
    assert davi.get(f"/conversations/{talk}").status_code == 404
    assert davi.get(f"/conversations/{talk}/timeline").status_code == 404
    assert act(davi, talk, "take", version=1).status_code == 404


def test_another_account_sees_nothing_of_it(talk, other):
    stranger = other.browser("ana")

    assert [listed(stranger, view) for view in ("new", "mine", "others", "bot", "finished", "pending")] == [[]] * 6
    assert stranger.get(f"/conversations/{talk}").status_code == 404
    for what, body in {
        "take": {"version": 1},
        "finish": {"version": 1},
        "transfer": {"version": 1, "team": "geral"},
        "messages": {"text": "Oi", "client_id": uuid4().hex},
        "notes": {"text": "Oi"},
        "typing": None,
        "read": None,
    }.items():
        assert stranger.post(f"/conversations/{talk}/{what}", body).status_code == 404


def test_whoever_takes_it_has_it(talk, bia, caio, house):
    taken = take(bia, talk).json

    assert (taken["state"], taken["owner"]["name"]) == ("open", "Bia")
    assert taken["may"] == {"take": False, "write": True, "transfer": True, "finish": True}
    assert (listed(bia, "mine"), listed(caio, "others"), listed(bia, "new")) == ([talk], [talk], [])


def test_whoever_is_late_is_told_who_has_it(talk, bia, caio, house):
    version = caio.get(f"/conversations/{talk}").json["version"]
    take(bia, talk)

    late = act(caio, talk, "take", version=version)

    assert (late.status_code, late.json["code"]) == (409, "conflict")
    assert late.json["owner"] == {"id": str(house.members["bia"]), "name": "Bia"}


def test_of_many_who_press_at_once_one_has_it(talk, house):
    browsers = [house.browser(name) for name in ("ana", "bia", "caio")]
    version = browsers[0].get(f"/conversations/{talk}").json["version"]
    answers = []
    presses = [
        threading.Thread(target=lambda browser=browser: answers.append(act(browser, talk, "take", version=version)))
        for browser in browsers
    ]

    for press in presses:
        press.start()
    for press in presses:
        press.join()

    assert sorted(answer.status_code for answer in answers) == [200, 409, 409]


def test_what_a_person_writes_to_a_callback_wakes_the_workers_that_send_it(talk, bia, house):
    with house.unit() as unit:
        unit.channels.change(house.http.id, callback_url="https://example.org", callback_secret=b"sealed")
    take(bia, talk)
    outbox = Turns(house.redis, "outbox", "a drain")
    assert outbox.next(0.01) is None

    act(bia, talk, "messages", text="Oi", client_id=uuid4().hex)

    assert outbox.next(0.01) == house.account


def test_the_owner_writes_and_the_contact_gets_it(talk, bia, house):
    take(bia, talk)

    sent = act(bia, talk, "messages", text="Bom dia, Renata", client_id="my-message-1")

    assert sent.status_code == 201
    assert (sent.json["kind"], sent.json["author"], sent.json["by"]["name"]) == ("message", "agent", "Bia")
    assert (sent.json["client_id"], sent.json["status"]) == ("my-message-1", "sent")
    assert house.fetch().json["messages"][-1]["text"] == "Bom dia, Renata"


def test_a_double_click_is_one_message(talk, bia, house):
    take(bia, talk)

    first, second = (act(bia, talk, "messages", text="Oi", client_id="my-message-1").json for _ in range(2))

    assert first["id"] == second["id"]
    assert [each["text"] for each in house.fetch().json["messages"]].count("Oi") == 1


def test_who_does_not_own_it_does_not_write(talk, bia, caio):
    take(bia, talk)

    refused = act(caio, talk, "messages", text="Oi", client_id=uuid4().hex)

    assert (refused.status_code, refused.json["code"]) == (403, "not_allowed")


def test_whoever_has_not_seen_a_colleagues_reply_is_asked(talk, bia, house):
    take(bia, talk)
    seen = timeline(bia, talk)["items"][-1]["id"]
    with house.unit() as unit:
        for team in unit.teams.all():
            unit.teams.put_member(team.id, house.members["ana"], supervisor=True)
    act(house.browser("ana"), talk, "messages", text="Já respondi", client_id=uuid4().hex)

    asked = act(bia, talk, "messages", text="Oi", client_id=uuid4().hex, seen=seen)

    assert (asked.status_code, asked.json["code"]) == (409, "colleague_replied")
    assert asked.json["by"]["name"] == "Ana"
    assert act(bia, talk, "messages", text="Oi", client_id=uuid4().hex).status_code == 201


def test_a_note_never_reaches_the_contact(talk, bia, house):
    before = house.fetch().json["messages"]

    left = act(bia, talk, "notes", text="Cliente antiga")

    assert (left.status_code, left.json["kind"], left.json["text"]) == (201, "note", "Cliente antiga")
    assert house.fetch().json["messages"] == before
    assert [item["text"] for item in timeline(bia, talk)["items"] if item["kind"] == "note"] == ["Cliente antiga"]


def test_a_transfer_to_a_team_puts_it_in_that_teams_queue(talk, bia, house):
    version = take(bia, talk).json["version"]

    moved = act(bia, talk, "transfer", version=version, team="geral", note="Quer nota fiscal")

    assert moved.status_code == 200
    davi = house.browser("davi")
    assert listed(davi, "new") == [talk]
    assert listed(bia, "mine") == []
    assert [item["text"] for item in timeline(davi, talk)["items"] if item["kind"] == "note"][-1:] == [
        "Quer nota fiscal"
    ]


def test_a_transfer_to_a_person_is_theirs_at_once(talk, bia, caio, house):
    version = take(bia, talk).json["version"]

    moved = act(bia, talk, "transfer", version=version, team="vendas", member=str(house.members["caio"]))

    assert moved.json["owner"]["name"] == "Caio"
    (row,) = caio.get("/conversations", view="mine").json["conversations"]
    assert row["transferred_by"] == {"name": "Bia", "to_you": True}


def test_a_transfer_to_nowhere_is_told_where(talk, bia):
    version = take(bia, talk).json["version"]

    refused = act(bia, talk, "transfer", version=version, team="nowhere")

    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/team")


def test_the_flow_goes_on_when_people_have_finished(talk, bia, house):
    version = take(bia, talk).json["version"]

    finished = act(bia, talk, "finish", version=version, reason="Vendido")
    house.work()

    assert finished.json["state"] == "bot"
    assert house.fetch().json["messages"][-1]["text"] == "Que nota você dá?"
    house.send({"id": "rating", "from": "renata", "text": "5"})
    house.work()
    assert bia.get(f"/conversations/{talk}").json["state"] == "finished"


def test_an_act_on_what_one_has_not_seen_is_refused(talk, bia):
    take(bia, talk)

    assert act(bia, talk, "finish", version=1).status_code == 409


def test_the_timeline_tells_what_was_said_and_done_in_order(talk, bia):
    take(bia, talk)

    items = timeline(bia, talk)["items"]

    assert [item["at"] for item in items if item["kind"] != "trace"] == sorted(
        item["at"] for item in items if item["kind"] != "trace"
    )
    said = [(item["author"], item["text"]) for item in items if item["kind"] == "message"]
    assert said[:3] == [("contact", "Oi"), ("bot", "Olá, Renata!"), ("bot", "Como podemos ajudar?")]
    done = [item["what"] for item in items if item["kind"] == "event"]
    assert done[0] == "opened"
    assert done[-1] == "taken"


def test_the_timeline_shows_what_the_flow_asked_and_was_told(talk, bia):
    (trace,) = [item for item in timeline(bia, talk)["items"] if item["kind"] == "trace"]

    assert trace["flow"] == {"name": "Bot", "number": 1}
    steps = {step["node"]: step for step in trace["steps"]}
    assert steps["ask"]["text"] == "Como podemos ajudar?"
    assert [step["port"] for step in trace["steps"] if step["node"] == "ask"] == ["Falar com alguém"]
    assert steps["hello"]["text"] == "Olá, Renata!"


def test_a_long_timeline_is_read_page_by_page_without_a_gap(talk, bia):
    whole = [item["id"] for item in timeline(bia, talk, limit=200)["items"] if item["kind"] != "trace"]

    pages, before = [], {}
    while True:
        page = timeline(bia, talk, limit=2, **before)
        pages = [item["id"] for item in page["items"] if item["kind"] != "trace"] + pages
        if not page["more"]:
            break
        before = {"before": page["items"][0]["id"]}

    assert pages == whole


def test_the_detail_shows_the_contact_and_what_one_may_do(talk, bia, house):
    detail = bia.get(f"/conversations/{talk}").json

    assert detail["contact"]["identities"] == [{"channel": "HTTP", "external_id": "renata"}]
    assert [past["id"] for past in detail["contact"]["conversations"]] == [talk]
    assert detail["may"]["take"] is True
    assert house.browser("eva").get(f"/conversations/{talk}").status_code == 404


def test_a_search_finds_by_name(talk, bia, house):
    house.queued(sender="saulo")

    found = bia.get("/conversations", view="new", q="saul").json["conversations"]

    assert [row["contact"]["name"] for row in found] == ["Saulo"]


def test_a_list_is_read_page_by_page(bia, house):
    for number in range(52):
        house.send({"id": f"a{number}", "from": f"c{number}", "text": "Oi"})
        house.send({"id": f"b{number}", "from": f"c{number}", "text": "1"})
    house.work()

    first = bia.get("/conversations", view="new").json
    second = bia.get("/conversations", view="new", cursor=first["next"]).json

    ids = [row["id"] for page in (first, second) for row in page["conversations"]]
    assert (len(ids), len(set(ids)), second["next"]) == (52, 52, None)
    assert first["counts"]["new"] == 52


def test_what_was_read_is_no_longer_unread(talk, bia, house):
    take(bia, talk)
    house.send({"id": "m-9", "from": "renata", "text": "Ainda aí?"})
    house.work()
    assert bia.get(f"/conversations/{talk}").json["unread"] > 0

    assert bia.post(f"/conversations/{talk}/read").status_code == 204

    assert bia.get(f"/conversations/{talk}").json["unread"] == 0


def test_the_transfer_dialog_gets_teams_with_their_people(bia, house):
    teams = {team["slug"]: team for team in bia.get("/teams").json["teams"]}

    assert (teams["vendas"]["open"], teams["vendas"]["queued"]) == (True, 0)
    assert {mate["name"]: mate["presence"] for mate in teams["vendas"]["members"]} == {
        "Ana": "offline", "Bia": "online", "Caio": "offline",
    }  # fmt: skip


@pytest.mark.parametrize("query", [{"view": "all"}, {"view": "new", "x": "1"}, {"cursor": "nonsense"}])
def test_a_question_that_makes_no_sense_is_refused(bia, query):
    assert bia.get("/conversations", **query).status_code == 422
