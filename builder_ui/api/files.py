"""A file that a flow is to send, looked at where it lies: what it is, and what the flow's channels will say of it."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Body, Shape
from builder_ui.auth import allowed, me
from builder_ui.limits import limiter
from builder_ui.process import here
from builder_ui.units import reading
from flowengine.core.errors import NotFound
from flowengine.effects.file_trial import look, troubles
from flowengine.effects.outside import Outside

LOOKS = "60 per minute"  # of one person: each is a request to somebody else's system

files = APIBlueprint("files", __name__, tag="Flows")

Kind = Literal["image", "video", "audio", "document"]


class ToLook(Body):
    """Where it lies, and as what it is to be sent."""

    url: Annotated[str, Field(pattern=r"^https?://[^\s{}]+$", max_length=2000)]
    kind: Kind


class Trouble(Shape):
    """What will go wrong with it; on a `channel` its `type`, or its `size` (of which `most` is taken)."""

    code: Literal["away", "barred", "status", "page", "other_kind", "insecure", "type", "size"]
    channel: str | None = None
    most: int | None = None


class Looked(Shape):
    """What lies there; `size` in bytes where it is said."""

    status: int
    mime: str
    size: int | None
    troubles: list[Trouble]


def _person() -> str:
    return str(me().member.id)


@files.post("/flows/<uuid:flow_id>/file")
@limiter.limit(LOOKS, key_func=_person)
@allowed("edit flows")
@files.input(ToLook)
@files.output(Looked)
def look_at(flow_id: UUID, json_data: ToLook) -> Any:
    """Fetch its beginning through the guard, and hold it against what the flow's channels take, else all there are."""
    with reading(me().account_id) as unit:
        if unit.flows.get(flow_id) is None:
            raise NotFound("There is no such flow.")
        bound = {each.channel_kind: each.channel_name for each in unit.channels.bindings(flow_id)}
        kinds = bound or {each.kind: each.name for each in unit.channels.all()}
    with Outside(here().settings.allow_callbacks_to) as outside:
        found = look(outside, json_data.url)
    told = troubles(found, url=json_data.url, kind=json_data.kind, channels=kinds)
    return {
        "status": found.status,
        "mime": found.mime,
        "size": found.size,
        "troubles": [{"code": each.code, "channel": each.channel, "most": each.most} for each in told],
    }
