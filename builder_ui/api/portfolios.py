"""Portfolios: contacts that always go to one agent, or to the agents of some teams."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import BeforeValidator, Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, known, new_slug, note, there
from builder_ui.api.shapes import Body, Name, Shape, Slug
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid, NotFound
from flowengine.crm.uses import retire
from flowengine.store import portfolios as store
from flowengine.store.unit import Unit

portfolios = APIBlueprint("portfolios", __name__, tag="Account")

Kind = Literal["one", "several"]
TeamSlugs = Annotated[list[Slug], Field(max_length=100)]
Id = Annotated[UUID, BeforeValidator(lambda value: UUID(value) if isinstance(value, str) else value)]


class NewPortfolio(Body):
    """A portfolio; of one agent (`owner`) or of the agents of some teams."""

    slug: NewSlug | None = None
    name: Name
    kind: Kind = "one"
    owner: Slug | None = None
    teams: TeamSlugs = []


class ChangedPortfolio(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    kind: Kind = LEFT_OUT
    owner: Slug | None = None
    teams: TeamSlugs = LEFT_OUT


class Members(Body):
    """Contacts to put into it."""

    contacts: Annotated[list[Id], Field(min_length=1, max_length=1000)]


class Portfolio(Shape):
    """A portfolio as it is."""

    slug: str
    name: str
    kind: Kind
    owner: str | None = Field(description="A user's slug.")
    teams: list[str]
    contacts: int = Field(description="How many are in it.")


class Portfolios(Shape):
    """By name."""

    portfolios: list[Portfolio]


@portfolios.get("/portfolios")
@allowed("see account")
@portfolios.output(Portfolios)
def list_portfolios() -> Any:
    """All portfolios of the account."""
    with reading(me().account_id) as unit:
        return {"portfolios": [_shown(each) for each in unit.portfolios.all()]}


@portfolios.post("/portfolios")
@allowed("manage account")
@portfolios.input(NewPortfolio)
@portfolios.output(Portfolio, status_code=201)
def create(json_data: NewPortfolio) -> Any:
    """A new portfolio, with nobody in it yet."""
    new = json_data.model_dump()
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.portfolios.free)
        made = unit.portfolios.add(slug, name=json_data.name, kind=json_data.kind)
        _hand_to(unit, made, new)
        note(unit, "portfolio", slug, "created")
        return _shown(there(unit.portfolios.named(slug)))


@portfolios.patch("/portfolios/<slug>")
@allowed("manage account")
@portfolios.input(ChangedPortfolio)
@portfolios.output(Portfolio)
def change(slug: str, json_data: ChangedPortfolio) -> Any:
    """Another name, or other people."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.portfolios.named(slug), slug)
        if new:
            _hand_to(unit, now, {"kind": now.kind, "owner": now.owner, "teams": now.teams, **new})
            note(unit, "portfolio", now.slug, "changed", new)
        return _shown(there(unit.portfolios.named(now.slug)))


@portfolios.delete("/portfolios/<slug>")
@allowed("manage account")
@portfolios.input(Removal, location="query")
@portfolios.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it; its contacts go to the successor, or into none."""
    with writing(me().account_id) as unit:
        now = there(unit.portfolios.named(slug), slug)
        retire(unit, "portfolio", now.slug, query_data.successor)
        heir = unit.portfolios.named(query_data.successor) if query_data.successor else None
        unit.portfolios.hand_over(now.id, None if heir is None else heir.id)
        unit.portfolios.remove(now.id)
        note(unit, "portfolio", now.slug, "removed", successor=query_data.successor)
    return ""


@portfolios.post("/portfolios/<slug>/contacts")
@allowed("edit contacts")
@portfolios.input(Members)
@portfolios.output(Portfolio)
def put(slug: str, json_data: Members) -> Any:
    """Put contacts into it; who is in it already stays."""
    with writing(me().account_id) as unit:
        now = there(unit.portfolios.named(slug), slug)
        put = unit.portfolios.put(now.id, json_data.contacts)
        if put:
            note(unit, "portfolio", now.slug, "filled", contacts=put)
        return _shown(there(unit.portfolios.named(now.slug)))


@portfolios.delete("/portfolios/<slug>/contacts/<uuid:contact_id>")
@allowed("edit contacts")
@portfolios.output({}, status_code=204)
def take_out(slug: str, contact_id: UUID) -> Any:
    """Take a contact out of it."""
    with writing(me().account_id) as unit:
        now = there(unit.portfolios.named(slug), slug)
        if not unit.portfolios.take_out(now.id, contact_id):
            raise NotFound("The contact is not in it.")
        note(unit, "portfolio", now.slug, "emptied", contact=str(contact_id))
    return ""


def _hand_to(unit: Unit, portfolio: store.Portfolio, wanted: Mapping[str, Any]) -> None:
    """One agent, or the agents of teams."""
    if wanted["kind"] == "one" and wanted["owner"] is None:
        raise Invalid("Name the one whose portfolio it is.", detail={"pointer": "/owner"})
    if wanted["kind"] == "several" and not wanted["teams"]:
        raise Invalid("Name the teams that share it.", detail={"pointer": "/teams"})
    one = wanted["kind"] == "one"
    owner = known(unit.members.by_slug(wanted["owner"]), "/owner", "such user") if one else None
    teams = [
        known(unit.teams.by_slug(team), f"/teams/{place}", "such team").id for place, team in enumerate(wanted["teams"])
    ]
    name = wanted.get("name", portfolio.name)
    unit.portfolios.change(portfolio.id, name=name, kind=wanted["kind"], owner_id=None if owner is None else owner.id)
    unit.portfolios.set_teams(portfolio.id, [] if one else teams)


def _shown(portfolio: store.Portfolio) -> dict[str, Any]:
    return {
        "slug": portfolio.slug,
        "name": portfolio.name,
        "kind": portfolio.kind,
        "owner": portfolio.owner,
        "teams": portfolio.teams,
        "contacts": portfolio.contacts,
    }
