"""Who is in a flow now, by where they wait; and taking them out of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import result_shapes as shapes
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import NotFound
from flowengine.desk.stopping import hand_over_runs, stop_runs
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit

AT_ONCE = 200  # runs that one transaction ends: their contacts' lanes are locked meanwhile

people_in_flows = APIBlueprint("people_in_flows", __name__, tag="Flows")


@people_in_flows.get("/flows/<uuid:flow_id>/people")
@allowed("see flows")
@people_in_flows.output(shapes.People)
def read(flow_id: UUID) -> Any:
    """How many runs are open, by version and by the step at which they wait."""
    with reading(me().account_id) as unit:
        _found(unit, flow_id)
        present = unit.results.present(flow_id)
    waiting = [{"version": each.version, "node": each.node, "runs": each.runs} for each in present]
    return {"runs": sum(each.runs for each in present), "waiting": waiting}


@people_in_flows.post("/flows/<uuid:flow_id>/people/stop")
@allowed("edit flows")
@people_in_flows.input(shapes.Stop)
@people_in_flows.output(shapes.Stopping)
def stop(flow_id: UUID, json_data: shapes.Stop) -> Any:
    """End open runs, some hundred a call; who talks with people by then stays with them."""
    with writing(me().account_id) as unit:
        flow = _found(unit, flow_id)
        runs = unit.results.open_runs(
            flow_id, most=AT_ONCE + 1, number=json_data.version, before=json_data.before_version, node=json_data.node
        )
        if json_data.then == "default_team":
            hand_over_runs(unit, runs[:AT_ONCE], _default_team(unit, flow), flow=flow.name)
        else:
            stop_runs(unit, runs[:AT_ONCE])
        stopped = min(len(runs), AT_ONCE)
        asked = json_data.model_dump(exclude_none=True)
        unit.audit.record(
            me().member.id, "runs_stopped", object_kind="flow", object_id=flow_id, data={"runs": stopped, **asked}
        )
        unit.live.tell("flow", {"id": str(flow_id), "actor": str(me().member.id)})
        return {"stopped": stopped, "more": len(runs) > AT_ONCE}


def _found(unit: Unit, flow_id: UUID) -> Flow:
    flow = unit.flows.get(flow_id)
    if flow is None:
        raise NotFound("There is no such flow.")
    return flow


def _default_team(unit: Unit, flow: Flow) -> str | None:
    """The one of the version that is live."""
    live = unit.flows.version(flow.live_version_id) if flow.live_version_id else None
    team = live.document["settings"].get("default_team") if live else None
    return str(team) if team else None
