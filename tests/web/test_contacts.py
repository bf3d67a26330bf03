"""Contacts over the API: listed, looked at, changed, and by whom."""

from uuid import uuid4

import pytest


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


@pytest.fixture
def renata(house, ana):
    """The path of a contact in an account with tags and fields."""
    for name in ("VIP", "Frio"):
        assert ana.post("/tags", {"name": name}).status_code == 201
    ana.post("/fields", {"name": "Cidade", "type": "text"})
    ana.post("/fields", {"name": "CPF", "type": "text", "unique": True})
    house.send({"id": uuid4().hex, "from": "renata", "name": "Renata", "text": "Oi"})
    house.work()
    return f"/contacts/{ana.get('/contacts').json['contacts'][0]['id']}"


def patch(browser, path, body):
    return browser.post(path, body, method="PATCH")


def test_a_contact_is_changed_as_a_whole_and_shown(ana, renata):
    answer = patch(
        ana,
        renata,
        {
            "name": " Renata  Souza ",
            "phone": "(81) 98765-4321",
            "score": 7,
            "fields": {"cidade": "Recife"},
            "tags": {"add": ["vip"]},
            "consent": {"whatsapp": "in"},
            "owner": "bia",
        },
    )
    assert answer.status_code == 200, answer.text
    shown = ana.get(renata).json
    assert shown == answer.json
    assert (shown["name"], shown["phone"], shown["score"]) == ("Renata Souza", "+5581987654321", 7)
    assert (shown["fields"], shown["tags"], shown["consent"]) == ({"cidade": "Recife"}, ["vip"], {"whatsapp": "in"})
    assert shown["owner"] == {"slug": "bia", "name": "Bia"}
    assert [(each["source"], each["by"]["name"]) for each in shown["consents"]] == [("api", "Ana")]
    assert [each["external_id"] for each in shown["identities"]] == ["renata"]
    (row,) = ana.get("/contacts").json["contacts"]
    assert (row["name"], row["tags"], row["owner"]["slug"]) == ("Renata Souza", ["vip"], "bia")


def test_a_contact_has_the_conversations_that_one_may_see(ana, renata):
    (talk,) = ana.get(renata).json["conversations"]
    assert ana.get(f"/conversations/{talk['id']}").json["contact"]["conversations"] == [talk]


def test_null_clears(ana, renata):
    patch(ana, renata, {"fields": {"cidade": "Recife"}, "owner": "bia", "email": "r@example.com"})
    cleared = patch(ana, renata, {"fields": {"cidade": None}, "owner": None, "email": None}).json
    assert (cleared["fields"], cleared["owner"], cleared["email"]) == ({}, None, None)


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ({"email": "x"}, "/email"),
        ({"name": "Outra", "fields": {"unheard": "x"}}, "/fields/unheard"),
        ({"name": "Outra", "tags": {"add": ["unheard"]}}, "/tags/add"),
        ({"name": "Outra", "consent": {"fax": "in"}}, "/consent/fax"),
        ({"name": "Outra", "owner": "nobody"}, "/owner"),
    ],
)
def test_what_cannot_be_changes_nothing(ana, renata, wrong, pointer):
    answer = patch(ana, renata, wrong)
    assert answer.status_code == 422
    assert [each["pointer"] for each in answer.json["errors"]] == [pointer]
    assert ana.get(renata).json["name"] == "Renata"


def test_a_unique_value_is_one_contacts(ana, renata):
    assert patch(ana, renata, {"fields": {"cpf": "111"}}).status_code == 200
    answer = ana.post("/contacts", {"name": "Rui", "fields": {"cpf": "111"}})
    assert (answer.status_code, answer.json["code"]) == (409, "not_unique")
    assert answer.json["contact"] == renata.removeprefix("/contacts/")
    assert len(ana.get("/contacts").json["contacts"]) == 1


def test_somebody_is_added_by_hand_and_found_by_a_part_of_the_name(ana, renata):
    new = {"name": "Otávio 100%", "email": "ot@example.com", "phone": "(81) 98765-4321", "tags": {"add": ["frio"]}}
    made = ana.post("/contacts", new)
    assert made.status_code == 201, made.text
    assert made.json["tags"] == ["frio"]
    for words in ("OTÁVIO", "otavio 1", "ot@exam", "100%", "(81) 98765", "98765-43"):
        assert [row["name"] for row in ana.get("/contacts", q=words).json["contacts"]] == ["Otávio 100%"]
    assert ana.get("/contacts", q="1_0").json["contacts"] == []


