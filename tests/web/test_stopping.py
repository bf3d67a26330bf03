"""A flow is stopped: nobody begins it, who is in it goes on, ends, or goes to the default team."""

from uuid import uuid4

import pytest


@pytest.fixture
def ana(house):
    return house.browser("ana")


def stop(house, ana, stopped=True):
    answer = ana.put(f"/flows/{house.flow}/stopped", {"stopped": stopped})
    assert answer.status_code == 200, answer.text
    return answer.json["stopped_at"]


def present(house, ana):
    return ana.get(f"/flows/{house.flow}/people").json["runs"]


def conversation(house, sender):
    with house.unit() as unit:
        identity = unit.contacts.identity(house.http.id, sender)
        return unit.conversations.latest(identity.contact_id, house.http.id)


def test_nobody_begins_a_stopped_flow_and_who_is_in_it_goes_on(house, ana):
    house.talk("renata", "Oi")

    assert stop(house, ana) is not None

    house.talk("otto", "Oi")
    assert (present(house, ana), conversation(house, "otto").state) == (1, "queued")
    house.talk("renata", "2")
    assert (present(house, ana), conversation(house, "renata").state) == (0, "finished")


def test_it_begins_again_where_it_was_bound(house, ana):
    stop(house, ana)
    assert ana.get(f"/flows/{house.flow}").json["stopped_at"] is not None
    assert [row["stopped_at"] is not None for row in ana.get("/flows").json["flows"]] == [True]

    assert stop(house, ana, stopped=False) is None

    house.talk("otto", "Oi")
    assert present(house, ana) == 1
    assert len(ana.get(f"/flows/{house.flow}").json["channels"]) == 2


def test_a_flow_that_stands_still_stays_so_when_it_is_published(house, ana):
    stop(house, ana)
    order = {"revision": 1, "accept_warnings": True}
    assert ana.post(f"/flows/{house.flow}/versions", order).status_code == 201
    assert ana.get(f"/flows/{house.flow}").json["stopped_at"] is not None


def test_everybody_goes_to_the_default_team_and_who_talks_with_people_stays_there(house, ana):
    house.talk("renata", "Oi")
    waiting = house.queued("otto")

    answer = ana.post(f"/flows/{house.flow}/people/stop", {"then": "default_team"})

    assert answer.json == {"stopped": 2, "more": False}
    with house.unit() as unit:
        teams = {team.slug: team.id for team in unit.teams.all()}
        kept = unit.conversations.get(waiting)
    given = conversation(house, "renata")
    assert (given.state, given.team_id, given.floor_run_id) == ("queued", teams["geral"], None)
    assert (kept.state, kept.team_id) == ("queued", teams["vendas"])
    assert present(house, ana) == 0


def test_what_is_said_after_the_hand_over_is_for_people(house, ana):
    house.talk("renata", "Oi")
    ana.post(f"/flows/{house.flow}/people/stop", {"then": "default_team"})
    before = len(house.fetch().json["messages"])

    house.talk("renata", "2")

    assert (len(house.fetch().json["messages"]), conversation(house, "renata").state) == (before, "queued")


def test_only_those_who_edit_flows_stop_them(house, ana):
    assert house.browser("bia").put(f"/flows/{house.flow}/stopped", {"stopped": True}).status_code == 403
    assert ana.put(f"/flows/{uuid4()}/stopped", {"stopped": True}).status_code == 404
