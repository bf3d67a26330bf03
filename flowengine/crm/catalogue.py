"""Everything of an account that a document may name, by kind and slug: for pickers, the checker and copies."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any

from flowengine.store.aliases import Alias
from flowengine.store.unit import Unit

Facts = dict[str, Any]


def catalogue(unit: Unit, kinds: Collection[str] | None = None) -> dict[str, list[Facts]]:
    """By kind (`x-ref`): {"slug", "name", …} each, an alias with the facts of what it stands for and `alias_of`.

    Of all kinds, or of these alone; a kind that there is not has no things.
    """
    things = {kind: read(unit) for kind, read in _READ.items() if kinds is None or kind in kinds}
    known = unit.aliases.all() if things else []
    return {kind: [*those, *_aliases(known, kind, those)] for kind, those in things.items()}


def _aliases(known: list[Alias], kind: str, things: list[Facts]) -> Iterable[Facts]:
    """Second slugs; stages can also be named in an alias of their pipeline."""
    there = {each["slug"]: each for each in things}
    pairs = {alias.alias: alias.target for alias in known if alias.kind == kind}
    if kind == "stage":
        for slug, to in ({slug: slug for slug in there} | pairs).items():
            pipeline, _, stage = slug.partition("/")
            for alias in known:
                if alias.kind == "pipeline" and alias.target == pipeline:
                    pairs.setdefault(f"{alias.alias}/{stage}", to)
    return [{**there[to], "slug": slug, "alias_of": to} for slug, to in pairs.items() if to in there]


def _fields(of: str) -> Callable[[Unit], list[Facts]]:
    return lambda unit: [
        {"slug": each.slug, "name": each.name, "type": each.type, "choices": each.choices, "required": each.required}
        for each in unit.fields.all()
        if each.of == of
    ]


def _pipelines(unit: Unit) -> list[Facts]:
    stages = unit.pipelines.stages()
    return [
        {
            "slug": each.slug,
            "name": each.name,
            "stages": [
                {"slug": stage.slug, "name": stage.name, "kind": stage.kind} for stage in stages.get(each.id, ())
            ],
        }
        for each in unit.pipelines.all()
    ]


def _stages(unit: Unit) -> list[Facts]:
    return [
        {"slug": f"{pipeline['slug']}/{stage['slug']}", "pipeline": pipeline["slug"]}
        | {name: stage[name] for name in ("name", "kind")}
        for pipeline in _pipelines(unit)
        for stage in pipeline["stages"]
    ]


def _teams(unit: Unit) -> list[Facts]:
    """`members`: how many may answer contacts."""
    people: dict[Any, int] = defaultdict(int)
    for mate in unit.teams.teammates():
        people[mate.team_id] += mate.agent
    return [{"slug": team.slug, "name": team.name, "members": people[team.id]} for team in unit.teams.all()]


def _templates(unit: Unit) -> list[Facts]:
    keys = {channel.id: channel.key for channel in unit.channels.all()}
    return [
        {
            "slug": each.slug,
            "name": each.name,
            "status": each.status,
            "category": each.category,
            "language": each.language,
            "channel": keys.get(each.channel_id) if each.channel_id else None,
            "text": each.body,
            "parameters": [parameter["name"] for parameter in each.parameters],
        }
        for each in unit.templates.all()
    ]


def _users(unit: Unit) -> list[Facts]:
    teams = {team.id: team.slug for team in unit.teams.all()}
    places: dict[Any, list[str]] = defaultdict(list)
    for mate in unit.teams.teammates():
        if mate.team_id in teams:
            places[mate.member_id].append(teams[mate.team_id])
    return [
        {"slug": each.slug, "name": each.name, "role": each.role, "teams": sorted(places[each.id])}
        for each in unit.members.all()
    ]


_READ: Mapping[str, Callable[[Unit], list[Facts]]] = {
    "ai": lambda unit: [{"slug": each.slug, "name": each.name, "model": each.model} for each in unit.ai.all()],
    "channel": lambda unit: [{"slug": each.key, "name": each.name, "kind": each.kind} for each in unit.channels.all()],
    "constant": lambda unit: [
        {"slug": each.slug, "name": each.slug, "type": each.type, "value": each.value} for each in unit.constants.all()
    ],
    "deal_field": _fields("deal"),
    "field": _fields("contact"),
    "flow": lambda unit: [
        {"slug": each.key, "name": each.name, "kind": each.kind, "live": each.live} for each in unit.documents.heads()
    ],
    "pipeline": _pipelines,
    "portfolio": lambda unit: [
        {"slug": each.slug, "name": each.name, "kind": each.kind} for each in unit.portfolios.all()
    ],
    "reason": lambda unit: [{"slug": each.slug, "name": each.name, "kind": each.kind} for each in unit.reasons.all()],
    "secret": lambda unit: [{"slug": each.slug, "name": each.slug} for each in unit.secrets.all()],
    "segment": lambda unit: [{"slug": each.slug, "name": each.name} for each in unit.segments.all()],
    "snippet": lambda unit: [
        {"slug": each.slug, "name": each.name} for each in unit.snippets.all() if each.visible_to != "me"
    ],
    "stage": _stages,
    "tag": lambda unit: [{"slug": each.slug, "name": each.name, "color": each.color} for each in unit.tags.all()],
    "team": _teams,
    "template": _templates,
    "user": _users,
}
