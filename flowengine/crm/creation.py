"""Creates a thing of an account from its definition, as a bundle carries it (schemas/bundle.schema.json)."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from holidays import list_supported_countries

from flowengine.core.bundle import Definition, Key
from flowengine.core.errors import Invalid
from flowengine.core.hours import read_hours
from flowengine.core.slugs import free_slug
from flowengine.crm.segments import readable
from flowengine.store.unit import Unit

Data = Mapping[str, Any]

# What a definition may leave out.
PLAIN_TEMPLATE: Data = {
    **{"language": "pt-BR", "category": "utility", "header": "", "footer": ""},
    **{"buttons": [], "parameters": []},
}


def create(unit: Unit, key: Key, definition: Definition) -> None:
    """The thing under its slug; Conflict where that is taken, Invalid for a definition that cannot be here."""
    kind, slug = key
    _CREATE[kind](unit, slug, definition.data)


def _tag(unit: Unit, slug: str, data: Data) -> None:
    unit.tags.add(slug, name=data["name"], color=data["color"])


def _field(of: str) -> Callable[[Unit, str, Data], None]:
    def make(unit: Unit, slug: str, data: Data) -> None:
        _all_different(data.get("choices", ()), f"the field {slug!r}")
        rest = {name: value for name, value in data.items() if name not in ("name", "type")}
        unit.fields.add(of, slug, data["name"], data["type"], **rest)

    return make


def _constant(unit: Unit, slug: str, data: Data) -> None:
    unit.constants.add(slug, **{"description": "", **data})


def _reason(unit: Unit, slug: str, data: Data) -> None:
    unit.reasons.add(slug, **data)


def _portfolio(unit: Unit, slug: str, data: Data) -> None:
    unit.portfolios.add(slug, name=data["name"], kind=data["kind"])


def _team(unit: Unit, slug: str, data: Data) -> None:
    """Without people: whoever administers the account puts them in; the checker says so meanwhile."""
    hours = data.get("hours")
    team = unit.teams.add(slug, data["name"], access=data["access"], texts=dict(data.get("texts", {})))
    if hours:
        unit.teams.change(team.id, hours_id=_hours(unit, hours))


def _hours(unit: Unit, data: Data) -> Any:
    """Hours of this slug that are the same are used; else these are new ones."""
    there = unit.hours.by_slug(data["slug"])
    if there and (there.timezone, there.week, there.holidays) == (data["timezone"], data["week"], data["holidays"]):
        return there.id
    read_hours(data)
    known = list_supported_countries()
    for entry in data["holidays"]:
        country, region = (entry.get("country"), entry.get("region")) if isinstance(entry, dict) else (None, None)
        if country and (country not in known or (region and region not in known[country])):
            raise Invalid(f"no holidays are known of {country} {region or ''}".strip())
    slug = free_slug(data["slug"], lambda wanted: unit.hours.by_slug(wanted) is not None)
    made = unit.hours.add(slug, data["name"], timezone=data["timezone"], week=data["week"], holidays=data["holidays"])
    return made.id


def _pipeline(unit: Unit, slug: str, data: Data) -> None:
    _all_different(data["stages"], f"the pipeline {slug!r}")
    made = unit.pipelines.add(slug, name=data["name"])
    unit.pipelines.put_stages(made.id, data["stages"])


def _stage(unit: Unit, slug: str, data: Data) -> None:
    """At the end of its pipeline, unless that was created with it."""
    pipeline, _, name = slug.partition("/")
    there = unit.pipelines.named(pipeline)
    if there is None:
        raise Invalid(f"there is no pipeline {pipeline!r} for the stage {name!r}")
    stages = [
        {"slug": each.slug, "name": each.name, "kind": each.kind, "probability": each.probability}
        for each in unit.pipelines.stages().get(there.id, ())
    ]
    if all(each["slug"] != name for each in stages):
        unit.pipelines.put_stages(there.id, [*stages, {"slug": name, **data}])


def _template(unit: Unit, slug: str, data: Data) -> None:
    """A draft: what a provider approved elsewhere is not approved here."""
    unit.templates.add(slug, **{**PLAIN_TEMPLATE, **data, "status": "draft"})


def _snippet(unit: Unit, slug: str, data: Data) -> None:
    unit.snippets.add(slug, name=data["name"], text=data["text"], visible_to="everyone")


def _segment(unit: Unit, slug: str, data: Data) -> None:
    readable(unit, data["definition"], slug)
    unit.segments.add(slug, **{"description": "", **data})


def _all_different(things: Iterable[Data], of: str) -> None:
    slugs = [each["slug"] for each in things]
    if len(slugs) != len(set(slugs)):
        raise Invalid(f"two parts of {of} have the same slug")


_CREATE: Mapping[str, Callable[[Unit, str, Data], None]] = {
    "constant": _constant,
    "deal_field": _field("deal"),
    "field": _field("contact"),
    "pipeline": _pipeline,
    "portfolio": _portfolio,
    "reason": _reason,
    "segment": _segment,
    "snippet": _snippet,
    "stage": _stage,
    "tag": _tag,
    "team": _team,
    "template": _template,
}
CREATABLE = frozenset(_CREATE)
