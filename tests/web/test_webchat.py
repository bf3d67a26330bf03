"""The web chat as a visitor's browser uses it."""

import time
from uuid import uuid4

import pytest

from builder_ui.process import NAME


@pytest.fixture
def ana(house):
    """A visitor who has said hello and been answered."""
    ana = house.visitor(name="Ana", language="pt-BR")
    ana.say("Oi")
    house.work()
    return ana


@pytest.fixture
def bia(house):
    return house.browser("bia")


@pytest.fixture
def taken(house, ana, bia):
    """The id of Ana's talk, which Bia has taken."""
    menu = resumed(ana)["messages"][-1]
    ana.post("messages", {"id": "i-want-people", "choice": menu["options"][0]["id"]})
    house.work()
    (row,) = bia.get("/conversations", view="new").json["conversations"]
    bia.post(f"/conversations/{row['id']}/take", {"version": row["version"]})
    return row["id"]


def texts(session):
    return [(message["from"], message.get("text")) for message in session["messages"]]


def hearing(visitor, agent, talk):
    """A window of the visitor's that is known to hear signs."""
    window = visitor.listen(last=resumed(visitor)["position"])
    window.after(lambda: agent.post(f"/conversations/{talk}/typing"), "typing")
    return window


def answer(window):
    """The next message that the visitor did not write."""
    return next(told for _, told, id in iter(lambda: window.until("message"), None) if id is not None)


def resumed(visitor):
    return visitor.client.post(f"{visitor.path}/session", json={"token": visitor.token}).json


def test_a_new_visitor_gets_a_token_and_an_empty_talk(house):
    session = house.visitor().session

    assert set(session) == {"token", "visitor", "title", "messages", "position"}
    assert session["messages"] == []
    assert session["title"] == {"pt-BR": "Chat", "en": "Chat"}


def test_a_visitor_is_known_again_by_the_token(ana):
    session = resumed(ana)

    assert session["visitor"] == ana.session["visitor"]
    assert texts(session) == [("contact", "Oi"), ("bot", "Olá, Ana!"), ("bot", "Como podemos ajudar?")]
    assert [option["title"] for option in session["messages"][-1]["options"]] == ["Falar com alguém", "Nada"]


def test_a_forged_token_makes_a_new_visitor_who_sees_nothing(house, ana):
    forged = ana.token[:-3] + "AAA"

    session = ana.client.post(f"{ana.path}/session", json={"token": forged}).json

    assert session["visitor"] != ana.session["visitor"]
    assert session["messages"] == []
    assert ana.post("messages", {"id": uuid4().hex, "text": "Oi"}, token=forged).status_code == 401


def test_a_token_is_good_for_its_channel_only(ana, other):
    stranger = other.visitor()

    assert stranger.post("messages", {"id": uuid4().hex, "text": "Oi"}, token=ana.token).status_code == 401
    session = stranger.client.post(f"{stranger.path}/session", json={"token": ana.token}).json
    assert session["messages"] == []


def test_a_message_sent_again_is_the_same(house):
    visitor = house.visitor()
    body = {"id": uuid4().hex, "text": "Oi"}

    first, again = visitor.post("messages", body), visitor.post("messages", body)

    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json == {"event": first.json["event"], "duplicate": True}


def test_two_visitors_may_use_the_same_message_id(house):
    body = {"id": "11111111", "text": "Oi"}

    assert [house.visitor().post("messages", body).status_code for _ in range(2)] == [202, 202]


def test_ones_own_messages_carry_the_browsers_id(house):
    visitor = house.visitor()
    visitor.post("messages", {"id": "my-message-1", "text": "Oi"})
    house.work()

    assert resumed(visitor)["messages"][0]["client_id"] == "my-message-1"


def test_answers_come_by_the_stream(house):
    visitor = house.visitor(name="Ana")
    stream = visitor.listen()
    visitor.say("Oi")
    house.work()

    first, second = answer(stream), answer(stream)

    assert (first["from"], first["text"]) == ("bot", "Olá, Ana!")
    assert second["options"][0]["title"] == "Falar com alguém"


