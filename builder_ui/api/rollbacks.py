"""Rolling back: an earlier version is published again, as a new one; the draft stays as it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import flow_shapes as shapes
from builder_ui.api.drafts import today
from builder_ui.api.findings import findings_of
from builder_ui.auth import allowed, me
from builder_ui.problems import Refused
from builder_ui.units import writing
from flowengine.core.errors import NotFound
from flowengine.core.flow import content_hash

rollbacks = APIBlueprint("rollbacks", __name__, tag="Flows")


@rollbacks.post("/flows/<uuid:flow_id>/versions/<int:number>/publish")
@allowed("edit flows")
@rollbacks.input(shapes.Again)
@rollbacks.output(shapes.Published, status_code=201)
def publish_again(flow_id: UUID, number: int, json_data: shapes.Again) -> Any:
    """Make an earlier version live again under a new number. 422 where what it names is not there any more."""
    with writing(me().account_id) as unit:
        flow = unit.flows.get(flow_id)
        earlier = unit.flows.version_by_number(flow_id, number) if flow and number < 2**31 else None
        if flow is None or earlier is None:
            raise NotFound("There is no such version.")
        document = today(earlier.document)
        findings = findings_of(unit, document, flow_id)
        if any(each["severity"] == "error" for each in findings):
            raise Refused(422, "This version has errors by now.", code="findings", findings=findings)
        version = unit.flows.publish(
            flow_id,
            revision=flow.draft_revision,
            document=document,
            hash=content_hash(document),
            note=json_data.note,
            by=me().member.id,
        )
        by = me().member.id
        done = {"number": version.number, "again": number}
        unit.audit.record(by, "flow_published", object_kind="flow", object_id=flow_id, data=done)
        unit.live.tell("flow", {"id": str(flow_id), "actor": str(by)})
        return {"number": version.number, "hash": version.hash, "published_at": version.published_at}
