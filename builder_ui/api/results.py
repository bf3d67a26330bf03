"""What became of a flow's runs: counts by step and way out, the list of runs, one run turn by turn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import result_shapes as shapes
from builder_ui.api.cohorts import cohort_of
from builder_ui.api.cohorts import seen as seen_of
from builder_ui.auth import allowed, me
from builder_ui.units import reading
from flowengine.core.errors import NotFound
from flowengine.core.run import Run
from flowengine.store.results import Passed, Stopped
from flowengine.store.results_rows import RunRow, Wanted
from flowengine.store.turns import TurnRecord

PAGE = 50

results = APIBlueprint("results", __name__, tag="Flows")


@results.get("/flows/<uuid:flow_id>/results")
@allowed("see flows")
@results.input(shapes.Period, location="query")
@results.output(shapes.Results)
def read(flow_id: UUID, query_data: shapes.Period) -> Any:
    """Counts by step and way out, of the runs of a period."""
    with reading(me().account_id) as unit:
        of = cohort_of(unit, flow_id, query_data)
        passed, stopped = unit.results.counts(of)
    total = next(each for each in stopped if each.fate is None)
    fates: dict[str, int] = defaultdict(int)
    for each in stopped:
        if each.fate is not None:
            fates[each.fate] += each.runs
    return {
        "from": of.since,
        "to": of.until,
        "runs": total.runs,
        "fates": fates,
        "seconds": total.seconds,
        "nodes": list(_nodes(passed, stopped)),
    }


@results.get("/flows/<uuid:flow_id>/runs")
@allowed("see flows")
@results.input(shapes.Which, location="query")
@results.output(shapes.Rows)
def listed(flow_id: UUID, query_data: shapes.Which) -> Any:
    """The runs of a period, newest first; those that passed a step, stand at one, met a fate."""
    asked = query_data
    wanted = Wanted(asked.fate, asked.stopped_at, asked.node, asked.port, asked.contact)
    with reading(me().account_id) as unit:
        of = cohort_of(unit, flow_id, asked)
        rows = unit.result_rows.page(of, wanted, most=PAGE + 1, last=asked.before)
        seen = seen_of(unit, [row.conversation_id for row in rows])
    page = rows[:PAGE]
    # Whoever asks for a contact is not told by the number of rows what they may not see.
    shown = [row for row in page if asked.contact is None or row.conversation_id in seen]
    return {"runs": [_row(row, seen) for row in shown], "before": page[-1].id if len(rows) > PAGE else None}


@results.get("/flows/<uuid:flow_id>/runs/<uuid:run_id>")
@allowed("see flows")
@results.output(shapes.Run)
def replay(flow_id: UUID, run_id: UUID) -> Any:
    """One run turn by turn: what it was told, which steps it passed and why, what was answered."""
    with reading(me().account_id) as unit:
        stored = unit.runs.get(run_id)
        version = None if stored is None else unit.flows.version(stored.version_id)
        if stored is None or version is None or stored.flow_id != flow_id:
            raise NotFound("There is no such run.")
        may_hear = stored.conversation_id in seen_of(unit, [stored.conversation_id])
        contact = unit.contacts.get(stored.contact_id) if may_hear else None
        turns = unit.turns.of_run(run_id)
    return {
        "id": stored.id,
        "version": version.number,
        "contact": {"id": contact.id, "name": contact.name or ""} if contact else None,
        "conversation": stored.conversation_id if may_hear else None,
        "status": stored.status,
        "reason": stored.reason,
        "node": _stands(stored.state),
        "hidden": not may_hear,
        "turns": [_turn(turn, may_hear=may_hear) for turn in turns],
    }


def _nodes(passed: Iterable[Passed], stopped: Iterable[Stopped]) -> Iterable[dict[str, Any]]:
    nodes: dict[str, dict[str, Any]] = defaultdict(lambda: {"reached": 0, "ports": {}})
    for each in passed:
        if each.port is None:
            nodes[each.node] |= {"reached": each.runs, "seconds": each.seconds}
        else:
            nodes[each.node]["ports"][each.port] = each.runs
    for stop in stopped:
        if stop.node is not None and stop.fate is not None:
            nodes[stop.node][stop.fate] = stop.runs
    return ({"node": node, **counts} for node, counts in nodes.items())


def _row(row: RunRow, seen: set[UUID | None]) -> dict[str, Any]:
    may_see = row.conversation_id in seen
    return {
        "id": row.id,
        "version": row.version,
        "contact": {"id": row.contact_id, "name": row.contact_name or ""} if may_see else None,
        "conversation": row.conversation_id if may_see else None,
        "fate": row.fate,
        "reason": row.reason,
        "error": row.error,
        "node": row.node,
        "since": row.since,
        "started_at": row.started_at,
        "ended_at": row.ended_at,
        "turns": row.turns,
    }


def _stands(state: dict[str, Any]) -> str | None:
    """The node of the run's own flow at which it waits; None where it is over."""
    run = Run.from_data(state)
    if run.wait is None:
        return None
    return run.frames[0].node if run.frames else run.wait.node


def _turn(turn: TurnRecord, *, may_hear: bool) -> dict[str, Any]:
    event = turn.event
    says = [effect for effect in turn.effects if effect["kind"] == "send_message"]
    return {
        "number": turn.number,
        "at": turn.at,
        "heard": {
            "kind": event["kind"],
            "at": event.get("at") or turn.at,
            "text": str(event.get("text") or "") if may_hear else "",
            "choice": event.get("choice") if may_hear else None,
            "name": str(event.get("name") or "") if event["kind"] != "message_received" else "",
        },
        "steps": [
            {
                "node": step["node"],
                "type": step["type"],
                "port": step["port"],
                "why": step.get("why", "") if may_hear else "",
                "answer": step.get("answer") if may_hear else None,
                "version": step.get("version", ""),
            }
            for step in turn.trace
        ],
        "said": [
            {
                "node": effect.get("node", ""),
                "text": effect.get("text", "") if may_hear else "",
                "options": [{"id": each["id"], "title": each["title"]} for each in effect.get("options") or ()],
            }
            for effect in says
        ],
        "done": [effect["kind"] for effect in turn.effects if effect["kind"] != "send_message"],
    }
