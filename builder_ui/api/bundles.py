"""Bundles: copies of flows and nodes with what they name, out of this account and into it."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from apiflask import APIBlueprint

from builder_ui.api import bundle_shapes as shapes
from builder_ui.auth import MAY, allowed, me
from builder_ui.process import here
from builder_ui.units import reading, writing
from flowengine.core.errors import Invalid, NotAllowed, WorldError
from flowengine.crm import copied_files, copies
from flowengine.effects.outside import Outside
from flowengine.store.unit import Unit

bundles = APIBlueprint("bundles", __name__, tag="Flows")

MOST_FROM_ELSEWHERE = 25_000_000  # bytes of a file behind a link


@bundles.post("/bundles/export")
@allowed("see flows")
@bundles.input(shapes.Export)
@bundles.output(shapes.Bundle)
def export(json_data: shapes.Export) -> Any:
    """A bundle (schemas/bundle.schema.json) of drafts as they are."""
    if not json_data.flows and json_data.nodes is None:
        raise Invalid("Name flows or nodes.", detail={"pointer": "/flows"})
    cut = json_data.nodes
    with reading(me().account_id) as unit:
        return copies.export(
            unit,
            json_data.flows,
            cut_from=cut.flow if cut else None,
            ids=cut.ids if cut else (),
            shelf=here().shelf,
            files=json_data.files,
        )


@bundles.post("/bundles/look")
@allowed("see flows")
@bundles.input(shapes.Look)
@bundles.output(shapes.Report)
def look(json_data: shapes.Look) -> Any:
    """What this account has under the same slug, by the same name, or lacks; nothing is changed."""
    bundle = copies.read(json_data.bundle)
    with reading(me().account_id) as unit:
        report = copies.look(unit, bundle)
    return {**report, "nodes": len(bundle.selection.nodes) if bundle.selection else 0}


@bundles.post("/bundles/import")
@allowed("edit flows")
@bundles.input(shapes.Import)
@bundles.output(shapes.Imported, status_code=201)
def take_in(json_data: shapes.Import) -> Any:
    """Add its flows as drafts; create and map what they name. All of it, or nothing."""
    bundle = copies.read(json_data.bundle)
    mapping = {name: decided.model_dump() for name, decided in json_data.mapping.items()}
    _may(mapping)
    shelf, by = here().shelf, me().member.id
    with reading(me().account_id) as unit:
        now, missing = unit.now, [each["hash"] for each in copied_files.report(unit, bundle) if not each["found"]]
    with copied_files.arriving(shelf, bundle, missing, now, fetch=_fetch) as came, writing(me().account_id) as unit:
        imported = copies.take_in(unit, bundle, mapping, by=by)
        copied_files.keep(unit, shelf, came, by=by)
        _note(unit, imported)
    return {
        "flows": [{"id": flow.id, "key": flow.key, "name": flow.name} for flow in imported.flows],
        "created": [f"{kind}:{slug}" for kind, slug in imported.created],
        "aliases": {f"{kind}:{slug}": target for (kind, slug), target in imported.aliases.items()},
        "left": [f"{kind}:{slug}" for kind, slug in imported.left],
    }


def _fetch(link: str) -> bytes | None:
    """What another installation gives by its link, through the guard."""
    settings = here().settings
    most = min(settings.file_most, MOST_FROM_ELSEWHERE)
    with Outside(settings.allow_callbacks_to) as outside, suppress(WorldError):
        answer = outside.send("GET", link, None, {"user-agent": "flowengine"}, most=most + 1)
        return answer.body if answer.status == 200 and len(answer.body) <= most else None
    return None


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
