"""Where a thing of the account is used, and what becomes of its slug when it goes."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict, Invalid
from flowengine.core.references import Reference, named_in_condition, references_of
from flowengine.crm.catalogue import catalogue
from flowengine.nodes import FLOW_SCHEMA
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class FlowUse:
    """A flow that names the thing: in its draft, in what is live or still walked; `nodes` by id, of both."""

    id: UUID
    key: str
    name: str
    draft: bool
    live: bool
    nodes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OtherUse:
    """Another thing of the account that names it."""

    kind: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class Uses:
    """Empty, and the thing may go."""

    flows: tuple[FlowUse, ...]
    others: tuple[OtherUse, ...]

    def __bool__(self) -> bool:
        return bool(self.flows or self.others)

    def as_data(self) -> dict[str, Any]:
        return {
            "flows": [
                {
                    "id": str(each.id),
                    "key": each.key,
                    "name": each.name,
                    "draft": each.draft,
                    "live": each.live,
                    "nodes": list(each.nodes),
                }
                for each in self.flows
            ],
            "others": [{"kind": each.kind, "slug": each.slug, "name": each.name} for each in self.others],
        }


class InUse(Conflict):
    """Somebody names the thing, and nobody was said to take its place; `detail["uses"]` says who."""

    code = "in_use"


def uses_of(unit: Unit, kind: str, slug: str) -> Uses:
    """Who names the thing of this kind (`x-ref`) and slug, by that or by an alias of it."""
    return _uses(unit, kind, {slug, *(alias.alias for alias in unit.aliases.of(kind, slug))})


def named_by_alias(unit: Unit, kind: str, alias: str) -> Uses:
    """Who names a thing by this alias of it."""
    return _uses(unit, kind, {alias})


def retire(unit: Unit, kind: str, slug: str, successor: str | None) -> None:
    """The thing of this slug is about to be removed: with a `successor` its slug becomes an alias of that one.

    InUse where it is named and there is no successor; Invalid where the successor is none.
    """
    if successor is None:
        uses = uses_of(unit, kind, slug)
        if uses:
            raise InUse("It is in use; name a successor.", detail={"uses": uses.as_data()})
        unit.aliases.forget(kind, slug)
        return
    there = {each["slug"] for each in catalogue(unit, {kind}).get(kind, ()) if "alias_of" not in each}
    if successor == slug or successor not in there:
        raise Invalid(f"{successor!r} cannot take its place.", detail={"pointer": "/successor"})
    unit.aliases.put(kind, slug, successor)
    for alias in unit.aliases.all() if kind == "pipeline" else ():
        pipeline, _, stage = alias.target.partition("/")
        if alias.kind == "stage" and pipeline == slug:
            unit.aliases.put("stage", alias.alias, f"{successor}/{stage}")


def _uses(unit: Unit, kind: str, names: set[str]) -> Uses:
    means = _reader(unit, kind, names)
    flows = []
    for flow in unit.documents.with_words({name.rsplit("/", 1)[-1] for name in names}):
        if kind == "flow" and flow.key in names:
            continue  # that it starts itself keeps nobody from archiving it
        drafted = _nodes(references_of(flow.draft, FLOW_SCHEMA), means)
        walked = _nodes((each for document in flow.walked for each in references_of(document, FLOW_SCHEMA)), means)
        if drafted is not None or walked is not None:
            nodes = tuple(dict.fromkeys([*(drafted or ()), *(walked or ())]))
            flows.append(FlowUse(flow.id, flow.key, flow.name, drafted is not None, walked is not None, nodes))
    return Uses(tuple(flows), tuple(_others(unit, kind, names, means)))


def _reader(unit: Unit, kind: str, names: set[str]) -> Callable[[str, str], bool]:
    """Whether a reference is to the thing; a stage may also be named in an alias of its pipeline."""
    if kind != "stage":
        return lambda named, slug: named == kind and slug in names
    pipelines = {name.split("/")[0] for name in names}
    others = {
        f"{alias.alias}/{name.split('/')[-1]}"
        for pipeline in pipelines
        for alias in unit.aliases.of("pipeline", pipeline)
        for name in names
        if name.startswith(f"{pipeline}/")
    }
    return lambda named, slug: named == kind and slug in names | others


def _nodes(references: Iterable[Reference], means: Callable[[str, str], bool]) -> list[str] | None:
    """The nodes that name it; None where nothing does, [] where only the settings do."""
    found = [each for each in references if means(each.kind, each.slug)]
    return [each.node for each in found if each.node is not None] if found else None


def _others(unit: Unit, kind: str, names: set[str], means: Callable[[str, str], bool]) -> Iterable[OtherUse]:
    for segment in unit.segments.all():
        if any(means(*named) for named in named_in_condition(segment.definition, FLOW_SCHEMA)):
            yield OtherUse("segment", segment.slug, segment.name)
    if kind == "secret":
        yield from (OtherUse("ai", each.slug, each.name) for each in unit.ai.all() if each.secret in names)
