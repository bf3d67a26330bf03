"""Teams as a transfer dialog shows them: open or closed, who is there, how many wait."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api.shapes import Named, Shape
from builder_ui.auth import allowed, me
from builder_ui.units import reading
from flowengine.desk.teams import teams_now

teams = APIBlueprint("teams", __name__, tag="Teams")


class Teammate(Named):
    """A person of the team and the load on them."""

    presence: Literal["online", "away", "offline"]
    open_conversations: int
    capacity: int


class Team(Shape):
    """A team at this moment."""

    id: UUID
    slug: str
    name: str
    open: bool
    next_opening: datetime | None
    queued: int
    members: list[Teammate]


class Teams(Shape):
    """By name."""

    teams: list[Team]


@teams.get("/teams")
@allowed("see teams")
@teams.output(Teams)
def list_teams() -> Any:
    """All teams of the account."""
    with reading(me().account_id) as unit:
        now = teams_now(unit)
    return {
        "teams": [
            {
                "id": each.team.id,
                "slug": each.team.slug,
                "name": each.team.name,
                "open": each.open,
                "next_opening": each.next_opening,
                "queued": each.queued,
                "members": [
                    {
                        "id": mate.member_id,
                        "name": mate.name,
                        "presence": mate.presence,
                        "open_conversations": mate.open_conversations,
                        "capacity": mate.capacity,
                    }
                    for mate in each.members
                ],
            }
            for each in now
        ]
    }
