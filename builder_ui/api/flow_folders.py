"""Where flows are found in their list: folders, and tags put on several flows at once."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.account_things import LEFT_OUT
from builder_ui.api.flow_shapes import FlowTags, Folder, Id
from builder_ui.api.shapes import Body, Query, Shape, Text
from builder_ui.auth import allowed, me
from builder_ui.units import writing
from flowengine.core.errors import Conflict, Invalid, NotFound
from flowengine.store import flow_folders as store
from flowengine.store.unit import Unit

flow_folders = APIBlueprint("flow_folders", __name__, tag="Flows")

MOST_FOLDERS = 200
MOST_TAGS = 20  # of one flow
FolderName = Annotated[Text, Field(min_length=1, max_length=60, pattern=r"^\S(?:.*\S)?$")]


class NamedFolder(Body):
    """A folder by its name; no two have the same, whatever the case of its letters."""

    name: FolderName


class Contents(Query):
    """What becomes of the flows in a folder that goes: without a word it has to be empty."""

    contents: Literal["up"] | None = Field(None, description="`up`: they lie in no folder from then on.")


class Arrangement(Body):
    """What is to be different about where these flows are found; what is left out stays."""

    flows: Annotated[list[Id], Field(min_length=1, max_length=500)]
    folder: Id | None = LEFT_OUT
    add_tags: FlowTags = []
    remove_tags: FlowTags = []


class Place(Shape):
    """Where a flow is found."""

    id: UUID
    folder: UUID | None
    tags: list[str]


class Places(Shape):
    """Of those flows that were arranged."""

    flows: list[Place]


@flow_folders.post("/flow-folders")
@allowed("edit flows")
@flow_folders.input(NamedFolder)
@flow_folders.output(Folder, status_code=201)
def create(json_data: NamedFolder) -> Any:
    """A new folder, empty."""
    with writing(me().account_id) as unit:
        if len(unit.folders.all()) >= MOST_FOLDERS:
            raise Invalid(f"An account has at most {MOST_FOLDERS} folders.", detail={"pointer": "/name"})
        _must_be_free(unit, json_data.name)
        made = unit.folders.add(json_data.name)
        if made is None:
            raise _taken(json_data.name)
        _note(unit, "flow_folder_created", made)
        return {"id": made.id, "name": made.name}


@flow_folders.patch("/flow-folders/<uuid:folder_id>")
@allowed("edit flows")
@flow_folders.input(NamedFolder)
@flow_folders.output(Folder)
def rename(folder_id: UUID, json_data: NamedFolder) -> Any:
    """Call it otherwise."""
    with writing(me().account_id) as unit:
        _found(unit, folder_id)
        _must_be_free(unit, json_data.name, but=folder_id)
        unit.folders.rename(folder_id, json_data.name)
        renamed = _found(unit, folder_id)
        _note(unit, "flow_folder_renamed", renamed)
        return {"id": renamed.id, "name": renamed.name}


@flow_folders.delete("/flow-folders/<uuid:folder_id>")
@allowed("edit flows")
@flow_folders.input(Contents, location="query")
@flow_folders.output({}, status_code=204)
def remove(folder_id: UUID, query_data: Contents) -> Any:
    """Remove a folder. 409 while flows lie in it, unless they move up."""
    with writing(me().account_id) as unit:
        gone = _found(unit, folder_id)
        held = unit.folders.holds(folder_id)
        if held and query_data.contents is None:
            raise Conflict("Flows lie in this folder; ?contents=up leaves them in none.", detail={"flows": held})
        unit.folders.remove(folder_id)
        _note(unit, "flow_folder_removed", gone)
    return ""


@flow_folders.post("/flows/arrange")
@allowed("edit flows")
@flow_folders.input(Arrangement)
@flow_folders.output(Places)
def arrange(json_data: Arrangement) -> Any:
    """Put flows into a folder or out of any, put tags on them and take tags off; all of them, or none."""
    with writing(me().account_id) as unit:
        if json_data.folder is not None and unit.folders.get(json_data.folder) is None:
            raise Invalid("There is no such folder.", detail={"pointer": "/folder"})
        known = {place.flow_id for place in unit.folders.places(json_data.flows)}
        for at, flow_id in enumerate(json_data.flows):
            if flow_id not in known:
                raise Invalid("There is no such flow.", detail={"pointer": f"/flows/{at}"})
        if "folder" in json_data.model_fields_set:
            unit.folders.move(json_data.flows, json_data.folder)
        unit.folders.tag(json_data.flows, added=json_data.add_tags, removed=json_data.remove_tags)
        places = unit.folders.places(json_data.flows)
        if any(len(place.tags) > MOST_TAGS for place in places):
            raise Invalid(f"A flow has at most {MOST_TAGS} tags.", detail={"pointer": "/add_tags"})
        unit.audit.record(me().member.id, "flows_arranged", object_kind="flow", data={"flows": len(places)})
        unit.live.tell("flow", {"id": str(places[0].flow_id), "actor": str(me().member.id)})
    return {"flows": [{"id": each.flow_id, "folder": each.folder_id, "tags": each.tags} for each in places]}


def _found(unit: Unit, folder_id: UUID) -> store.Folder:
    folder = unit.folders.get(folder_id)
    if folder is None:
        raise NotFound("There is no such folder.")
    return folder


def _must_be_free(unit: Unit, name: str, *, but: UUID | None = None) -> None:
    other = unit.folders.named(name)
    if other is not None and other.id != but:
        raise _taken(other.name)


def _taken(name: str) -> Invalid:
    return Invalid(f"There is a folder called {name!r}.", detail={"pointer": "/name"})


def _note(unit: Unit, what: str, folder: store.Folder) -> None:
    """Who did it, for the record and for the other screens."""
    by = me().member.id
    unit.audit.record(by, what, object_kind="flow_folder", object_id=folder.id, data={"name": folder.name})
    unit.live.tell("flow", {"id": str(folder.id), "actor": str(by)})
