"""Teams as they are at this moment: open or closed, who is there, how many wait."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.desk.hours import opening
from flowengine.store.hours import Hours
from flowengine.store.teams import Team, Teammate
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class TeamNow:
    """`next_opening` is None while open; `waiting_since` is when the first in the queue came."""

    team: Team
    open: bool
    next_opening: datetime | None
    queued: int
    waiting_since: datetime | None
    members: tuple[Teammate, ...]

    @property
    def available(self) -> int:
        """How many are online and take no more than they can."""
        return sum(
            1
            for mate in self.members
            if mate.agent and mate.presence == "online" and mate.open_conversations < mate.capacity
        )


def teams_now(unit: Unit) -> list[TeamNow]:
    """Every team, by name: what a transfer dialog shows."""
    hours = {each.id: each for each in unit.hours.all()}
    usual = next((each for each in hours.values() if each.is_account_default), None)
    queues = {queue.team_id: queue for queue in unit.teams.queues()}
    people: dict[UUID, list[Teammate]] = defaultdict(list)
    for mate in unit.teams.teammates():
        people[mate.team_id].append(mate)
    return [
        _now(unit, team, _hours_of(team, hours, usual), queues.get(team.id), people[team.id])
        for team in unit.teams.all()
    ]


def facts_of_team(unit: Unit, slug: str) -> dict[str, Any] | None:
    """What a flow may know of a team; None where there is no such team."""
    team = unit.teams.by_slug(slug) if slug else unit.teams.default()
    if team is None:
        return None
    queue = next((each for each in unit.teams.queues() if each.team_id == team.id), None)
    now = _now(unit, team, unit.hours.of_team(team.slug), queue, unit.teams.teammates(team.id))
    return {
        "slug": team.slug,
        "name": team.name,
        "open": now.open,
        "next_opening": None if now.next_opening is None else now.next_opening.isoformat(),
        "members": len(now.members),
        "available": now.available,
        "queued": now.queued,
        "texts": team.texts,
    }


def _now(unit: Unit, team: Team, hours: Hours | None, queue: Any, people: list[Teammate]) -> TeamNow:
    is_open, opens = opening(hours, unit.now)
    return TeamNow(
        team=team,
        open=is_open,
        next_opening=opens,
        queued=0 if queue is None else queue.queued,
        waiting_since=None if queue is None else queue.waiting_since,
        members=tuple(people),
    )


def _hours_of(team: Team, hours: dict[UUID, Hours], usual: Hours | None) -> Hours | None:
    return usual if team.hours_id is None else hours.get(team.hours_id, usual)
