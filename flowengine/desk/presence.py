"""Who is at the desk: whoever has a screen open. Each change is told to the screens of their teams."""

from collections.abc import Collection
from uuid import UUID

from flowengine.store.members import Member
from flowengine.store.unit import Unit


def come(unit: Unit, member_ids: Collection[UUID]) -> list[UUID]:
    """A screen of theirs is open; those who were offline until now. Who is away stays so."""
    return _told(unit, unit.members.come(member_ids))


def leave(unit: Unit, member_ids: Collection[UUID]) -> list[UUID]:
    """Their last screen is gone; those who were not offline before."""
    return _told(unit, unit.members.leave(member_ids))


def choose(unit: Unit, member_id: UUID, presence: str) -> Member | None:
    """A person says so themselves: "online" or "away"."""
    member = unit.members.change(member_id, presence=presence)
    _told(unit, [member_id])
    return member


def _told(unit: Unit, member_ids: list[UUID]) -> list[UUID]:
    teams = [(team.team_id, id) for id in member_ids for team in unit.teams.memberships(id)]
    if teams:
        unit.live.tell_all([("team", {"id": str(team), "actor": str(id)}) for team, id in teams])
    return member_ids
