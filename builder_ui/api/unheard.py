"""What people wrote that was no answer to the question they were asked, grouped by question and words."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import path_shapes as shapes
from builder_ui.api.cohorts import cohort_of, seen
from builder_ui.api.result_shapes import Period
from builder_ui.auth import allowed, me
from builder_ui.units import reading
from flowengine.core.menu_choice import bare
from flowengine.core.questions import columns
from flowengine.nodes import NODE_TYPES
from flowengine.store.results_unheard import Unheard
from flowengine.store.unit import Unit

MOST = 5_000  # answers that are read, the latest
MOST_RUNS = 50_000  # among which they are looked for
MOST_SAID = 50  # groups of words of one question
COMMON = 3  # contacts that wrote the same: then it tells of none of them, and whoever sees the flow may read it
ASKING = [name for name, kind in NODE_TYPES.items() if "asks" in kind.schema.get("x-does", ())]

unheard = APIBlueprint("unheard", __name__, tag="Flows")


@unheard.get("/flows/<uuid:flow_id>/not-understood")
@allowed("see flows")
@unheard.input(Period, location="query")
@unheard.output(shapes.NotUnderstood)
def read(flow_id: UUID, query_data: Period) -> Any:
    """What was written at each question that no answer fitted; words differ by more than case, accents and signs."""
    with reading(me().account_id) as unit:
        of = cohort_of(unit, flow_id, query_data)
        found = unit.result_unheard.latest(of, types=ASKING, most=MOST + 1, most_runs=MOST_RUNS)
        may_hear = seen(unit, {each.conversation_id for each in found})
        called = {flow: _called(unit, flow) for flow in {each.flow_id for each in found} - {flow_id}}
    questions: dict[tuple[UUID, str], list[Unheard]] = defaultdict(list)
    for each in found[:MOST]:
        questions[each.flow_id, each.node].append(each)
    told = [
        {**_question(node, heard, may_hear), "called": called[flow].asks(node) if flow in called else None}
        for (flow, node), heard in questions.items()
    ]
    return {"questions": sorted(told, key=lambda each: -each["times"]), "more": len(found) > MOST}


@dataclass(frozen=True, slots=True)
class Called:
    """A flow that the one asked about has called, and its questions by node."""

    id: UUID
    name: str
    titles: Mapping[str, str]

    def asks(self, node: str) -> dict[str, Any]:
        return {"flow": {"id": self.id, "name": self.name}, "title": self.titles.get(node, node)}


def _called(unit: Unit, flow_id: UUID) -> Called:
    flow = unit.flows.get(flow_id)  # None: it lies in the archive by now
    live = unit.flows.version(flow.live_version_id) if flow and flow.live_version_id else None
    asked = columns([live.document], asking=frozenset(ASKING)) if live else []
    return Called(flow_id, flow.name if flow else "", {column.node: column.title for column in asked})


def _question(node: str, heard: Sequence[Unheard], may_hear: set[UUID | None]) -> dict[str, Any]:
    groups: dict[str, list[Unheard]] = defaultdict(list)
    for each in heard:
        if each.said.strip():
            groups[bare(each.said) or each.said.strip()].append(each)
    shown = {key: _readable(group, may_hear) for key, group in groups.items()}
    said = [_said(group) for group in shown.values() if group]
    written = sum(len(group) for group in groups.values())
    return {
        "node": node,
        "times": len(heard),
        "unwritten": len(heard) - written,
        "hidden": written - sum(each["times"] for each in said),
        "said": sorted(said, key=lambda each: (-each["contacts"], -each["times"], each["text"]))[:MOST_SAID],
    }


def _readable(group: Sequence[Unheard], may_hear: set[UUID | None]) -> Sequence[Unheard]:
    if _contacts(group) >= COMMON:
        return group
    return [each for each in group if each.conversation_id in may_hear]


def _said(group: Sequence[Unheard]) -> dict[str, Any]:
    forms = Counter(" ".join(each.said.split()) for each in group)
    return {"text": forms.most_common(1)[0][0], "times": len(group), "contacts": _contacts(group)}


def _contacts(group: Iterable[Unheard]) -> int:
    return len({each.contact_id for each in group})
