"""Copies out of an account and into one: bundles of its flows, looked at, and taken in whole or not at all."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.core import bundle as bundles
from flowengine.core.bundle import Bundle, Gathered, Master, Things
from flowengine.core.errors import Invalid, NotFound
from flowengine.core.flow import draft_hash
from flowengine.crm.catalogue import catalogue
from flowengine.crm.copied_files import How, Shelf, carried, report
from flowengine.crm.creation import CREATABLE, create
from flowengine.crm.definitions import definitions_of
from flowengine.nodes import BUNDLE_SCHEMA, FLOW_SCHEMA
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import has made; `left` are references that nothing stands behind yet."""

    flows: tuple[Flow, ...]
    created: tuple[bundles.Key, ...]
    aliases: Mapping[bundles.Key, str]
    left: tuple[bundles.Key, ...]


def export(
    unit: Unit,
    keys: Sequence[str],
    *,
    cut_from: str | None = None,
    ids: Collection[str] = (),
    shelf: Shelf | None = None,
    files: How = "links",
) -> dict[str, Any]:
    """A bundle of these flows as their drafts are, and of the nodes `ids` of the flow `cut_from`.

    Files that they send go along from the `shelf`; without one only their contents are named.

    NotFound for a flow that is not there; Invalid for a draft that nobody can copy yet, or nodes that it lacks.
    """

    def find(key: str) -> Master | None:
        flow = unit.flows.by_key(key)
        return None if flow is None else _master(unit, flow)

    selection = None
    if cut_from is not None:
        master = find(cut_from)
        if master is None:
            raise NotFound(f"there is no flow {cut_from!r}", detail={"key": cut_from})
        selection = bundles.select(master.document, ids, FLOW_SCHEMA)
    gathered = bundles.gather(keys, find, FLOW_SCHEMA, selection=selection, cut_from=cut_from or "")
    account = unit.accounts.read()
    return bundles.write_bundle(
        gathered,
        definitions_of(unit, gathered.references),
        account={"slug": account.slug, "name": account.name},
        at=unit.now.isoformat(timespec="seconds"),
        files=carried(unit, shelf, bundles.files_named(gathered), files) if shelf else (),
    )


def read(bundle: Any) -> Bundle:
    """The bundle somebody handed in, or a flow alone, which is a bundle of it; raises InvalidFlow with findings."""
    if isinstance(bundle, dict) and bundle.get("format") == "flowengine/flow":
        bundle = _alone(bundle)
    return bundles.read_bundle(bundle, BUNDLE_SCHEMA, FLOW_SCHEMA)


def look(unit: Unit, bundle: Bundle) -> dict[str, Any]:
    """What this account has of what the bundle names."""
    here = definitions_of(unit, bundle.references)
    told = bundles.look(bundle, things_of(unit), here=here, can_create=CREATABLE)
    return {**told, "files": report(unit, bundle)}


def take_in(unit: Unit, bundle: Bundle, mapping: bundles.Mapped, *, by: UUID | None) -> Imported:
    """Create, alias and add as the admin decided; Invalid or Conflict where it cannot be, and all is to be undone."""
    plan = bundles.plan(bundle, mapping, things_of(unit), FLOW_SCHEMA)
    for key, definition in plan.create:
        if key[0] not in CREATABLE:
            raise Invalid(f"a {key[0]} is not created by an import", detail={"pointer": f"/mapping/{':'.join(key)}"})
        create(unit, key, definition)
    for (kind, slug), target in plan.aliases.items():
        unit.aliases.put(kind, slug, target)
    flows = [
        unit.flows.add(
            key=flow.key,
            name=str(flow.document["name"]),
            kind=str(flow.document["kind"]),
            document=flow.document,
            hash=draft_hash(flow.document),
            by=by,
            origin=flow.origin,
        )
        for flow in plan.flows
    ]
    return Imported(tuple(flows), tuple(key for key, _ in plan.create), plan.aliases, plan.left)


def things_of(unit: Unit) -> Things:
    """What the account has, by kind and slug."""
    return {kind: {each["slug"]: each for each in things} for kind, things in catalogue(unit).items()}


def _master(unit: Unit, flow: Flow) -> Master:
    """The draft; Invalid where it is so far from a flow that nobody could take it in."""
    alone = bundles.write_bundle(Gathered((Master(flow.draft),), ()), {}, account={"slug": "x", "name": ""}, at="")
    wrong = next(BUNDLE_SCHEMA.errors(alone), None)
    if wrong is not None:
        where = wrong.pointer.removeprefix("/flows/0")
        raise Invalid(f"the draft of {flow.key!r} is no flow yet ({where})", detail={"key": flow.key})
    live = unit.flows.version(flow.live_version_id) if flow.live_version_id else None
    number = live.number if live and live.hash == flow.draft_hash else None
    return Master(flow.draft, str(flow.id), number)


def _alone(document: dict[str, Any]) -> dict[str, Any]:
    try:
        gathered = Gathered((Master(document),), ())
        return bundles.write_bundle(gathered, {}, account={"slug": "file", "name": ""}, at="")
    except (KeyError, TypeError, AttributeError):
        return document  # no flow either: it is refused as what it is
