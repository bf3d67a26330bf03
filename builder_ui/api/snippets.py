"""Snippets: texts at hand for those who answer, one's own, a team's or everybody's."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, known, new_slug, note, there
from builder_ui.api.shapes import Body, Name, Shape, Text
from builder_ui.api.uses import Removal
from builder_ui.auth import MAY, allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid, NotAllowed
from flowengine.crm.uses import retire
from flowengine.store import snippets as store
from flowengine.store.unit import Unit

snippets = APIBlueprint("snippets", __name__, tag="Account")

VisibleTo = Literal["me", "team", "everyone"]
Saying = Annotated[Text, Field(min_length=1, max_length=4096)]


class NewSnippet(Body):
    """A snippet; without a slug it gets one from its name. `team` is that to which it is visible."""

    slug: NewSlug | None = None
    name: Name
    text: Saying
    visible_to: VisibleTo = "everyone"
    team: str | None = None


class ChangedSnippet(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    text: Saying = LEFT_OUT
    visible_to: VisibleTo = LEFT_OUT
    team: str | None = None


class Snippet(Shape):
    """A snippet as it is."""

    slug: str
    name: str
    text: str
    visible_to: VisibleTo
    team: str | None


class Snippets(Shape):
    """By name: those that one may use."""

    snippets: list[Snippet]


@snippets.get("/snippets")
@allowed("see texts")
@snippets.output(Snippets)
def list_snippets() -> Any:
    """Everybody's, one's own and those of one's teams."""
    with reading(me().account_id) as unit:
        mine = _teams(unit)
        seen = [each for each in unit.snippets.all() if _may_see(each, mine)]
        return {"snippets": [_shown(unit, each) for each in seen]}


@snippets.post("/snippets")
@allowed("see texts")
@snippets.input(NewSnippet)
@snippets.output(Snippet, status_code=201)
def create(json_data: NewSnippet) -> Any:
    """A new snippet. For oneself by whoever answers contacts; for others by who may edit texts."""
    new = json_data.model_dump(exclude={"slug"})
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.snippets.free)
        _may_write(json_data.visible_to)
        made = unit.snippets.add(slug, **_by_ids(unit, new))
        note(unit, "snippet", slug, "created")
        return _shown(unit, made)


@snippets.patch("/snippets/<slug>")
@allowed("see texts")
@snippets.input(ChangedSnippet)
@snippets.output(Snippet)
def change(slug: str, json_data: ChangedSnippet) -> Any:
    """Another text, or visible to others."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = _mine_to_write(unit, slug)
        _may_write(new.get("visible_to", now.visible_to))
        if not new:
            return _shown(unit, now)
        whole = {"visible_to": now.visible_to, "team": _shown(unit, now)["team"], **new}
        changed = there(unit.snippets.change(now.slug, **_by_ids(unit, whole)))
        note(unit, "snippet", now.slug, "changed", new)
        return _shown(unit, changed)


@snippets.delete("/snippets/<slug>")
@allowed("see texts")
@snippets.input(Removal, location="query")
@snippets.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; where it is used a successor takes its place, or it stays."""
    with writing(me().account_id) as unit:
        now = _mine_to_write(unit, slug)
        retire(unit, "snippet", now.slug, query_data.successor)
        unit.snippets.remove(now.slug)
        note(unit, "snippet", now.slug, "removed", successor=query_data.successor)
    return ""


def _teams(unit: Unit) -> frozenset[UUID]:
    return frozenset(each.team_id for each in unit.teams.memberships(me().member.id))


def _may_see(snippet: store.Snippet, teams: frozenset[UUID]) -> bool:
    match snippet.visible_to:
        case "me":
            return snippet.owner_id == me().member.id
        case "team":
            return snippet.team_id in teams or me().member.role in MAY["edit texts"]
    return True


def _mine_to_write(unit: Unit, slug: str) -> store.Snippet:
    """404 for what one may not see, 403 for what one may not write."""
    now = there(unit.snippets.named(slug), slug)
    if not _may_see(now, _teams(unit)):
        return there(None)
    _may_write(now.visible_to)
    return now


def _may_write(visible_to: str) -> None:
    role = me().member.role
    if role == "viewer" or visible_to != "me" and role not in MAY["edit texts"]:
        raise NotAllowed(f"the role {role} may write snippets for nobody but itself")


def _by_ids(unit: Unit, snippet: dict[str, Any]) -> dict[str, Any]:
    """Who sees it, as the store keeps it; 422 for a team's snippet without one."""
    rest = {name: value for name, value in snippet.items() if name != "team"}
    slug = snippet["team"]
    match snippet["visible_to"]:
        case "me":
            return {**rest, "team_id": None, "owner_id": me().member.id}
        case "team" if slug is None:
            raise Invalid("Which team is to see it?", detail={"pointer": "/team"})
        case "team":
            team = known(unit.teams.by_slug(slug), "/team", f"team {slug!r}")
            return {**rest, "team_id": team.id, "owner_id": None}
    return {**rest, "team_id": None, "owner_id": None}


def _shown(unit: Unit, snippet: store.Snippet) -> dict[str, Any]:
    team = unit.teams.get(snippet.team_id) if snippet.team_id else None
    return {
        "slug": snippet.slug,
        "name": snippet.name,
        "text": snippet.text,
        "visible_to": snippet.visible_to,
        "team": team.slug if team else None,
    }
