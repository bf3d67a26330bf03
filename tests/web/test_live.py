"""Live events of an account: what screens hear, and that they miss nothing."""

import threading
from itertools import takewhile

import pytest

from builder_ui.process import NAME
from tests.web.conftest import least_in_use


@pytest.fixture
def talk(house):
    return str(house.queued())


def about(stream, talk):
    """The next change of this conversation."""
    while True:
        name, told, id = stream.until("change")
        if told.get("conversation") == talk:
            return told, id


def changes_until_flow(stream):
    """All changes up to that of a flow, which somebody made last."""
    changes = iter(lambda: stream.until("change")[1], None)
    return list(takewhile(lambda told: told["kind"] != "flow", changes))


def test_a_screen_says_hello_and_where_it_stands(house):
    hello = house.browser("bia").listen().next()

    assert hello[0] == "hello"
    assert isinstance(hello[1]["position"], int)


def test_a_screen_hears_of_what_happens(house, talk):
    caio = house.browser("caio").listen()
    caio.until("hello")
    bia = house.browser("bia")
    version = bia.get(f"/conversations/{talk}").json["version"]

    bia.post(f"/conversations/{talk}/take", {"version": version})

    told, id = about(caio, talk)
    assert told["kind"] == "conversation"
    assert told["actor"] == str(house.members["bia"])
    assert int(id) > 0


def test_another_team_hears_nothing_of_it(house, talk):
    davi, caio = house.browser("davi").listen(), house.browser("caio").listen()
    bia = house.browser("bia")
    version = bia.get(f"/conversations/{talk}").json["version"]
    bia.post(f"/conversations/{talk}/take", {"version": version})
    about(caio, talk)

    house.browser("ana").post("/flows", {"name": "Outro"})

    heard = [davi.until("change")]
    while heard[-1][1]["kind"] != "flow":
        heard.append(davi.until("change"))
    assert [told for _, told, _ in heard if told["kind"] in ("conversation", "message")] == []


def transfer_away(house, talk):
    """Ana gives it to the team geral, in which neither Bia nor Caio is."""
    ana = house.browser("ana")
    version = ana.get(f"/conversations/{talk}").json["version"]
    ana.post(f"/conversations/{talk}/transfer", {"version": version, "team": "geral"})


def test_who_loses_sight_of_a_conversation_is_told_the_id_they_knew_and_no_more(house, talk):
    caio = house.browser("caio").listen()
    caio.until("hello")

    transfer_away(house, talk)

    assert about(caio, talk)[0] == {"kind": "conversation", "id": talk, "conversation": talk}


def test_who_was_away_when_a_conversation_left_their_sight_hears_so_too(house, talk):
    caio = house.browser("caio")
    position = caio.listen().until("hello")[1]["position"]
    transfer_away(house, talk)

    resumed = caio.listen(last=position)

    assert about(resumed, talk)[0]["kind"] == "conversation"


def test_what_happens_after_a_conversation_has_left_is_not_told(house, talk):
    caio, davi = house.browser("caio").listen(), house.browser("davi")
    transfer_away(house, talk)
    version = davi.get(f"/conversations/{talk}").json["version"]
    davi.post(f"/conversations/{talk}/take", {"version": version})
    davi.post(f"/conversations/{talk}/notes", {"text": "Entre nós"})
    house.browser("ana").post("/flows", {"name": "Outro"})

    heard = changes_until_flow(caio)

    assert [told["kind"] for told in heard if told.get("conversation") == talk] == ["conversation"]


def test_who_types_is_told_to_colleagues_and_not_to_themselves(house, talk):
    bia, caio = house.browser("bia"), house.browser("caio")
    of_bia, of_caio = bia.listen(), caio.listen()

    heard = of_caio.after(lambda: bia.post(f"/conversations/{talk}/typing"), "typing")
    also = of_bia.after(lambda: caio.post(f"/conversations/{talk}/typing"), "typing")

    assert heard[1] == {"conversation": talk, "who": "Bia", "member": str(house.members["bia"])}
    assert also[1]["who"] == "Caio"


def test_another_account_hears_nothing(house, talk, other):
    stranger = other.browser("ana")
    stream = stranger.listen()
    stream.until("hello")
    house.send({"id": "m-9", "from": "renata", "text": "Oi"})
    house.work()

    stranger.post("/flows", {"name": "Nosso"})

    assert stream.until("change")[1]["kind"] == "flow"


def test_a_screen_resumes_where_it_broke_off(house, talk):
    bia = house.browser("bia")
    position = bia.listen().until("hello")[1]["position"]
    version = bia.get(f"/conversations/{talk}").json["version"]
    bia.post(f"/conversations/{talk}/take", {"version": version})

    resumed = bia.listen(last=position)

    told, id = about(resumed, talk)
    assert told["kind"] == "conversation"
    assert int(id) > position


def test_who_was_away_for_too_long_is_told_to_read_everything_anew(house, talk):
    bia = house.browser("bia")
    with house.unit() as unit:
        for _ in range(501):
            unit.live.tell("flow", {"id": "x"})

    assert bia.listen(last=1).until("hello")[1]["reset"] is True


def test_without_redis_screens_hear_all_the_same(app, house, talk):
    caio = house.browser("caio").listen()
    caio.until("hello")
    app.extensions[NAME].hints.close()
    with house.unit() as unit:
        unit.live.tell("flow", {"id": "quiet"})

    assert caio.until("change")[1] == {"kind": "flow", "id": "quiet"}


def test_events_that_commit_out_of_order_are_heard_once_each(app, house):
    bia = house.browser("bia").listen()
    bia.until("hello")
    first_is_in, go_on = threading.Event(), threading.Event()

    def slowly():
        with house.unit() as unit:
            unit.live.tell("flow", {"id": "began first"})
            first_is_in.set()
            go_on.wait(10)

    slow = threading.Thread(target=slowly)
    slow.start()
    first_is_in.wait(10)
    with house.unit() as unit:
        unit.live.tell("flow", {"id": "began last"})

    heard = [bia.until("change")]
    go_on.set()
    slow.join()
    heard.append(bia.until("change"))

    assert [told["id"] for _, told, _ in heard] == ["began last", "began first"]
    assert int(heard[0][2]) < int(heard[1][2])


def test_no_connection_is_held_while_screens_are_quiet(app, house):
    streams = [house.browser("bia").listen() for _ in range(5)]
    for stream in streams:
        stream.until("hello")

    assert least_in_use(app.extensions[NAME].engine) == 0


def test_proxies_are_told_not_to_gather(house):
    response = house.browser("bia").client.get("/api/v1/live")

    assert response.headers["X-Accel-Buffering"] == "no"
    assert response.mimetype == "text/event-stream"
    response.close()
