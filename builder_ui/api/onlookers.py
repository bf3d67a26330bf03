"""Who has a flow open: each open builder says so now and then, and the others hear it while it is so."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui import signs
from builder_ui.api.shapes import Body
from builder_ui.auth import allowed, me
from builder_ui.limits import limiter
from builder_ui.process import here

SIGNS = "240 per minute"  # of one person: a step selected, a window opened, and now and then

onlookers = APIBlueprint("onlookers", __name__, tag="Flows")


class Here(Body):
    """One window with the flow open. `came` wants the others to say that they are here as well."""

    screen: Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{1,40}$")]
    what: Literal["came", "stays", "leaves"] = "stays"
    step: Annotated[str, Field(max_length=100)] | None = None


def _person() -> str:
    return str(me().member.id)


@onlookers.post("/flows/<uuid:flow_id>/here")
@limiter.limit(SIGNS, key_func=_person)
@allowed("see flows")
@onlookers.input(Here)
@onlookers.output({}, status_code=204)
def say(flow_id: UUID, json_data: Here) -> Any:
    """The others who have this flow open are shown who is here, and at which step. It is kept nowhere."""
    who = me()
    told = {"member": str(who.member.id), "who": who.member.name, **json_data.model_dump()}
    signs.of_flow(here().redis, who.account_id, {"flow": str(flow_id), **told})
    return ""
