"""Teams and business hours over the API: set up, changed, and never gone without somebody to go on."""

import pytest


@pytest.fixture
def ana(house):
    """An administrator's browser."""
    return house.browser("ana")


def patch(browser, path, body):
    return browser.post(path, body, method="PATCH")


def test_a_team_in_use_goes_only_with_a_successor(house, ana):
    refused = ana.delete("/teams/vendas")
    assert (refused.status_code, refused.json["code"]) == (409, "in_use")
    assert [flow["key"] for flow in refused.json["uses"]["flows"]] == ["bot"]
    assert ana.delete("/teams/vendas?successor=vendas").status_code == 422
    assert ana.delete("/teams/vendas?successor=nowhere").status_code == 422
    conversation = house.queued()
    ana.post("/teams", {"name": "Comercial", "members": [{"user": "bia"}]})

    assert ana.delete("/teams/vendas?successor=comercial").status_code == 204

    with house.unit() as unit:
        assert unit.teams.get(unit.conversations.get(conversation).team_id).slug == "comercial"
    findings = ana.get(f"/flows/{house.flow}").json["findings"]
    assert [each for each in findings if each["severity"] == "error"] == []
    teams = {each["slug"]: each["alias_of"] for each in ana.get("/references").json["team"]}
    assert teams == {"geral": None, "comercial": None, "vendas": "comercial"}


def test_a_flow_that_names_an_old_slug_hands_over_to_the_successor(house, ana):
    ana.post("/teams", {"name": "Comercial", "members": [{"user": "bia"}]})
    ana.delete("/teams/vendas?successor=comercial")

    conversation = house.queued("novo")

    with house.unit() as unit:
        handed = unit.conversations.get(conversation)
        assert (handed.state, unit.teams.get(handed.team_id).slug) == ("queued", "comercial")


def test_a_talk_that_reopens_goes_on_in_the_team_that_is_there(house, ana):
    conversation = house.queued()
    with house.unit() as unit:
        now = unit.conversations.get(conversation)
        unit.conversations.change(
            now, state="finished", finished_at=unit.now, finished_by=house.members["bia"], owner_id=None, handoff=None
        )
    ana.post("/teams", {"name": "Comercial", "members": [{"user": "caio"}]})
    ana.delete("/teams/vendas?successor=comercial")

    house.send({"id": "again", "from": "renata", "text": "Mais uma pergunta sobre o pedido"})
    house.work()

    with house.unit() as unit:
        again = unit.conversations.get(conversation)
        assert (again.state, unit.teams.get(again.team_id).slug) == ("queued", "comercial")


def test_there_is_always_a_default_team(ana):
    assert ana.delete("/teams/geral?successor=vendas").json["code"] == "default_team"
    assert patch(ana, "/teams/geral", {"is_default": False}).status_code == 409
    assert patch(ana, "/teams/vendas", {"is_default": True}).json["is_default"] is True
    assert ana.get("/teams/geral/settings").json["is_default"] is False
    assert ana.delete("/teams/geral?successor=vendas").status_code == 204


def test_the_members_of_a_team_are_those_that_are_named(ana):
    wanted = [{"user": "davi", "agent": False, "supervisor": True}, {"user": "bia"}]
    changed = patch(ana, "/teams/vendas", {"members": wanted}).json
    assert changed["members"] == [
        {"user": "bia", "name": "Bia", "agent": True, "supervisor": False},
        {"user": "davi", "name": "Davi", "agent": False, "supervisor": True},
    ]
    assert {each["slug"]: each["teams"] for each in ana.get("/users").json["users"]}["davi"] == ["geral", "vendas"]
    assert patch(ana, "/teams/vendas", {"members": [{"user": "nobody"}]}).status_code == 422
    assert patch(ana, "/teams/vendas", {"members": [{"user": "bia", "agent": False}]}).status_code == 422


def test_hours_in_use_go_only_with_a_successor(ana):
    for slug in ("semana", "plantao"):
        ana.post("/hours", {"slug": slug, "name": slug, "week": {"mon": [["08:00", "18:00"]]}})
    patch(ana, "/teams/vendas", {"hours": "semana"})
    refused = ana.delete("/hours/semana")
    assert refused.json["uses"]["others"] == [{"kind": "team", "slug": "vendas", "name": "Vendas"}]
    assert ana.delete("/hours/semana?successor=plantao").status_code == 204
    assert ana.get("/teams/vendas/settings").json["hours"] == "plantao"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("week", {"mon": [["18:00", "08:00"]]}),
        ("week", {"mon": [["08:00", "25:00"]]}),
        ("week", {"monday": []}),
        ("holidays", [{"date": "2026-02-30"}]),
        ("holidays", [{"country": "ZZ"}]),
        ("holidays", [{"country": "BR", "region": "QQ"}]),
        ("holidays", [{}]),
    ],
)
def test_hours_that_nobody_can_keep_are_refused(ana, field, wrong):
    new = {"name": "Horas", "week": {"mon": [["08:00", "18:00"]]}, field: wrong}
    assert ana.post("/hours", new).status_code == 422


def test_a_holiday_of_the_country_and_one_of_the_house_are_kept(ana):
    holidays = [
        {"country": "BR", "region": "SP"},
        {"date": "2026-12-24", "name": "Véspera", "spans": [["08:00", "12:00"]]},
    ]
    made = ana.post("/hours", {"name": "Horas", "week": {}, "holidays": holidays, "is_account_default": True})
    assert (made.json["holidays"], made.json["is_account_default"]) == (holidays, True)
    assert all(not team["open"] for team in ana.get("/teams").json["teams"])
