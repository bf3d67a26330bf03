"""The stories of flows: one document a flow, as its file has it, saved over the revision it was made from."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict
from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class FlowStories:
    """`revision` counts the saves."""

    flow_id: UUID
    document: dict[str, Any]
    revision: int
    updated_by: UUID | None
    updated_at: datetime


_GET = text(f"select {names(FlowStories)} from flow_story where account_id = :account and flow_id = :flow")
_ADD = text(f"""
    insert into flow_story (account_id, {names(FlowStories)})
    select :account, id, cast(:document as jsonb), 1, cast(:by as uuid), :now
    from flow where account_id = :account and id = :flow and archived_at is null
    on conflict (account_id, flow_id) do nothing
    returning {names(FlowStories)}""")
_SAVE = text(f"""
    update flow_story
    set document = cast(:document as jsonb), revision = revision + 1, updated_by = cast(:by as uuid), updated_at = :now
    where account_id = :account and flow_id = :flow and revision = :revision
    returning {names(FlowStories)}""")


class Stories(Area):
    def get(self, flow_id: UUID) -> FlowStories | None:
        """None where nobody has told any."""
        return self._first(FlowStories, _GET, flow=flow_id)

    def save(self, flow_id: UUID, document: dict[str, Any], *, revision: int, by: UUID | None) -> FlowStories:
        """Over the revision it was made from, 0 for the first; Conflict where somebody was first."""
        values = {"flow": flow_id, "document": json(document), "by": by, "now": self._now}
        if revision == 0:
            saved = self._first(FlowStories, _ADD, **values)
        else:
            saved = self._first(FlowStories, _SAVE, revision=revision, **values)
        if saved is None:
            raise Conflict("Somebody has changed these stories meanwhile.")
        return saved
