"""What is known of a team at this moment."""

from datetime import UTC, datetime, timedelta

from flowengine.desk.teams import facts_of_team, teams_now
from tests.offices import Office, talk

WEEKDAYS = {day: [["08:00", "18:00"]] for day in ("mon", "tue", "wed", "thu", "fri")}


def test_a_team_without_hours_is_always_open(office: Office):
    with office.at() as unit:
        assert all(team.open and team.next_opening is None for team in teams_now(unit))


def test_a_closed_team_says_when_it_opens_next(office: Office):
    with office.at() as unit:
        _set_hours(unit, office)
    with office.at(minutes=7 * 60) as unit:  # seven in the evening
        (sales,) = [now for now in teams_now(unit) if now.team.slug == "vendas"]
    assert (sales.open, sales.next_opening) == (False, datetime(2026, 11, 24, 11, tzinfo=UTC))


def test_a_holiday_of_the_country_is_a_closed_day(office: Office):
    christmas = (datetime(2026, 12, 25, 15, tzinfo=UTC) - datetime(2026, 11, 23, 15, tzinfo=UTC)) / timedelta(minutes=1)
    with office.at() as unit:
        _set_hours(unit, office, holidays=[{"country": "BR"}])
    with office.at(christmas) as unit:
        assert facts_of_team(unit, "vendas")["open"] is False


def test_a_team_has_its_own_hours_or_the_accounts(office: Office):
    with office.at() as unit:
        unit.hours.add("padrao", "Padrão", timezone="America/Sao_Paulo", week={}, is_account_default=True)
        _set_hours(unit, office)
        assert [(now.team.slug, now.open) for now in teams_now(unit)] == [("geral", False), ("vendas", True)]


def test_load_queue_and_presence_are_counted(office: Office):
    with office.at() as unit:
        unit.members.change(office.ana.id, presence="online", capacity=1)
        unit.members.change(office.bia.id, presence="online")
        unit.members.change(office.caio.id, presence="online")  # supervises, takes no part
        talk(unit, office, "a", state="open", owner_id=office.ana.id)
        talk(unit, office, "b", state="queued", team_id=office.sales.id, queued_at=unit.now)
        (sales,) = [now for now in teams_now(unit) if now.team.slug == "vendas"]
        facts = facts_of_team(unit, "vendas")
    assert (sales.queued, sales.waiting_since is not None, sales.available) == (1, True, 1)
    assert [(mate.name, mate.open_conversations) for mate in sales.members] == [("Ana", 1), ("Bia", 0), ("Caio", 0)]
    assert (facts["members"], facts["available"], facts["queued"]) == (3, 1, 1)


def test_who_only_looks_on_or_builds_is_no_help_to_a_team(office: Office):
    with office.at() as unit:
        unit.members.change(office.ana.id, role="viewer", presence="online")
        unit.members.change(office.bia.id, role="builder", presence="online")
        (sales,) = [now for now in teams_now(unit) if now.team.slug == "vendas"]
    assert ([mate.name for mate in sales.members], sales.available) == (["Caio"], 0)


def test_there_are_no_facts_of_a_team_that_does_not_exist(office: Office):
    with office.at() as unit:
        assert facts_of_team(unit, "nada") is None


def _set_hours(unit, office: Office, holidays=()) -> None:
    hours = unit.hours.add("vendas", "Vendas", timezone="America/Sao_Paulo", week=WEEKDAYS, holidays=holidays)
    unit.teams.change(office.sales.id, hours_id=hours.id)
