"""Flows: list, draft with compare-and-set, check, publish as an immutable version, channels on which they answer."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import drafts
from builder_ui.api import flow_shapes as shapes
from builder_ui.api import flow_views as views
from builder_ui.api.findings import findings_of
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.problems import Refused
from builder_ui.rehearsing import story_findings
from builder_ui.units import reading, writing
from flowengine.core.errors import Conflict, Invalid, NotFound
from flowengine.core.flow import content_hash
from flowengine.core.slugs import free_slug
from flowengine.core.zones import local
from flowengine.crm.uses import retire
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit

flows = APIBlueprint("flows", __name__, tag="Flows")


@flows.get("/flows")
@allowed("see flows")
@flows.input(shapes.Wanted, location="query")
@flows.output(shapes.Rows)
def list_flows(query_data: shapes.Wanted) -> Any:
    """All flows of the account, or those in the archive."""
    with reading(me().account_id) as unit:
        rows = unit.flow_list.archived_rows() if query_data.archived else unit.flow_list.rows()
        folders, archived = unit.folders.all(), unit.flow_list.archived()
        today = local(unit.now, unit.accounts.read().timezone).date()
        bindings = defaultdict(list)
        for each in unit.channels.bindings():
            bindings[each.flow_id].append(each)
    return {
        "flows": [views.row(row, bindings[row.id], today) for row in rows],
        "folders": [{"id": folder.id, "name": folder.name} for folder in folders],
        "archived": archived,
    }


@flows.post("/flows")
@allowed("edit flows")
@flows.input(shapes.NewFlow)
@flows.output(shapes.Flow, status_code=201)
def create(json_data: shapes.NewFlow) -> Any:
    """A new flow with a draft; nothing is live yet."""
    kind = drafts.kind_of(json_data.document, json_data.kind)
    with writing(me().account_id) as unit:
        if json_data.folder is not None and unit.folders.get(json_data.folder) is None:
            raise Invalid("There is no such folder.", detail={"pointer": "/folder"})
        key = free_slug(drafts.key_of(json_data.name), lambda key: unit.flows.by_key(key) is not None)
        document = json_data.document or drafts.beginning(
            kind=kind,
            key=key,
            name=json_data.name,
            language=unit.accounts.read().language,
            default_team=unit.teams.default().slug,
        )
        document = {**document, "key": key, "name": json_data.name, "kind": kind}
        flow = unit.flows.add(
            key=key,
            name=json_data.name,
            kind=kind,
            document=document,
            hash=drafts.hash_of(document),
            by=me().member.id,
        )
        unit.folders.move([flow.id], json_data.folder)
        unit.folders.tag([flow.id], added=json_data.tags, removed=())
        _note(unit, flow.id, "flow_created")
        return views.shown(unit, flow)


@flows.get("/flows/<uuid:flow_id>")
@allowed("see flows")
@flows.output(shapes.Flow)
def read(flow_id: UUID) -> Any:
    """A flow with its draft and what the checker says of it."""
    with reading(me().account_id) as unit:
        return views.shown(unit, _found(unit, flow_id))


@flows.delete("/flows/<uuid:flow_id>")
@allowed("edit flows")
@flows.input(Removal, location="query")
@flows.output({}, status_code=204)
def archive(flow_id: UUID, query_data: Removal) -> Any:
    """No channel starts it any more; runs that are open go on. 409 where other flows name it, unless one succeeds."""
    with writing(me().account_id) as unit:
        flow = _found(unit, flow_id)
        retire(unit, "flow", flow.key, query_data.successor)
        unit.flows.archive(flow_id)
        _note(unit, flow_id, "flow_archived")
    return ""


@flows.post("/flows/<uuid:flow_id>/restore")
@allowed("edit flows")
@flows.output(shapes.Flow)
def restore(flow_id: UUID) -> Any:
    """Back from the archive, on no channel; one that is not there stays as it is. 409 where its key is taken."""
    with writing(me().account_id) as unit:
        flow = unit.flows.restore(flow_id)
        unit.aliases.remove("flow", flow.key)
        _note(unit, flow_id, "flow_restored")
        return views.shown(unit, flow)


@flows.put("/flows/<uuid:flow_id>/draft")
@allowed("edit flows")
@flows.input(shapes.Draft)
@flows.output(shapes.Saved)
def save(flow_id: UUID, json_data: shapes.Draft) -> Any:
    """Save the draft over the revision it was made from; 409 with the present one where somebody was first."""
    document = json_data.document
    with writing(me().account_id) as unit:
        before = _found(unit, flow_id)
        if document.get("key") != before.key:
            raise Invalid("A flow's key does not change.", detail={"pointer": "/document/key"})
        name = document.get("name")
        try:
            saved = unit.flows.save_draft(
                flow_id,
                revision=json_data.revision,
                name=name if isinstance(name, str) and name.strip() else before.name,
                document=document,
                hash=drafts.hash_of(document),
                by=me().member.id,
            )
        except Conflict as conflict:
            raise _beaten(unit, flow_id, conflict) from conflict
        unit.points.keep(before, saved)
        _note(unit, flow_id, "draft_saved")
        shown = views.shown(unit, saved)
        told = {name: shown[name] for name in ("revision", "draft_differs", "changes", "findings")}
        return {**told, "saved_at": saved.updated_at}


@flows.post("/flows/check")
@allowed("see flows")
@flows.input(shapes.Check)
@flows.output(shapes.Findings)
def check(json_data: shapes.Check) -> Any:
    """What the checker says of a document; nothing is saved."""
    with reading(me().account_id) as unit:
        return {"findings": findings_of(unit, json_data.document)}


@flows.post("/flows/<uuid:flow_id>/versions")
@allowed("edit flows")
@flows.input(shapes.Publication)
@flows.output(shapes.Published, status_code=201)
def publish(flow_id: UUID, json_data: shapes.Publication) -> Any:
    """Make the draft the live version. Errors are refused, warnings unless they are accepted."""
    with writing(me().account_id) as unit:
        flow = _found(unit, flow_id)
        if flow.draft_revision != json_data.revision:
            raise _beaten(unit, flow_id, Conflict("Somebody has changed this flow meanwhile."))
        findings = findings_of(unit, flow.draft, flow_id)
        if any(each["severity"] == "error" for each in findings):
            raise Refused(422, "The flow has errors.", code="findings", findings=findings)
        kept = unit.stories.get(flow_id)
        findings += [each.as_data() for each in story_findings(unit, flow.draft, kept.document if kept else None)]
        if findings and not json_data.accept_warnings:
            raise Refused(422, "The flow has warnings; accept them to publish.", code="findings", findings=findings)
        version = unit.flows.publish(
            flow_id,
            revision=json_data.revision,
            document=flow.draft,
            hash=content_hash(flow.draft),
            note=json_data.note,
            by=me().member.id,
        )
        _note(unit, flow_id, "flow_published", number=version.number)
        return {"number": version.number, "hash": version.hash, "published_at": version.published_at}


@flows.get("/flows/<uuid:flow_id>/versions")
@allowed("see flows")
@flows.output(shapes.Versions)
def versions(flow_id: UUID) -> Any:
    """All versions, newest first."""
    with reading(me().account_id) as unit:
        _found(unit, flow_id)
        return {"versions": [views.head(each) for each in unit.flows.versions(flow_id)]}


@flows.get("/flows/<uuid:flow_id>/versions/<int:number>")
@allowed("see flows")
@flows.output(shapes.VersionWithDocument)
def version(flow_id: UUID, number: int) -> Any:
    """One version with its document."""
    with reading(me().account_id) as unit:
        _found(unit, flow_id)
        found = unit.flows.version_by_number(flow_id, number) if number < 2**31 else None
        if found is None:
            raise NotFound("There is no such version.")
        return {**views.version(unit, found), "document": found.document}


@flows.put("/flows/<uuid:flow_id>/channels")
@allowed("edit flows")
@flows.input(shapes.Channels)
@flows.output(shapes.Bound)
def bind(flow_id: UUID, json_data: shapes.Channels) -> Any:
    """The flow answers on these channels and on no other."""
    with writing(me().account_id) as unit:
        _found(unit, flow_id)
        ids = []
        for place, key in enumerate(json_data.channels):
            channel = unit.channels.by_key(key)
            if channel is None:
                raise Invalid(f"There is no channel {key!r}.", detail={"pointer": f"/channels/{place}"})
            ids.append(channel.id)
        unit.channels.bind(flow_id, ids)
        _note(unit, flow_id, "flow_bound", channels=json_data.channels)
        return {"channels": [views.channel(each) for each in unit.channels.bindings(flow_id)]}


def _found(unit: Unit, flow_id: UUID) -> Flow:
    flow = unit.flows.get(flow_id)
    if flow is None:
        raise NotFound("There is no such flow.")
    return flow


def _beaten(unit: Unit, flow_id: UUID, conflict: Conflict) -> Conflict:
    """The same refusal with what is there now, so that the builder can show both."""
    now = _found(unit, flow_id)
    detail = {"revision": now.draft_revision, "by": views.person(unit, now.draft_by), "document": now.draft}
    return Conflict(conflict.message, detail=detail)


def _note(unit: Unit, flow_id: UUID, what: str, **data: Any) -> None:
    """Who did it, for the record and for the other screens."""
    by = me().member.id
    unit.audit.record(by, what, object_kind="flow", object_id=flow_id, data=data)
    unit.live.tell("flow", {"id": str(flow_id), "actor": str(by)})
