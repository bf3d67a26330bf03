"""Which ways runs took: the variants of each split against each other, and the funnel of the flow's main steps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import path_shapes as shapes
from builder_ui.api.cohorts import cohort_of, document_of
from builder_ui.api.result_shapes import Period
from builder_ui.auth import allowed, me
from builder_ui.units import reading
from flowengine.core.main_way import main_way
from flowengine.core.proportions import Counted, compare, interval
from flowengine.core.split_goals import Judged, judged_by
from flowengine.nodes import NODE_TYPES
from flowengine.store.results_paths import Along, Variant

MOST_SPLITS = 100  # of one flow
WALKED = 1_000  # of the latest runs, whose ways say which are the main steps
TELLING = frozenset(
    name for name, kind in NODE_TYPES.items() if {"asks", "hands_off"} & set(kind.schema.get("x-does", ()))
)

paths = APIBlueprint("paths", __name__, tag="Flows")


@paths.get("/flows/<uuid:flow_id>/splits")
@allowed("see flows")
@paths.input(shapes.Test, location="query")
@paths.output(shapes.Splits)
def splits(flow_id: UUID, query_data: shapes.Test) -> Any:
    """The variants of each split: who took them, who reached the goal, and whether one can be told from the other."""
    with reading(me().account_id) as unit:
        of = cohort_of(unit, flow_id, query_data)
        document = document_of(unit, of)
        found = [node for node in document["nodes"] if node["type"] == "split"][:MOST_SPLITS]
        judged = {node["id"]: judged_by(document, node) for node in found}
        counted = unit.result_paths.variants(of, judged)
    return {
        "splits": [_split(node, judged[node["id"]], counted[node["id"]], query_data.worth) for node in found],
    }


@paths.get("/flows/<uuid:flow_id>/funnel")
@allowed("see flows")
@paths.input(Period, location="query")
@paths.output(shapes.Funnel)
def funnel(flow_id: UUID, query_data: Period) -> Any:
    """How many runs came from the start over the main steps to the goal, or to the end; what became of the others."""
    with reading(me().account_id) as unit:
        of = cohort_of(unit, flow_id, query_data)
        document = document_of(unit, of)
        way = main_way(document, unit.result_paths.walked(of, most_runs=WALKED), telling=TELLING)
        along = unit.result_paths.along(of, way)
    return {"stages": _stages(document, way, along)}


def _split(node: Mapping[str, Any], judged: Judged, counted: Sequence[Variant], worth: int) -> dict[str, Any]:
    by_port = {each.port: each for each in counted}
    declared = [(each, by_port.get(each["id"], Variant(each["id"], 0, 0, 0))) for each in node["params"]["variants"]]
    # Who gets nobody any more takes no part, but what it had is shown.
    compared = [each["id"] for each, _ in declared if each["weight"] > 0]
    found = compare([_counted(each) for about, each in declared if about["id"] in compared], worth=worth / 100)
    behind = {compared[place] for place in found.behind}
    return {
        "node": node["id"],
        "judged": {"kind": judged.kind, "name": judged.name},
        "worth": worth,
        "needed": found.needed,
        "verdict": found.verdict,
        "best": None if found.best is None else compared[found.best],
        "variants": [
            {
                "id": about["id"],
                "title": about["title"],
                "weight": about["weight"],
                "entered": each.entered,
                "reached": each.reached,
                "under_way": each.under_way,
                "share": _counted(each).share if each.entered else None,
                "low": interval(_counted(each))[0],
                "high": interval(_counted(each))[1],
                "behind": about["id"] in behind,
            }
            for about, each in declared
        ],
    }


def _counted(variant: Variant) -> Counted:
    return Counted(variant.reached, variant.entered)


def _stages(document: Mapping[str, Any], way: Sequence[str], along: Sequence[Along]) -> list[dict[str, Any]]:
    """Each run stands at the last stage that it came to without missing one before."""
    last = _last_stage(document, way)
    names: list[tuple[str, str | None]] = [("started", None), *(("step", node) for node in way), *last]
    standing = [Counter[str]() for _ in names]
    for each in along:
        depth = next((place for place in range(len(way)) if place + 1 not in each.places), len(way))
        if depth == len(way) and last and _is_at(last[0][0], each):
            depth += 1
        standing[depth][each.fate] += each.runs
    return [
        {
            "kind": kind,
            "node": node,
            "runs": sum(counts.total() for counts in standing[place:]),
            "left": {} if place == len(names) - 1 else dict(standing[place]),
        }
        for place, (kind, node) in enumerate(names)
    ]


def _last_stage(document: Mapping[str, Any], way: Sequence[str]) -> list[tuple[str, str | None]]:
    """The goal where the flow has one; else its end, unless people take over at the last step."""
    if document.get("settings", {}).get("goal"):
        return [("goal", None)]
    kinds = {node["id"]: node["type"] for node in document["nodes"]}
    hands_off = bool(way) and "hands_off" in NODE_TYPES[kinds[way[-1]]].schema.get("x-does", ())
    return [] if hands_off else [("completed", None)]


def _is_at(kind: str, each: Along) -> bool:
    return each.goal if kind == "goal" else each.fate == "completed"
