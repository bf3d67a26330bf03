"""Stories of flows: kept beside the draft, told on demand; and rehearsals, from which they are recorded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from apiflask import APIBlueprint
from msgspec.structs import asdict, replace

from builder_ui import rehearsing
from builder_ui.api import story_shapes as shapes
from builder_ui.auth import allowed, me
from builder_ui.bubbles import bubbles
from builder_ui.process import here
from builder_ui.units import reading, writing
from flowengine.core.effects import SendMessage
from flowengine.core.errors import Conflict, Invalid, NotFound
from flowengine.core.events import Attachment
from flowengine.core.files import sha256_of
from flowengine.core.stories.coverage import coverage
from flowengine.core.stories.failure import Failure
from flowengine.core.stories.record import recorded
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene
from flowengine.effects.send_message import with_files
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit

NONE: Mapping[str, Any] = {"stories": []}

stories = APIBlueprint("stories", __name__, tag="Flows")


@stories.get("/flows/<uuid:flow_id>/stories")
@allowed("see flows")
@stories.output(shapes.Kept)
def read(flow_id: UUID) -> Any:
    """The stories of a flow."""
    with reading(me().account_id) as unit:
        return _kept(unit, _found(unit, flow_id).id)


@stories.put("/flows/<uuid:flow_id>/stories")
@allowed("edit flows")
@stories.input(shapes.Keep)
@stories.output(shapes.Kept)
def save(flow_id: UUID, json_data: shapes.Keep) -> Any:
    """Keep stories in place of those there; 409 with the present ones where somebody was first."""
    rehearsing.prove(json_data.document)
    with writing(me().account_id) as unit:
        flow = _found(unit, flow_id)
        if json_data.document["flow"] != flow.key:
            raise Invalid("These are the stories of another flow.", detail={"pointer": "/document/flow"})
        try:
            unit.stories.save(flow_id, json_data.document, revision=json_data.revision, by=me().member.id)
        except Conflict as conflict:
            raise Conflict(conflict.message, detail=_kept(unit, flow_id)) from conflict
        unit.audit.record(me().member.id, "stories_saved", object_kind="flow", object_id=flow_id)
        unit.live.tell("flow", {"id": str(flow_id), "actor": str(me().member.id)})
        return _kept(unit, flow_id)


@stories.post("/flows/<uuid:flow_id>/stories/run")
@allowed("see flows")
@stories.input(shapes.ToTell)
@stories.output(shapes.Results)
def run(flow_id: UUID, json_data: shapes.ToTell) -> Any:
    """Tell stories to a document: by default those that are kept, to the draft. Nothing is changed."""
    if json_data.stories is not None:
        rehearsing.prove(json_data.stories)
    with reading(me().account_id) as unit:
        flow = _found(unit, flow_id)
        to_tell = json_data.stories or _kept(unit, flow_id)["document"] or NONE
        program, others = rehearsing.compiled(unit, flow.draft if json_data.document is None else json_data.document)
    told = list(rehearsing.told(program, others, to_tell))
    covered = coverage(program, told)
    return {
        "findings": [each.as_data() for each in rehearsing.warnings_of(told)],
        "stories": [{"name": each.name, "failures": [_failed(failure) for failure in each.failures]} for each in told],
        "nodes": {"reached": covered.nodes_reached, "of": covered.nodes},
        "ports": {"reached": covered.ports_reached, "of": covered.ports},
        "unreached": {
            "nodes": list(covered.nodes_left),
            "ports": [f"{node}.{port}" for node, port in covered.ports_left],
        },
    }


@stories.post("/flows/<uuid:flow_id>/rehearsal")
@allowed("see flows")
@stories.input(shapes.ToRehearse)
@stories.output(shapes.Rehearsed)
def rehearse(flow_id: UUID, json_data: shapes.ToRehearse) -> Any:
    """Play everything from the beginning, in made-up time: nobody is written to, nothing is called, nothing is kept."""
    with reading(me().account_id) as unit:
        flow = _found(unit, flow_id)
        _prove_acts(json_data)
        program, others = rehearsing.compiled(unit, flow.draft if json_data.document is None else json_data.document)
        world = rehearsing.world_of(unit, json_data.world)
    acts, halfway, stopped = [], None, None
    for given, (talk, came) in zip(
        json_data.acts, rehearsing.rehearse(program, others, world, json_data.acts), strict=False
    ):
        if isinstance(came, Failure):
            halfway, stopped = _came(talk, talk.come, given), _failed(came)
        else:
            acts.append(_came(talk, came, given))
    return {"world": world, "acts": acts, "halfway": halfway, "stopped": stopped}


def _prove_acts(asked: shapes.ToRehearse) -> None:
    told = {"name": "x", "world": asked.world, "exchanges": asked.acts}
    rehearsing.prove({"format": "flowengine/stories", "format_version": 1, "flow": "x", "stories": [told]})


def _came(talk: Rehearsal, scene: Scene, given: Mapping[str, Any]) -> dict[str, Any]:
    run = talk.run
    wait = run.wait if run is not None and run.status == "open" else None
    kind = str(talk.surroundings.channel.get("kind", ""))
    return {
        "exchange": recorded(talk, scene, given),
        "messages": [bubble for message in _with_links(scene.messages) for bubble in bubbles(message, kind)],
        "effects": [effect.as_data() for effect in scene.effects if not isinstance(effect, SendMessage)],
        "trace": [step.as_data() for step in scene.trace],
        "variables": dict(run.variables) if run else {},
        "answers": dict(run.answers) if run else {},
        "state": talk.state,
        "team": talk.team,
        "now": talk.now,
        "waits_at": wait.node if wait else None,
        "next_timer": min((timer.due for timer in wait.timers), default=None) if wait else None,
        "status": run.status if run else None,
        "outcome": run.outcome if run and run.status != "open" else None,
        "error": dict(run.error) if run and run.error else None,
    }


def _with_links(messages: Sequence[SendMessage]) -> Sequence[SendMessage]:
    """The same, files of the account as our own page can show them."""
    if not any(sha256_of(file.url) for message in messages for file in message.attachments):
        return messages
    account, links = me().account_id, here().own_links
    with reading(account) as unit:
        known = with_files(unit, messages)
    put = ((message, links.put(account, [asdict(file) for file in message.attachments])) for message in known)
    return [replace(message, attachments=tuple(Attachment(**each) for each in files)) for message, files in put]


def _failed(failure: Failure) -> dict[str, Any]:
    node = failure.words.get("node") if failure.code == "mock" else None
    return {**failure.as_data(), "node": node}


def _kept(unit: Unit, flow_id: UUID) -> dict[str, Any]:
    kept = unit.stories.get(flow_id)
    if kept is None:
        return {"document": None, "revision": 0, "updated_at": None}
    return {"document": kept.document, "revision": kept.revision, "updated_at": kept.updated_at}


def _found(unit: Unit, flow_id: UUID) -> Flow:
    flow = unit.flows.get(flow_id)
    if flow is None:
        raise NotFound("There is no such flow.")
    return flow
