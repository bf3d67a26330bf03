"""Business hours: a week of spans, holidays, a time zone; the account's own and those of single teams."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, new_slug, note, there
from builder_ui.api.shapes import Body, Name, Shape, Text
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid
from flowengine.core.slugs import free_slug
from flowengine.crm.uses import InUse, OtherUse, Uses
from flowengine.desk.hours import must_be_hours
from flowengine.store import hours as store
from flowengine.store.unit import Unit

hours = APIBlueprint("hours", __name__, tag="Account")

Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-4]):[0-5]\d$")]
Spans = Annotated[list[Annotated[list[Clock], Field(min_length=2, max_length=2)]], Field(max_length=10)]
Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
Zone = Annotated[Text, Field(max_length=60)]


class Holiday(Body):
    """One date with its own spans (none: closed), or a whole country's calendar: {"country": "BR", "region": "SP"}."""

    date: Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None
    name: Annotated[Text, Field(max_length=200)] | None = None
    spans: Spans | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    region: Annotated[str, Field(pattern=r"^[A-Z0-9]{1,10}$")] | None = None


Holidays = Annotated[list[Holiday], Field(max_length=400)]


class NewHours(Body):
    """Hours; without a slug they get one from their name."""

    slug: NewSlug | None = None
    name: Name
    timezone: Zone = "America/Sao_Paulo"
    week: dict[Day, Spans]
    holidays: Holidays = []
    is_account_default: bool = False


class ChangedHours(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT
    timezone: Zone = LEFT_OUT
    week: dict[Day, Spans] = LEFT_OUT
    holidays: Holidays = LEFT_OUT
    is_account_default: bool = LEFT_OUT


class Hours(Shape):
    """Hours as they are."""

    slug: str
    name: str
    timezone: str
    week: dict[str, list[list[str]]]
    holidays: list[str | dict[str, Any]]
    is_account_default: bool


class AllHours(Shape):
    """By name."""

    hours: list[Hours]


@hours.get("/hours")
@allowed("see account")
@hours.output(AllHours)
def list_hours() -> Any:
    """All hours of the account."""
    with reading(me().account_id) as unit:
        return {"hours": [_shown(each) for each in unit.hours.all()]}


@hours.post("/hours")
@allowed("manage account")
@hours.input(NewHours)
@hours.output(Hours, status_code=201)
def create(json_data: NewHours) -> Any:
    """New hours. The account's default hold where a team has none of its own."""
    week, holidays = json_data.model_dump()["week"], _as_data(json_data.holidays)
    must_be_hours(json_data.timezone, week, holidays)
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, lambda slug: free_slug(slug, _is_taken(unit)))
        if _is_taken(unit)(slug):
            raise Invalid(f"the slug {slug!r} is taken", detail={"pointer": "/slug"})
        made = unit.hours.add(slug, json_data.name, timezone=json_data.timezone, week=week, holidays=holidays)
        if json_data.is_account_default:
            unit.hours.make_account_default(made.id)
        note(unit, "hours", slug, "created")
        return _shown(there(unit.hours.get(made.id)))


@hours.patch("/hours/<slug>")
@allowed("manage account")
@hours.input(ChangedHours)
@hours.output(Hours)
def change(slug: str, json_data: ChangedHours) -> Any:
    """Other spans, holidays …; teams and flows go by them at once."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.hours.by_slug(slug))
        holidays = now.holidays if json_data.holidays is None else _as_data(json_data.holidays)
        timezone, week = new.get("timezone", now.timezone), new.get("week", now.week)
        must_be_hours(timezone, week, holidays)
        unit.hours.set(now.id, timezone=timezone, week=week, holidays=holidays)
        if "name" in new:
            unit.hours.rename(now.id, new["name"])
        if new.get("is_account_default", now.is_account_default) != now.is_account_default:
            unit.hours.make_account_default(now.id if new["is_account_default"] else None)
        note(unit, "hours", slug, "changed", new)
        return _shown(there(unit.hours.get(now.id)))


@hours.delete("/hours/<slug>")
@allowed("manage account")
@hours.input(Removal, location="query")
@hours.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove them; where teams or the account go by them a successor takes their place, or they stay."""
    with writing(me().account_id) as unit:
        now = there(unit.hours.by_slug(slug))
        to = _successor(unit, now, query_data.successor)
        if to is not None and now.is_account_default:
            unit.hours.make_account_default(to.id)
        unit.hours.remove(now.id, None if to is None else to.id)
        note(unit, "hours", slug, "removed", successor=query_data.successor)
    return ""


def _successor(unit: Unit, now: store.Hours, slug: str | None) -> store.Hours | None:
    if slug is not None:
        to = unit.hours.by_slug(slug)
        if to is None or to.id == now.id:
            raise Invalid(f"{slug!r} cannot take their place.", detail={"pointer": "/successor"})
        return to
    users = [OtherUse("team", team.slug, team.name) for team in unit.teams.all() if team.hours_id == now.id]
    if now.is_account_default:
        users.append(OtherUse("account", "", unit.accounts.read().name))
    if users:
        uses = Uses((), tuple(users))
        raise InUse("They are in use; name a successor.", detail={"uses": uses.as_data()})
    return None


def _is_taken(unit: Unit) -> Any:
    return lambda slug: unit.hours.by_slug(slug) is not None


def _as_data(holidays: list[Holiday]) -> list[dict[str, Any]]:
    """As the core reads them; 422 for one that says neither a date nor a country, or both."""
    for place, each in enumerate(holidays):
        if (each.date is None) == (each.country is None):
            raise Invalid("a holiday has a date or a country", detail={"pointer": f"/holidays/{place}"})
    return [each.model_dump(exclude_none=True) for each in holidays]


def _shown(hours: store.Hours) -> dict[str, Any]:
    return {name: getattr(hours, name) for name in Hours.model_fields}