def test_a_stream_goes_on_where_it_broke_off(house):
    visitor = house.visitor()
    visitor.say("Oi")
    house.work()
    stream = visitor.listen()
    cursor = next(id for _, _, id in iter(lambda: stream.until("message"), None) if id is not None)

    resumed_stream = visitor.listen(last=cursor)

    assert answer(resumed_stream)["text"] == "Como podemos ajudar?"


def test_a_visitor_hears_nothing_of_another(house):
    ana, bruno = house.visitor(name="Ana"), house.visitor(name="Bruno")
    of_ana, of_bruno = ana.listen(), bruno.listen()
    ana.say("Oi")
    bruno.say("Olá")
    house.work()

    heard_by_ana = [answer(of_ana)["text"] for _ in range(2)]
    heard_by_bruno = [answer(of_bruno)["text"] for _ in range(2)]

    assert heard_by_ana == ["Olá, Ana!", "Como podemos ajudar?"]
    assert heard_by_bruno == ["Olá, Bruno!", "Como podemos ajudar?"]


def test_what_a_visitor_writes_appears_in_their_other_window(house, ana, bia, taken):
    second = hearing(ana, bia, taken)

    ana.post("messages", {"id": "from-the-first", "text": "Tem alguém aí?"})

    told = second.until("message")[1]
    assert (told["from"], told["text"], told["client_id"]) == ("contact", "Tem alguém aí?", "from-the-first")


def test_a_window_that_was_away_is_told_what_was_written_in_the_other(house, ana, bia, taken):
    place = resumed(ana)["position"]
    bia.post(f"/conversations/{taken}/messages", {"text": "Bom dia", "client_id": uuid4().hex})
    ana.post("messages", {"id": "from-the-first", "text": "Tem alguém aí?"})
    house.work()
    bia.post(f"/conversations/{taken}/read")
    bia.post(f"/conversations/{taken}/messages", {"text": "Tem", "client_id": uuid4().hex})

    second = ana.listen(last=place)

    heard = list(iter(lambda: second.until("message")[1]["text"], "Tem"))
    assert heard[-2:] == ["Bom dia", "Tem alguém aí?"]


def test_nobody_hears_what_another_visitor_writes(house, ana, bia, taken):
    bruno = house.visitor(name="Bruno")
    window = bruno.listen()
    ana.post("messages", {"id": "for-people-only", "text": "Segredo"})
    bruno.say("Oi")
    house.work()

    heard = list(iter(lambda: window.until("message")[1]["text"], "Como podemos ajudar?"))

    assert sorted(heard) == ["Oi", "Olá, Bruno!"]


def test_nobody_resumes_into_another_visitors_talk(house, ana):
    bruno = house.visitor()
    bruno.say("Oi")
    house.work()
    beginning = house.visitor().session["position"]

    stream = bruno.listen(last=ana.session["position"])
    heard = [answer(stream)["text"] for _ in range(2)]

    assert heard[0].startswith("Olá")
    assert "Ana" not in "".join(heard)
    assert beginning != ana.session["position"]


def test_a_receipt_of_anothers_message_changes_nothing(house, ana):
    answer = resumed(ana)["messages"][-1]
    bruno = house.visitor()
    bruno.say("Oi")
    house.work()

    assert bruno.post("receipts", {"up_to": answer["id"], "status": "read"}).status_code == 204

    assert resumed(ana)["messages"][-1]["status"] == "sent"


def test_what_was_read_is_told(ana):
    answer = resumed(ana)["messages"][-1]

    assert ana.post("receipts", {"up_to": answer["id"], "status": "delivered"}).status_code == 204
    assert ana.post("receipts", {"up_to": answer["id"], "status": "read"}).status_code == 204
    assert ana.post("receipts", {"up_to": answer["id"], "status": "delivered"}).status_code == 204

    assert [message["status"] for message in resumed(ana)["messages"]] == ["received", "read", "read"]


