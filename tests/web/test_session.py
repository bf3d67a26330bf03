"""Signing in and out: who may enter, and what a browser must show for each write."""

from tests.web.conftest import PASSWORD, Browser


def test_a_person_signs_in_and_is_known(house):
    bia = house.browser("bia")

    session = bia.get("/session").json

    assert session["user"]["email"] == house.email("bia")
    assert session["account"] | {"id": ""} == {
        "id": "", "slug": "casa", "name": "Casa", "language": "pt-BR", "timezone": "America/Sao_Paulo",
    }  # fmt: skip
    assert session["member"]["presence"] == "online"
    assert session["member"]["teams"] == [{"slug": "vendas", "name": "Vendas", "agent": True, "supervisor": False}]
    assert session["webchat"] == {"key": house.webchat.key}


def test_a_wrong_password_and_an_unknown_person_are_told_alike(house):
    browser = Browser(house.app.test_client())

    wrong = browser.post("/session", {"email": house.email("bia"), "password": "guess"})
    unknown = browser.post("/session", {"email": "nobody@casa.example", "password": "guess"})

    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json == unknown.json


def test_many_wrong_passwords_are_refused_for_a_while(house):
    browser = Browser(house.app.test_client())

    statuses = [
        browser.post("/session", {"email": house.email("bia"), "password": "guess"}).status_code for _ in range(11)
    ]

    assert statuses == [401] * 10 + [429]
    right = browser.post("/session", {"email": house.email("bia"), "password": PASSWORD})
    assert right.status_code == 429
    assert right.json["code"] == "too_many_requests"


def test_nobody_reads_without_signing_in(house):
    browser = Browser(house.app.test_client())

    assert [
        browser.get(path).status_code
        for path in ("/session", "/flows", "/conversations", "/teams", "/references", "/node-types", "/live")
    ] == [401] * 7


def test_a_write_without_the_csrf_token_changes_nothing(house):
    bia = house.browser("bia")
    bia.csrf = None

    answer = bia.post("/session", {"presence": "away"}, method="PATCH")

    assert (answer.status_code, answer.json["code"]) == (403, "csrf")
    assert bia.get("/session").json["member"]["presence"] == "online"


def test_a_token_of_another_session_does_not_count(house):
    bia, caio = house.browser("bia"), house.browser("caio")
    bia.csrf = caio.csrf

    assert bia.post("/session", {"presence": "away"}, method="PATCH").json["code"] == "csrf"


def test_a_person_sets_language_and_presence(house):
    bia = house.browser("bia")

    session = bia.post("/session", {"language": "en", "presence": "away"}, method="PATCH").json

    assert (session["user"]["language"], session["member"]["presence"]) == ("en", "away")


def test_whoever_signed_out_is_out(house):
    bia = house.browser("bia")

    assert bia.delete("/session").status_code == 204
    assert bia.get("/session").status_code == 401


def test_signing_out_ends_the_other_sessions_too(house):
    desk, phone, caio = house.browser("bia"), house.browser("bia"), house.browser("caio")

    desk.delete("/session")

    assert phone.get("/session").status_code == 401
    assert caio.get("/session").status_code == 200
    assert house.browser("bia").get("/session").status_code == 200


def test_a_copy_of_the_cookie_opens_nothing_after_signing_out(house):
    bia = house.browser("bia")
    copy = bia.client.get_cookie("flowengine").value

    bia.delete("/session")

    thief = house.app.test_client()
    thief.set_cookie("flowengine", copy)
    assert thief.get("/api/v1/session").status_code == 401


def test_the_screens_of_an_ended_session_hear_nothing_more(house):
    phone = house.browser("bia").listen()
    phone.until("hello")

    house.browser("bia").delete("/session")

    assert phone.ended.wait(10)


def test_a_session_that_begins_later_keeps_its_screens(house):
    house.browser("bia").delete("/session")
    bia = house.browser("bia")
    stream = bia.listen()
    stream.until("hello")

    house.browser("caio").delete("/session")
    house.browser("ana").post("/flows", {"name": "Outro"})

    assert stream.until("change")[0] == "change"
    assert not stream.ended.is_set()


def test_a_changed_password_ends_all_sessions_but_ones_own(house):
    desk, phone = house.browser("bia"), house.browser("bia")

    changed = desk.put("/session/password", {"old": PASSWORD, "new": "a better one, I think"})

    assert changed.status_code == 204
    assert phone.get("/session").status_code == 401
    assert desk.get("/session").status_code == 200
    fresh = Browser(house.app.test_client())
    assert fresh.post("/session", {"email": house.email("bia"), "password": PASSWORD}).status_code == 401
    again = fresh.post("/session", {"email": house.email("bia"), "password": "a better one, I think"})
    assert again.status_code == 200


def test_a_password_is_not_changed_by_who_does_not_know_it(house):
    bia, phone = house.browser("bia"), house.browser("bia")

    answer = bia.put("/session/password", {"old": "guess", "new": "a better one, I think"})

    assert (answer.status_code, answer.json["code"]) == (422, "wrong_password")
    assert phone.get("/session").status_code == 200


def test_whoever_was_removed_is_out_at_once(house):
    bia = house.browser("bia")
    with house.unit() as unit:
        unit.members.remove(house.members["bia"])

    assert bia.get("/conversations").status_code == 401


def test_the_cookie_is_for_the_browser_alone(house):
    client = house.app.test_client()

    cookie = client.get("/api/v1/csrf").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_what_people_do_is_on_record(house):
    house.browser("bia")

    with house.unit() as unit:
        entry = unit.audit.latest()[0]
    assert (entry.what, entry.member_id) == ("signed_in", house.members["bia"])


def test_a_body_is_read_strictly(house):
    browser = Browser(house.app.test_client())

    answer = browser.post("/session", {"email": 7, "admin": True})

    assert answer.status_code == 422
    assert answer.mimetype == "application/problem+json"
    assert [error["pointer"] for error in answer.json["errors"]] == ["/email", "/password", "/admin"]
