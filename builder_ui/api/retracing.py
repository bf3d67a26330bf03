"""The last real runs of a flow, walked again by its draft, before it is published."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui import rehearsing
from builder_ui.api.shapes import Shape
from builder_ui.auth import allowed, me
from builder_ui.retracing import retraced
from builder_ui.units import reading
from flowengine.core.errors import NotFound
from flowengine.core.retracing import Verdict, Why

MOST_PLACES = 30

retracing = APIBlueprint("retracing", __name__, tag="Flows")


class Passed(Shape):
    """A step, and the way by which it was left; null: the run stopped there."""

    node: str
    port: str | None


class Place(Shape):
    """Where runs differ first. `before` and `after` are the steps there; `run` (of `version`) is one of them."""

    verdict: Verdict
    why: Why
    node: str
    before: Passed | None
    after: Passed | None
    runs: int
    run: UUID
    version: int


class Retraced(Shape):
    """Of `of` runs, `walked` were walked again while there was time.

    `same`: nothing differs; `otherwise`: the same steps, but something else is said, done or waited for; `elsewhere`:
    other steps; `unknown`: what the draft would need was not recorded. The places with the most runs come first.
    """

    of: int
    walked: int
    same: int
    otherwise: int
    elsewhere: int
    unknown: int
    places: list[Place]


@retracing.get("/flows/<uuid:flow_id>/draft/retraced")
@allowed("see flows")
@retracing.output(Retraced)
def read(flow_id: UUID) -> Any:
    """The last 200 runs, with the answers people and other systems gave then. 422 where the draft has errors."""
    with reading(me().account_id) as unit:
        flow = unit.flows.get(flow_id)
        if flow is None:
            raise NotFound("There is no such flow.")
        draft, _ = rehearsing.compiled(unit, flow.draft)
        tally = retraced(unit, flow_id, draft)
        numbers = {version.id: version.number for version in unit.flows.versions(flow_id)}
    verdicts = {name: tally.verdicts[name] for name in ("same", "otherwise", "elsewhere", "unknown")}
    places = [
        {
            **asdict(place),
            "runs": runs,
            "run": tally.examples[place].id,
            "version": numbers[tally.examples[place].version_id],
        }
        for place, runs in tally.places.most_common(MOST_PLACES)
    ]
    return {"of": tally.of, "walked": sum(verdicts.values()), **verdicts, "places": places}