def test_the_list_goes_on_where_a_page_ended(ana):
    for number in range(5):
        ana.post("/contacts", {"name": f"Nº {number}"})
    first = ana.get("/contacts", most=3).json
    second = ana.get("/contacts", most=3, cursor=first["next"]).json
    assert [row["name"] for row in first["contacts"] + second["contacts"]] == [f"Nº {n}" for n in (4, 3, 2, 1, 0)]
    assert second["next"] is None


def test_a_contact_is_known_on_several_channels(house, ana, renata):
    added = ana.post(f"{renata}/identities", {"channel": house.webchat.key, "external_id": "visitor-1"})
    assert added.status_code == 201, added.text
    told, other = added.json["identities"]
    assert (told["kind"], other["kind"]) == ("http", "webchat")
    again = ana.post(f"{renata}/identities", {"channel": house.webchat.key, "external_id": "visitor-1"})
    assert again.status_code == 409
    assert ana.delete(f"{renata}/identities/{other['id']}").status_code == 204
    assert ana.delete(f"{renata}/identities/{other['id']}").status_code == 404
    assert ana.delete(f"{renata}/identities/{told['id']}").status_code == 409


def test_a_note_says_who_wrote_it(ana, renata, house):
    note = house.browser("bia").post(f"{renata}/notes", {"text": "Prefere a tarde."})
    assert note.status_code == 201, note.text
    assert [(each["text"], each["by"]["name"]) for each in ana.get(renata).json["notes"]] == [
        ("Prefere a tarde.", "Bia")
    ]


def test_who_may_look_may_not_always_change(house, renata):
    eva = house.browser("eva")
    assert eva.get(renata).status_code == 200
    assert patch(eva, renata, {"name": "X"}).status_code == 403
    assert eva.post("/contacts", {"name": "X"}).status_code == 403


def test_another_account_knows_nothing_of_them(renata, other):
    stranger = other.browser("ana")
    assert stranger.get(renata).status_code == 404
    assert patch(stranger, renata, {"name": "X"}).status_code == 404
    assert stranger.post(f"{renata}/notes", {"text": "X"}).status_code == 404
    assert stranger.get("/contacts").json["contacts"] == []


def test_other_screens_hear_of_a_change(house, ana, renata):
    stream = house.browser("bia").listen()
    patch(ana, renata, {"name": "Outra"})
    told = stream.until("change")[1]
    assert (told["kind"], told["id"]) == ("contact", renata.removeprefix("/contacts/"))


def test_the_pane_beside_a_talk_shows_the_fields(house, ana, renata):
    patch(ana, renata, {"fields": {"cidade": "Recife"}})
    talk = house.queued()
    assert ana.get(f"/conversations/{talk}").json["contact"]["fields"] == {"cidade": "Recife"}


def test_who_sees_no_list_of_contacts_hears_of_none(house, ana, renata):
    with house.unit() as unit:
        unit.members.change(house.members["davi"], role="restricted")
    davi = house.browser("davi")
    assert davi.get("/contacts").status_code == 403
    stream = davi.listen()
    patch(ana, renata, {"name": "Outra"})
    ana.post("/tags", {"name": "Depois"})
    assert stream.until("change")[1]["kind"] == "account"


def test_a_person_is_handed_what_is_kept_of_them_and_forgotten(house, ana, renata):
    patch(ana, renata, {"phone": "(81) 98765-4321"})
    assert house.browser("bia").get(f"{renata}/export").status_code == 403
    handed = ana.get(f"{renata}/export")
    assert handed.json["profile"]["phone"] == "+5581987654321"
    assert [row["body"] for row in handed.json["records"]["message"] if row["author"] == "contact"] == [{"text": "Oi"}]
    assert handed.headers["Content-Disposition"].startswith("attachment")
    assert house.browser("bia").post(f"{renata}/erase").status_code == 403
    assert ana.post(f"{renata}/erase").json["erased"]["contact"] == 1
    gone = [ana.get(renata), ana.get(f"{renata}/export"), ana.post(f"{renata}/erase"), patch(ana, renata, {"score": 1})]
    assert [answer.status_code for answer in gone] == [404] * 4
    assert ana.get("/contacts").json["contacts"] == []
