"""How a conversation looks in lists and alone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from builder_ui.api.shapes import FlowRef, Named, Shape, TeamRef
from flowengine.store.inbox import Listed

State = Literal["bot", "queued", "open", "pending", "finished"]


class Channel(Shape):
    """The channel a conversation runs over."""

    id: UUID
    kind: str
    name: str


class LastMessage(Shape):
    """The last thing said."""

    text: str
    author: Literal["contact", "bot", "agent"]
    at: datetime


class Transferred(Shape):
    """Who transferred it, and whether to the one who asks."""

    name: str
    to_you: bool


class Row(Shape):
    """A conversation in a list."""

    id: UUID
    version: int
    state: State
    contact: Named
    channel: Channel
    team: TeamRef
    owner: Named | None
    priority: Literal["normal", "high"]
    last_message: LastMessage | None
    unread: int
    waiting_since: datetime | None
    queued_at: datetime | None
    transferred_by: Transferred | None
    updated_at: datetime


class Identity(Shape):
    """Who the contact is on a channel."""

    channel: str
    external_id: str


class Past(Shape):
    """Another conversation of the contact."""

    id: UUID
    state: State
    opened_at: datetime
    finished_at: datetime | None


class Contact(Named):
    """The contact as the pane beside the talk shows them."""

    email: str | None
    phone: str | None
    tags: list[str]
    fields: dict[str, Any]
    identities: list[Identity]
    created_at: datetime
    conversations: list[Past]


class May(Shape):
    """What the person who asks may do here."""

    take: bool
    write: bool
    transfer: bool
    finish: bool


class Detail(Row):
    """A conversation alone."""

    contact: Contact
    tags: list[str]
    may: May
    flow: FlowRef | None


def row(listed: Listed, *, viewer: UUID) -> dict[str, Any]:
    """A `Row` as the person `viewer` sees it."""
    talk = listed.conversation
    last = talk.last_message
    return {
        "id": talk.id,
        "version": talk.version,
        "state": talk.state,
        "contact": {"id": talk.contact_id, "name": listed.contact_name or ""},
        "channel": {"id": talk.channel_id, "kind": listed.channel_kind, "name": listed.channel_name},
        "team": {"slug": listed.team_slug, "name": listed.team_name},
        "owner": {"id": talk.owner_id, "name": listed.owner_name or ""} if talk.owner_id else None,
        "priority": talk.priority,
        "last_message": {**last, "at": talk.last_message_at} if last and talk.last_message_at else None,
        "unread": talk.unread,
        "waiting_since": talk.waiting_since,
        "queued_at": talk.queued_at,
        "transferred_by": _transferred(talk.transferred, viewer),
        "updated_at": talk.updated_at,
    }


def _transferred(transferred: dict[str, Any] | None, viewer: UUID) -> dict[str, Any] | None:
    if not transferred:
        return None
    return {"name": transferred.get("name") or "", "to_you": transferred.get("to") == str(viewer)}
