"""What things of an account are, as plain data: enough to create them elsewhere, and only what means the same there."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from flowengine.core.bundle import Definition, Key
from flowengine.core.references import named_in_condition
from flowengine.crm.catalogue import catalogue
from flowengine.nodes import FLOW_SCHEMA
from flowengine.store.fields import Field
from flowengine.store.unit import Unit

Data = dict[str, Any]

FIELD = ("name", "type", "choices", "required", "in_form", "description")
TEMPLATE = ("name", "language", "category", "header", "body", "footer", "buttons", "parameters")


def definitions_of(unit: Unit, keys: Iterable[Key]) -> dict[Key, Definition]:
    """Of each that the account has, by kind and the slug it was asked for; with what a segment's condition names."""
    names = {(kind, each["slug"]): each for kind, things in catalogue(unit).items() for each in things}
    found: dict[Key, Definition] = {}
    waiting = list(keys)
    while waiting:
        kind, slug = key = waiting.pop(0)
        if key in found or key not in names:
            continue
        alias_of = names[key].get("alias_of")
        read = _READ.get(kind)
        data = read(unit, str(alias_of or slug)) if read else {}
        found[key] = Definition(str(names[key]["name"]), data, alias_of)
        if kind == "segment":
            waiting += named_in_condition(data.get("definition"), FLOW_SCHEMA)
    return found


def _tag(unit: Unit, slug: str) -> Data:
    return _some(unit.tags.named(slug), ("name", "color"))


def _field(of: str) -> Callable[[Unit, str], Data]:
    def read(unit: Unit, slug: str) -> Data:
        field: Field | None = unit.fields.named(of, slug)
        return {**_some(field, FIELD), "unique": field.is_unique} if field else {}

    return read


def _constant(unit: Unit, slug: str) -> Data:
    return _some(unit.constants.named(slug), ("type", "value", "description"))


def _reason(unit: Unit, slug: str) -> Data:
    return _some(unit.reasons.named(slug), ("name", "kind"))


def _portfolio(unit: Unit, slug: str) -> Data:
    return _some(unit.portfolios.named(slug), ("name", "kind"))


def _team(unit: Unit, slug: str) -> Data:
    """With its own hours, if it has any; its people stay where they are."""
    team = unit.teams.by_slug(slug)
    hours = unit.hours.get(team.hours_id) if team and team.hours_id else None
    own = {"hours": _some(hours, ("slug", "name", "timezone", "week", "holidays"))} if hours else {}
    return {**_some(team, ("name", "access", "texts")), **own}


def _pipeline(unit: Unit, slug: str) -> Data:
    pipeline = unit.pipelines.named(slug)
    if pipeline is None:
        return {}
    stages = unit.pipelines.stages().get(pipeline.id, ())
    return {"name": pipeline.name, "stages": [_some(each, ("slug", "name", "kind", "probability")) for each in stages]}


def _stage(unit: Unit, slug: str) -> Data:
    pipeline, _, name = slug.partition("/")
    stages = _pipeline(unit, pipeline).get("stages", ())
    stage: Data = next((each for each in stages if each["slug"] == name), {})
    return {name: value for name, value in stage.items() if name != "slug"}


def _template(unit: Unit, slug: str) -> Data:
    """Its channel and what a provider said of it are this account's."""
    return _some(unit.templates.named(slug), TEMPLATE)


def _snippet(unit: Unit, slug: str) -> Data:
    return _some(unit.snippets.named(slug), ("name", "text"))


def _segment(unit: Unit, slug: str) -> Data:
    return _some(unit.segments.named(slug), ("name", "description", "definition"))


def _some(thing: Any, names: Iterable[str]) -> Data:
    return {} if thing is None else {name: getattr(thing, name) for name in names}


# People, channels, secrets and AI endpoints are named and no more: they stay in their account.
_READ: Mapping[str, Callable[[Unit, str], Data]] = {
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
