"""Bundles: copies of flows and nodes with what they name, out of this account and into it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field, RootModel

from builder_ui.api.shapes import Body, Shape
from builder_ui.auth import MAY, allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid, NotAllowed
from flowengine.crm import copies
from flowengine.store.unit import Unit

bundles = APIBlueprint("bundles", __name__, tag="Flows")

Document = dict[str, Any]
Key = Annotated[str, Field(max_length=64)]
Thing = Annotated[str, Field(max_length=200)]


class Cut(Body):
    """Nodes of a flow, by their ids."""

    flow: Key
    ids: Annotated[list[Key], Field(min_length=1, max_length=2000)]


class Export(Body):
    """Flows by their keys (a folder is its list of flows), or nodes of one; the flows they call come along."""

    flows: Annotated[list[Key], Field(max_length=500)] = []
    nodes: Cut | None = None


class Bundle(RootModel[Document]):
    """As schemas/bundle.schema.json describes it."""


class Look(Body):
    """A bundle, as somebody pasted it."""

    bundle: Document


class Use(Body):
    """Take this one for it: its slug is kept as an alias."""

    use: Thing


class Create(Body):
    """Create it as the bundle defines it."""

    create: Literal[True]


class Leave(Body):
    """Leave it open; the checker then says so (F160)."""

    leave: Literal[True]


class Import(Body):
    """A bundle and what was decided about it, by "<kind>:<slug>"."""

    bundle: Document
    mapping: Annotated[dict[Thing, Use | Create | Leave], Field(max_length=5500)] = {}


class Clash(Shape):
    """The flow that has this key here."""

    key: str
    name: str


class CopiedFlow(Shape):
    """A flow of the bundle; where its key is taken it is added under the next one that is free."""

    key: str
    name: str
    kind: str
    nodes: int
    clash: Clash | None


class Candidate(Shape):
    """A thing of this account with the same name."""

    slug: str
    name: str


class UsedIn(Shape):
    """The flow ("" for cut-out nodes), and its nodes; null stands for its settings."""

    flow: str
    nodes: list[str | None]


class Found(Shape):
    """What this account has of a thing that the bundle names."""

    kind: str
    slug: str
    name: str
    found: Literal["same_slug", "same_name", "lacks"]
    here: str | None = Field(description="What the one with the same slug is called here.")
    alias_of: str | None
    candidates: list[Candidate]
    differs: list[str] = Field(description="Parts of its definition that are otherwise here.")
    can_create: bool
    used_in: list[UsedIn]


class Origin(Shape):
    """Where it comes from."""

    flows: list[dict[str, Any]]
    nodes_from: str


class Report(Shape):
    """What an admin decides by."""

    origin: Origin
    flows: list[CopiedFlow]
    references: list[Found]
    nodes: int


class Added(Shape):
    """A flow that was added; it has a draft, and nothing of it is live."""

    id: UUID
    key: str
    name: str


class Imported(Shape):
    """What has become of it; `left` is still open."""

    flows: list[Added]
    created: list[str]
    aliases: dict[str, str]
    left: list[str]


@bundles.post("/bundles/export")
@allowed("see flows")
@bundles.input(Export)
@bundles.output(Bundle)
def export(json_data: Export) -> Any:
    """A bundle (schemas/bundle.schema.json) of drafts as they are."""
    if not json_data.flows and json_data.nodes is None:
        raise Invalid("Name flows or nodes.", detail={"pointer": "/flows"})
    cut = json_data.nodes
    with reading(me().account_id) as unit:
        return copies.export(unit, json_data.flows, cut_from=cut.flow if cut else None, ids=cut.ids if cut else ())


@bundles.post("/bundles/look")
@allowed("see flows")
@bundles.input(Look)
@bundles.output(Report)
def look(json_data: Look) -> Any:
    """What this account has under the same slug, by the same name, or lacks; nothing is changed."""
    bundle = copies.read(json_data.bundle)
    with reading(me().account_id) as unit:
        report = copies.look(unit, bundle)
    return {**report, "nodes": len(bundle.selection.nodes) if bundle.selection else 0}


@bundles.post("/bundles/import")
@allowed("edit flows")
@bundles.input(Import)
@bundles.output(Imported, status_code=201)
def take_in(json_data: Import) -> Any:
    """Add its flows as drafts; create and map what they name. All of it, or nothing."""
    bundle = copies.read(json_data.bundle)
    mapping = {name: decided.model_dump() for name, decided in json_data.mapping.items()}
    _may(mapping)
    with writing(me().account_id) as unit:
        imported = copies.take_in(unit, bundle, mapping, by=me().member.id)
        _note(unit, imported)
    return {
        "flows": [{"id": flow.id, "key": flow.key, "name": flow.name} for flow in imported.flows],
        "created": [f"{kind}:{slug}" for kind, slug in imported.created],
        "aliases": {f"{kind}:{slug}": target for (kind, slug), target in imported.aliases.items()},
        "left": [f"{kind}:{slug}" for kind, slug in imported.left],
    }


def _may(mapping: dict[str, dict[str, Any]]) -> None:
    """Creating things of the account, and other names for them, is for those who manage it."""
    changes = (
        "create" in decided or ("use" in decided and not name.endswith(f":{decided['use']}"))
        for name, decided in mapping.items()
    )
    if any(changes) and me().member.role not in MAY["manage account"]:
        raise NotAllowed(f"the role {me().member.role} may not create or map things of the account")


def _note(unit: Unit, imported: copies.Imported) -> None:
    """Who did it, for the record and for the other screens."""
    by = me().member.id
    for flow in imported.flows:
        unit.audit.record(by, "flow_imported", object_kind="flow", object_id=flow.id, data={"origin": flow.origin})
        unit.live.tell("flow", {"id": str(flow.id), "actor": str(by)})
    for kind, slug in (*imported.created, *imported.aliases):
        what = "created" if (kind, slug) in imported.created else "mapped"
        unit.audit.record(by, f"{kind}_{what}", object_kind=kind, object_id=slug, data={"by": "import"})
        unit.live.tell("account", {"id": f"{kind}:{slug}", "actor": str(by)})
