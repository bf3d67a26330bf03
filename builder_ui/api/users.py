"""The people of the account, as documents and pickers name them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, Literal
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api.shapes import Shape
from builder_ui.auth import allowed, me
from builder_ui.units import reading

users = APIBlueprint("users", __name__, tag="Account")


class User(Shape):
    """A person of the account; the slug was made from the name once."""

    slug: str
    name: str
    role: str
    presence: Literal["online", "away", "offline"]
    teams: list[str]


class Users(Shape):
    """By name."""

    users: list[User]


@users.get("/users")
@allowed("see account")
@users.output(Users)
def list_users() -> Any:
    """All who work in the account, with the slugs of their teams."""
    with reading(me().account_id) as unit:
        places: dict[UUID, list[str]] = defaultdict(list)
        for team in unit.teams.all():
            for member in unit.teams.members(team.id):
                places[member.member_id].append(team.slug)
        return {
            "users": [
                {
                    "slug": each.slug,
                    "name": each.name,
                    "role": each.role,
                    "presence": each.presence,
                    "teams": sorted(places[each.id]),
                }
                for each in unit.members.all()
            ]
        }
