"""People who wait in earlier versions of a flow: who could go on in another, and moving them to the live one."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field, Strict

from builder_ui import rehearsing
from builder_ui.api.shapes import Body, Query, Shape
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import NotFound
from flowengine.core.moving import Why
from flowengine.store.flows import Flow, FlowVersion
from flowengine.store.unit import Unit
from flowengine.turns.moving import move_runs, prospects
from flowengine.turns.programs import program_of

AT_ONCE = 100  # runs that one transaction moves: their contacts' lanes are locked meanwhile

moving = APIBlueprint("moving", __name__, tag="Flows")


class Where(Query):
    """To which version: the one that is live, or the draft as if it were."""

    to: Literal["live", "draft"] = "live"


class Prospect(Shape):
    """People of a version at a step, and why they would stay there; null: they can go on.

    `gone`: the step is not there any more; `type`: it is of another type; `ways`: an answer they were offered is gone;
    `awaits`: it waits for something else; `between`: they stand at no step.
    """

    version: int
    node: str | None
    runs: int
    why: Why | None


class Prospects(Shape):
    """Everybody who is in another version of the flow: `moves` can go on, `stays` would not."""

    moves: int
    stays: int
    places: list[Prospect]


class Move(Body):
    """So many of those behind the run `after`, in the order of their ids; without it, from the first on."""

    after: Annotated[UUID, Strict(False)] | None = None
    most: int = Field(AT_ONCE, ge=1, le=AT_ONCE)


class Moved(Shape):
    """How many this call has moved and left; `after` asks for the next ones, null where there are none."""

    moved: int
    stayed: int
    after: UUID | None


@moving.get("/flows/<uuid:flow_id>/people/moving")
@allowed("see flows")
@moving.input(Where, location="query")
@moving.output(Prospects)
def read(flow_id: UUID, query_data: Where) -> Any:
    """What would become of those who wait, were they moved."""
    with reading(me().account_id) as unit:
        flow = _found(unit, flow_id)
        if query_data.to == "draft":
            after, but = rehearsing.compiled(unit, flow.draft)[0], None
        else:
            live = _live(unit, flow)
            after, but = program_of(unit, rehearsing.programs(), live.id), live.number
        found = prospects(unit, rehearsing.programs(), flow_id, after, but=but)
    return {
        "moves": sum(each.runs for each in found if each.why is None),
        "stays": sum(each.runs for each in found if each.why is not None),
        "places": [{"version": each.version, "node": each.node, "runs": each.runs, "why": each.why} for each in found],
    }


@moving.post("/flows/<uuid:flow_id>/people/move")
@allowed("edit flows")
@moving.input(Move)
@moving.output(Moved)
def move(flow_id: UUID, json_data: Move) -> Any:
    """Let those who can go on in the live version, some hundred a call; the others stay in theirs."""
    with writing(me().account_id) as unit:
        live = _live(unit, _found(unit, flow_id))
        runs = unit.runs.elsewhere(flow_id, live.id, most=json_data.most + 1, after=json_data.after)
        some = runs[: json_data.most]
        moved = sum(move_runs(unit, rehearsing.programs(), some, live))
        by = me().member.id
        if moved:
            told = {"runs": moved, "version": live.number}
            unit.audit.record(by, "runs_moved", object_kind="flow", object_id=flow_id, data=told)
            unit.live.tell("flow", {"id": str(flow_id), "actor": str(by)})
        after = some[-1].id if len(runs) > len(some) else None
        return {"moved": moved, "stayed": len(some) - moved, "after": after}


def _found(unit: Unit, flow_id: UUID) -> Flow:
    flow = unit.flows.get(flow_id)
    if flow is None:
        raise NotFound("There is no such flow.")
    return flow


def _live(unit: Unit, flow: Flow) -> FlowVersion:
    live = unit.flows.version(flow.live_version_id) if flow.live_version_id else None
    if live is None:
        raise NotFound("No version of this flow is live.")
    return live
