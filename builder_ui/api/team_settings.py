"""Teams as an administrator sets them up: access, hours, texts, members, and which takes what nobody else can."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, known, new_slug, note, there
from builder_ui.api.shapes import Body, Name, Shape, Text
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Conflict, Invalid
from flowengine.core.slugs import free_slug
from flowengine.crm.uses import retire
from flowengine.desk.people import person_of
from flowengine.desk.retiring import retire_team
from flowengine.store import teams as store
from flowengine.store.unit import Unit

team_settings = APIBlueprint("team_settings", __name__, tag="Teams")

Access = Literal["everyone", "team", "agent"]
TextKey = Literal["closed", "busy"]
Saying = Annotated[Text, Field(max_length=4096)]


class TeamMember(Body):
    """A person of the team by their slug: who answers, who leads, or both."""

    user: str
    agent: bool = True
    supervisor: bool = False


Members = Annotated[list[TeamMember], Field(max_length=1000)]


class NewTeam(Body):
    """A team; without a slug it gets one from its name. `hours` by their slug; null: the account's."""

    slug: NewSlug | None = None
    name: Name
    access: Access = "team"
    hours: str | None = None
    texts: dict[TextKey, Saying] = {}
    members: Members = []
    is_default: bool = False


class ChangedTeam(Body):
    """What is to be different; the slug never is. `members` are all of them."""

    name: Name = LEFT_OUT
    access: Access = LEFT_OUT
    hours: str | None = None
    texts: dict[TextKey, Saying] = LEFT_OUT
    members: Members = LEFT_OUT
    is_default: bool = LEFT_OUT


class MemberRow(Shape):
    """A person of the team."""

    user: str
    name: str
    agent: bool
    supervisor: bool


class TeamSettings(Shape):
    """A team as it is set up. `texts` are what a contact is told."""

    slug: str
    name: str
    access: Access
    hours: str | None
    texts: dict[str, str]
    members: list[MemberRow]
    is_default: bool


@team_settings.get("/teams/<slug>/settings")
@allowed("see account")
@team_settings.output(TeamSettings)
def read(slug: str) -> Any:
    """How a team is set up."""
    with reading(me().account_id) as unit:
        return _shown(unit, there(unit.teams.by_slug(slug)))


@team_settings.post("/teams")
@allowed("manage account")
@team_settings.input(NewTeam)
@team_settings.output(TeamSettings, status_code=201)
def create(json_data: NewTeam) -> Any:
    """A new team."""
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, lambda wanted: free_slug(wanted, unit.teams.has_slug))
        if unit.teams.has_slug(slug):
            raise Conflict(f"the slug {slug!r} is taken", detail={"pointer": "/slug", "slug": slug})
        made = unit.teams.add(slug, json_data.name, access=json_data.access, texts=json_data.model_dump()["texts"])
        _set(unit, made, json_data.model_dump(include={"hours", "members", "is_default"}))
        _note(unit, made, "created")
        return _shown(unit, there(unit.teams.get(made.id)))


@team_settings.patch("/teams/<slug>")
@allowed("manage account")
@team_settings.input(ChangedTeam)
@team_settings.output(TeamSettings)
def change(slug: str, json_data: ChangedTeam) -> Any:
    """Set it up otherwise; there is always one default team, so that is changed by making another the default."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.teams.by_slug(slug), slug)
        if new.get("is_default") is False and now.is_default:
            raise Conflict("Make another team the default instead.", detail={"pointer": "/is_default"})
        own = {name: value for name, value in new.items() if name in ("name", "access", "texts")}
        if own:
            unit.teams.change(now.id, **own)
        _set(unit, now, new)
        _note(unit, now, "changed", new)
        return _shown(unit, there(unit.teams.get(now.id)))


@team_settings.delete("/teams/<slug>")
@allowed("manage account")
@team_settings.input(Removal, location="query")
@team_settings.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Its talks, channels and snippets go to the successor, else to the default team, which itself cannot go."""
    with writing(me().account_id) as unit:
        now = there(unit.teams.by_slug(slug), slug)
        if now.is_default:
            raise Conflict("The default team cannot go; make another one the default first.", code="default_team")
        retire(unit, "team", now.slug, query_data.successor)
        to = unit.teams.by_slug(query_data.successor) if query_data.successor else None
        by = person_of(unit, me().member)
        retire_team(unit, now, to or unit.teams.default(), by, where_done="api")
        _note(unit, now, "removed", successor=query_data.successor)
    return ""


def _set(unit: Unit, team: store.Team, new: dict[str, Any]) -> None:
    """Hours, members and whether it is the default, where they are given."""
    if "hours" in new:
        slug = new["hours"]
        hours = None if slug is None else known(unit.hours.by_slug(slug), "/hours", f"hours {slug!r}")
        unit.teams.change(team.id, hours_id=None if hours is None else hours.id)
    if "members" in new:
        _put_members(unit, team, new["members"])
    if new.get("is_default"):
        unit.teams.make_default(team.id)


def _put_members(unit: Unit, team: store.Team, wanted: list[dict[str, Any]]) -> None:
    """These and nobody else; 422 for a person who is not there, or who would do nothing in the team."""
    people = {member.slug: member for member in unit.members.all()}
    stay = set()
    for place, each in enumerate(wanted):
        person = known(people.get(each["user"]), f"/members/{place}/user", f"person {each['user']!r}")
        if not each["agent"] and not each["supervisor"]:
            raise Invalid("Who neither answers nor leads is not of the team.", detail={"pointer": f"/members/{place}"})
        unit.teams.put_member(team.id, person.id, agent=each["agent"], supervisor=each["supervisor"])
        stay.add(person.id)
    for member in unit.teams.members(team.id):
        if member.member_id not in stay:
            unit.teams.take_off(team.id, member.member_id)


def _note(unit: Unit, team: store.Team, what: str, changed: Any = (), **data: Any) -> None:
    note(unit, "team", team.slug, what, changed, **data)
    unit.live.tell("team", {"id": str(team.id), "actor": str(me().member.id)})


def _shown(unit: Unit, team: store.Team) -> dict[str, Any]:
    hours = unit.hours.get(team.hours_id) if team.hours_id else None
    return {
        "slug": team.slug,
        "name": team.name,
        "access": team.access,
        "hours": hours.slug if hours else None,
        "texts": team.texts,
        "members": [
            {"user": each.slug, "name": each.name, "agent": each.agent, "supervisor": each.supervisor}
            for each in unit.teams.members(team.id)
        ],
        "is_default": team.is_default,
    }
