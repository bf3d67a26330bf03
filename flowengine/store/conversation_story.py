"""What is told of a conversation on its timeline beside its messages: changes, and remarks between people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class Note:
    """A private remark between people; another type than messages, so that none can reach a channel."""

    id: UUID
    conversation_id: UUID
    member_id: UUID | None
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ConversationEvent:
    """A change: what, by whom (None: a flow or time), and where it was done."""

    id: UUID
    conversation_id: UUID
    what: str
    member_id: UUID | None
    where_done: str
    data: dict[str, Any]
    at: datetime


_RECORD = text(f"""
    insert into conversation_event (account_id, {names(ConversationEvent)})
    values (:account, :id, :conversation, :what, cast(:member as uuid), :where_done, cast(:data as jsonb), :now)
    returning {names(ConversationEvent)}""")
_NOTE = text(f"""
    insert into note (account_id, {names(Note)})
    values (:account, :id, :conversation, cast(:member as uuid), :text, :now)
    returning {names(Note)}""")


class ConversationStory(Area):
    def record(
        self,
        conversation_id: UUID,
        what: str,
        *,
        where_done: str,
        member_id: UUID | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> ConversationEvent:
        """Put a change on the timeline."""
        (row,) = self._rows(
            _RECORD,
            id=self._new_id(),
            conversation=conversation_id,
            what=what,
            member=member_id,
            where_done=where_done,
            data=json(dict(data or {})),
            now=self._now,
        )
        return ConversationEvent(*row)

    def add_note(self, conversation_id: UUID, member_id: UUID | None, text: str) -> Note:
        (row,) = self._rows(
            _NOTE, id=self._new_id(), conversation=conversation_id, member=member_id, text=text, now=self._now
        )
        return Note(*row)
