"""Files of the account: sent in once, named by their content, looked at; what the channels of a flow take of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from flask import request
from flask.typing import ResponseReturnValue
from pydantic import Field

from builder_ui.api.shapes import Body, Shape
from builder_ui.auth import allowed, me
from builder_ui.body_limits import too_large
from builder_ui.file_links import answer
from builder_ui.limits import limiter
from builder_ui.process import here
from builder_ui.units import reading, writing
from flowengine.channels.declared import media_of
from flowengine.core.errors import Invalid, NotFound
from flowengine.core.files import kind_of, named
from flowengine.files.folder import TooLarge
from flowengine.files.links import Link
from flowengine.files.media_types import media_type
from flowengine.store.files import File

stored_files = APIBlueprint("stored_files", __name__, tag="Files")

UPLOADS = "120 per minute"  # of one person
PIECE = 64 * 1024
LONGEST_NAME = 200
_CONTENT = re.compile(r"[0-9a-f]{64}")


class Called(Body):
    """What its sender calls it."""

    name: Annotated[str, Field(max_length=255)] = ""


class Stored(Shape):
    """A file that is kept. Flows name it by `ref`; `mime` was told by its bytes; `url` is for our own pages."""

    ref: str
    sha256: str
    name: str
    mime: str
    kind: Literal["image", "video", "audio", "document"]
    size: int
    made_at: datetime
    url: str


class Taken(Shape):
    """What a channel takes of a kind of file; null: nothing is known of a limit."""

    kind: Literal["image", "video", "audio", "document"]
    most: int | None
    types: list[str] | None


class ChannelMedia(Shape):
    """One channel's limits."""

    name: str
    kind: str
    media: list[Taken]


class Limits(Shape):
    """`most`: bytes of a file that this installation takes. `channels`: the flow's, else all there are."""

    most: int
    channels: list[ChannelMedia]


def _person() -> str:
    return str(me().member.id)


@stored_files.post("/files")
@limiter.limit(UPLOADS, key_func=_person)
@allowed("edit flows")
@stored_files.input(Called, location="query")
@stored_files.output(Stored, status_code=201)
@stored_files.doc(description="The body is the file itself, as application/octet-stream.")
def upload(query_data: Called) -> Any:
    """Keep a file. The same bytes again are the same file, which then has the newer name."""
    most = here().settings.file_most
    person, name = me(), _readable(query_data.name)
    try:
        with here().files.arriving(_pieces(), most=most) as arrived:
            if not arrived.size:
                raise Invalid("The file is empty.", detail={"pointer": ""})
            mime = media_type(arrived.head, name)
            with writing(person.account_id) as unit:
                file = unit.files.put(arrived.sha256, name=name, mime=mime, size=arrived.size, by=person.member.id)
                here().files.keep(person.account_id, arrived)  # while the row is ours: who sweeps waits for it
                data = {"name": name, "size": arrived.size}
                unit.audit.record(person.member.id, "file_added", object_kind="file", object_id=file.sha256, data=data)
    except TooLarge:
        raise too_large(most) from None
    return _shown(file)


@stored_files.get("/files/<sha256>")
@allowed("see flows")
@stored_files.output(Stored)
def about(sha256: str) -> Any:
    """What is known of a file."""
    return _shown(_found(sha256))


@stored_files.get("/files/<sha256>/content")
@allowed("see flows")
def content(sha256: str) -> ResponseReturnValue:
    """The file itself."""
    return answer(Link(me().account_id, sha256), _found(sha256))


@stored_files.get("/flows/<uuid:flow_id>/media")
@allowed("see flows")
@stored_files.output(Limits)
def limits(flow_id: UUID) -> Any:
    """What may be sent in, and what the channels that the flow speaks on take of it."""
    with reading(me().account_id) as unit:
        bound = {each.channel_id for each in unit.channels.bindings(flow_id)}
        channels = [each for each in unit.channels.all() if not bound or each.id in bound]
    return {
        "most": here().settings.file_most,
        "channels": [{"name": each.name, "kind": each.kind, "media": _taken(each.kind)} for each in channels],
    }


def _taken(channel: str) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "most": limit.get("most"), "types": limit.get("types")}
        for kind, limit in media_of(channel).items()
    ]


def _pieces() -> Iterator[bytes]:
    while piece := request.stream.read(PIECE):
        yield piece


def _readable(name: str) -> str:
    """The last part of a path, without what no name holds; long ones keep their ending."""
    words = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    words = "".join(each for each in words if unicodedata.category(each)[0] != "C").strip()
    if len(words) <= LONGEST_NAME:
        return words
    stem, dot, ending = words.rpartition(".")
    return words[:LONGEST_NAME] if not dot or len(ending) > 10 else f"{stem[: LONGEST_NAME - len(ending) - 1]}.{ending}"


def _found(sha256: str) -> File:
    if _CONTENT.fullmatch(sha256):
        with reading(me().account_id) as unit:
            file = unit.files.get(sha256)
        if file is not None:
            return file
    raise NotFound("The account has no such file.")


def _shown(file: File) -> dict[str, Any]:
    return {
        "ref": named(file.sha256),
        "sha256": file.sha256,
        "name": file.name,
        "mime": file.mime,
        "kind": kind_of(file.mime),
        "size": file.size,
        "made_at": file.made_at,
        "url": here().own_links.of(me().account_id, file.sha256, file.name),
    }
