"""Pipelines and their stages in order; a stage that is used leaves only with a successor."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT, NewSlug, given, new_slug, note, there
from builder_ui.api.shapes import Body, Name, Shape
from builder_ui.api.uses import Removal
from builder_ui.auth import allowed, me
from builder_ui.units import reading, writing
from flowengine.core.errors import Conflict, Invalid
from flowengine.core.slugs import free_slug, slug_of
from flowengine.crm.uses import retire
from flowengine.store import pipelines as store
from flowengine.store.unit import Unit

pipelines = APIBlueprint("pipelines", __name__, tag="Account")

Kind = Literal["open", "won", "lost"]
LIKELY = {"open": 50, "won": 100, "lost": 0}


class NewStage(Body):
    """A stage; without a slug it gets one from its name. `probability` of being won, in percent."""

    slug: NewSlug | None = None
    name: Name
    kind: Kind = "open"
    probability: Annotated[int, Field(ge=0, le=100)] | None = None


StageList = Annotated[list[NewStage], Field(min_length=1, max_length=100)]


class NewPipeline(Body):
    """A pipeline with its stages; without a slug it gets one from its name."""

    slug: NewSlug | None = None
    name: Name
    stages: StageList


class ChangedPipeline(Body):
    """What is to be different; the slug never is."""

    name: Name = LEFT_OUT


class NewStages(Body):
    """All stages, in their new order; `successors` says which takes the place of one that is left out."""

    stages: StageList
    successors: dict[str, str] = {}


class Stage(Shape):
    """A stage as it is."""

    slug: str
    name: str
    kind: Kind
    probability: int


class Pipeline(Shape):
    """A pipeline as it is, its stages in order."""

    slug: str
    name: str
    stages: list[Stage]


class Pipelines(Shape):
    """By name."""

    pipelines: list[Pipeline]


@pipelines.get("/pipelines")
@allowed("see account")
@pipelines.output(Pipelines)
def list_pipelines() -> Any:
    """All pipelines of the account."""
    with reading(me().account_id) as unit:
        return {"pipelines": [_shown(unit, each) for each in unit.pipelines.all()]}


@pipelines.post("/pipelines")
@allowed("manage account")
@pipelines.input(NewPipeline)
@pipelines.output(Pipeline, status_code=201)
def create(json_data: NewPipeline) -> Any:
    """A new pipeline."""
    stages = _stages(json_data.stages)
    with writing(me().account_id) as unit:
        slug = new_slug(json_data.slug, json_data.name, unit.pipelines.free)
        made = unit.pipelines.add(slug, name=json_data.name)
        unit.pipelines.put_stages(made.id, stages)
        note(unit, "pipeline", slug, "created")
        return _shown(unit, made)


@pipelines.patch("/pipelines/<slug>")
@allowed("manage account")
@pipelines.input(ChangedPipeline)
@pipelines.output(Pipeline)
def change(slug: str, json_data: ChangedPipeline) -> Any:
    """Another name."""
    new = given(json_data)
    with writing(me().account_id) as unit:
        now = there(unit.pipelines.named(slug), slug)
        if not new:
            return _shown(unit, now)
        note(unit, "pipeline", now.slug, "changed", new)
        return _shown(unit, there(unit.pipelines.change(now.slug, **new)))


@pipelines.put("/pipelines/<slug>/stages")
@allowed("manage account")
@pipelines.input(NewStages)
@pipelines.output(Pipeline)
def put_stages(slug: str, json_data: NewStages) -> Any:
    """Add, rename, reorder and remove stages at once; 409 where one is left out that is used and has no successor."""
    stages = _stages(json_data.stages)
    with writing(me().account_id) as unit:
        now = there(unit.pipelines.named(slug), slug)
        kept = {stage["slug"] for stage in stages}
        gone = [stage.slug for stage in unit.pipelines.stages().get(now.id, ()) if stage.slug not in kept]
        unit.pipelines.put_stages(now.id, [*stages, *_leaving(unit, now, gone)])
        for stage in gone:
            _retire(unit, now, stage, json_data.successors.get(stage))
        unit.pipelines.put_stages(now.id, stages)
        note(unit, "pipeline", now.slug, "changed", ["stages"])
        return _shown(unit, now)


@pipelines.delete("/pipelines/<slug>/stages/<stage>")
@allowed("manage account")
@pipelines.input(Removal, location="query")
@pipelines.output(Pipeline)
def remove_stage(slug: str, stage: str, query_data: Removal) -> Any:
    """Remove one stage; its deals, and the flows that name it, go on with the successor."""
    with writing(me().account_id) as unit:
        now = there(unit.pipelines.named(slug), slug)
        stages = unit.pipelines.stages().get(now.id, [])
        there(next((each for each in stages if each.slug == stage), None))
        if len(stages) == 1:
            raise Conflict("A pipeline has at least one stage.", code="last_stage")
        _retire(unit, now, stage, query_data.successor)
        unit.pipelines.put_stages(now.id, [_as_data(each) for each in stages if each.slug != stage])
        note(unit, "pipeline", now.slug, "changed", ["stages"], removed=stage, successor=query_data.successor)
        return _shown(unit, now)


@pipelines.delete("/pipelines/<slug>")
@allowed("manage account")
@pipelines.input(Removal, location="query")
@pipelines.output({}, status_code=204)
def remove(slug: str, query_data: Removal) -> Any:
    """Remove it with its stages; where it is used a successor takes its place, stage by stage of the same slug."""
    with writing(me().account_id) as unit:
        now = there(unit.pipelines.named(slug), slug)
        retire(unit, "pipeline", now.slug, query_data.successor)
        unit.pipelines.remove(now.slug)
        note(unit, "pipeline", now.slug, "removed", successor=query_data.successor)
    return ""


def _stages(wanted: list[NewStage]) -> list[dict[str, Any]]:
    """With slugs and probabilities filled in; 422 where two would have the same slug, or none is open."""
    taken = [stage.slug for stage in wanted if stage.slug is not None]
    if len(taken) != len(set(taken)):
        raise Invalid("Two stages have the same slug.", detail={"pointer": "/stages"})
    if all(stage.kind != "open" for stage in wanted):
        raise Invalid("At least one stage must be open.", detail={"pointer": "/stages"})
    stages = []
    for stage in wanted:
        slug = stage.slug or free_slug(slug_of(stage.name) or "x", taken.__contains__)
        taken.append(slug)
        likely = LIKELY[stage.kind] if stage.probability is None else stage.probability
        stages.append({"slug": slug, "name": stage.name, "kind": stage.kind, "probability": likely})
    return stages


def _leaving(unit: Unit, pipeline: store.Pipeline, gone: list[str]) -> list[dict[str, Any]]:
    """The stages that go are there until their successors, who may be new, have taken their place."""
    return [_as_data(each) for each in unit.pipelines.stages().get(pipeline.id, ()) if each.slug in gone]


def _retire(unit: Unit, pipeline: store.Pipeline, stage: str, successor: str | None) -> None:
    to = None if successor is None else f"{pipeline.slug}/{successor}"
    retire(unit, "stage", f"{pipeline.slug}/{stage}", to)


def _as_data(stage: store.Stage) -> dict[str, Any]:
    return {"slug": stage.slug, "name": stage.name, "kind": stage.kind, "probability": stage.probability}


def _shown(unit: Unit, pipeline: store.Pipeline) -> dict[str, Any]:
    stages = unit.pipelines.stages().get(pipeline.id, [])
    return {"slug": pipeline.slug, "name": pipeline.name, "stages": [_as_data(each) for each in stages]}
