"""Tags on a conversation, put on and taken off by those who may see it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api import talks
from builder_ui.api.contact_shapes import Tagging
from builder_ui.api.viewer import detail, found, viewer
from builder_ui.auth import allowed
from builder_ui.units import writing
from flowengine.crm.actor import Actor
from flowengine.crm.tags import tag_conversation

conversation_tags = APIBlueprint("conversation_tags", __name__, tag="Conversations")


@conversation_tags.post("/conversations/<uuid:conversation_id>/tags")
@allowed("work on conversations")
@conversation_tags.input(Tagging)
@conversation_tags.output(talks.Detail)
def tag(conversation_id: UUID, json_data: Tagging) -> Any:
    """Put tags on and take them off; what is on already stays."""
    who = viewer()
    with writing(who.account_id) as unit:
        listed = found(unit, who, conversation_id)
        add, remove = json_data.add, json_data.remove
        if tag_conversation(unit, conversation_id, Actor(who.member_id, "inbox"), add=add, remove=remove):
            unit.audit.record(
                who.member_id,
                "conversation_tagged",
                object_kind="conversation",
                object_id=conversation_id,
                where_done="inbox",
                data={"add": add, "remove": remove},
            )
        return detail(unit, who, listed)
