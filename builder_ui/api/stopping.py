"""Stopping a flow, so that nobody begins it any more, and letting it begin again."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api.shapes import Body, Shape
from builder_ui.auth import allowed, me
from builder_ui.units import writing
from flowengine.core.errors import NotFound

stopping = APIBlueprint("stopping", __name__, tag="Flows")


class Wanted(Body):
    """Whether the flow is to stand still."""

    stopped: bool


class Stopped(Shape):
    """Since when nobody begins it; null: it begins where it is bound."""

    stopped_at: datetime | None


@stopping.put("/flows/<uuid:flow_id>/stopped")
@allowed("edit flows")
@stopping.input(Wanted)
@stopping.output(Stopped)
def stop(flow_id: UUID, json_data: Wanted) -> Any:
    """Let no message, flow or fact begin it, or let them again; who is in it goes on, and where it is bound stays."""
    with writing(me().account_id) as unit:
        act = unit.flows.stop if json_data.stopped else unit.flows.resume
        flow = act(flow_id)
        if flow is None:
            raise NotFound("There is no such flow.")
        by = me().member.id
        what = "flow_stopped" if json_data.stopped else "flow_resumed"
        unit.audit.record(by, what, object_kind="flow", object_id=flow_id)
        unit.live.tell("flow", {"id": str(flow_id), "actor": str(by)})
        return {"stopped_at": flow.stopped_at}