def test_a_pressed_button_is_taken(house, ana):
    menu = resumed(ana)["messages"][-1]

    answer = ana.post("messages", {"id": uuid4().hex, "choice": menu["options"][1]["id"], "in_reply_to": menu["id"]})
    house.work()

    assert answer.status_code == 202
    assert texts(resumed(ana))[-2:] == [("contact", "Nada"), ("bot", "Até mais.")]


def test_the_agents_typing_is_seen_by_the_visitor_and_the_visitors_by_the_agent(ana, bia, taken):
    of_ana, of_bia = ana.listen(last=resumed(ana)["position"]), bia.listen()

    seen_by_bia = of_bia.after(lambda: ana.post("typing", {}), "typing")
    ana_hears = of_ana.after(lambda: bia.post(f"/conversations/{taken}/typing"), "typing")

    assert seen_by_bia[1] == {"conversation": taken, "who": "contact"}
    assert ana_hears[1] == {"who": "agent", "name": "Bia"}


def test_an_agents_answer_is_signed_with_the_name(ana, bia, taken):
    bia.post(f"/conversations/{taken}/messages", {"text": "Bom dia", "client_id": uuid4().hex})

    last = resumed(ana)["messages"][-1]

    assert (last["from"], last["name"], last["text"]) == ("agent", "Bia", "Bom dia")


def test_a_visitor_is_told_when_the_agent_has_read(house, ana, bia, taken):
    bia.post(f"/conversations/{taken}/read")
    window = hearing(ana, bia, taken)
    ana.post("messages", {"id": "is-anybody-there", "text": "Tem alguém aí?"})
    house.work()

    bia.post(f"/conversations/{taken}/read")

    assert window.until("receipt")[1] == {"id": "is-anybody-there", "status": "read"}
    assert resumed(ana)["messages"][-1]["status"] == "read"


def test_a_colleagues_look_is_no_reading(house, ana, taken):
    house.browser("ana").post(f"/conversations/{taken}/read")

    assert {each["status"] for each in resumed(ana)["messages"] if each["from"] == "contact"} == {"received"}


def test_any_site_may_embed_the_chat_without_cookies(house):
    client = house.app.test_client()

    preflight = client.options(f"/webchat/{house.webchat.key}/messages")
    answer = client.post(f"/webchat/{house.webchat.key}/session", json={})

    assert preflight.status_code == 204
    assert "Authorization" in preflight.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in answer.headers


def test_a_chat_nobody_has_is_not_found(house):
    assert house.app.test_client().post("/webchat/nowhere/session", json={}).status_code == 404


def test_whoever_writes_too_much_is_slowed_down(house):
    visitor = house.visitor()

    statuses = [visitor.say("Oi").status_code for _ in range(41)]

    assert statuses == [202] * 40 + [429]
    assert house.visitor().say("Oi").status_code == 202


def test_a_message_that_is_too_large_is_refused(house):
    assert house.visitor().say("x" * 70_000).status_code == 413


def test_a_stream_from_a_place_nobody_knows_begins_anew(house):
    visitor = house.visitor()

    answer = visitor.client.get(
        f"{visitor.path}/events", headers={"Authorization": f"Bearer {visitor.token}", "Last-Event-ID": "nonsense"}
    )

    assert (answer.status_code, answer.json["code"]) == (410, "old_cursor")


def test_a_window_is_not_told_again_what_its_session_began_with(house):
    visitor = house.visitor(name="Renata")
    visitor.say("Oi")
    feed = house.app.extensions[NAME].feeds.of_channel(house.account, house.webchat.id)
    with feed.listen(None):  # another window is open; the stream is read by the clock
        house.work()
        session = visitor.client.post(f"{visitor.path}/session", json={"token": visitor.token}).json
        stream = visitor.listen(session["position"])
        time.sleep(3)
        told = [stream.events.get() for _ in range(stream.events.qsize())]

    assert [each["text"] for each in session["messages"]] == ["Oi", "Olá, Renata!", "Como podemos ajudar?"]
    assert [data["text"] for name, data, _ in told if name == "message" and data["from"] == "bot"] == []
