"""Conversations as people read them: lists with their counts, one alone, its timeline."""

from __future__ import annotations

from typing import Annotated, Any, Literal
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api import talks, timeline
from builder_ui.api.shapes import Item, Query, Shape, Text
from builder_ui.api.viewer import detail, found, viewer
from builder_ui.auth import allowed
from builder_ui.units import reading

conversations = APIBlueprint("conversations", __name__, tag="Conversations")

View = Literal["new", "mine", "others", "pending", "finished", "bot"]


class ListQuery(Query):
    """Which list, and from where on."""

    view: View = "new"
    cursor: Text | None = Field(default=None, max_length=200)
    q: Text | None = Field(default=None, max_length=200)


class Counts(Shape):
    """How many stand in each list."""

    new: int
    mine: int
    others: int
    pending: int
    bot: int


class Page(Shape):
    """A page of a list."""

    conversations: list[talks.Row]
    counts: Counts
    next: str | None


class TimelineQuery(Query):
    """Which part of a timeline."""

    before: UUID | None = None
    limit: Annotated[int, Field(ge=1, le=200)] = 50


class Timeline(Shape):
    """A part of a timeline, oldest first."""

    items: list[Item]
    more: bool


@conversations.get("/conversations")
@allowed("see conversations")
@conversations.input(ListQuery, location="query")
@conversations.output(Page)
def list_conversations(query_data: ListQuery) -> Any:
    """One page of a list, as far as the person may see it."""
    who = viewer()
    with reading(who.account_id) as unit:
        sight = who.sight(unit)
        page = unit.inbox.page(sight, query_data.view, cursor=query_data.cursor or None, q=query_data.q or None)
        counts = unit.inbox.counts(sight)
    rows = [talks.row(listed, viewer=who.member_id) for listed in page.rows]
    return {"conversations": rows, "counts": counts, "next": page.next}


@conversations.get("/conversations/<uuid:conversation_id>")
@allowed("see conversations")
@conversations.output(talks.Detail)
def read(conversation_id: UUID) -> Any:
    """One conversation with its contact, and what the person may do."""
    who = viewer()
    with reading(who.account_id) as unit:
        return detail(unit, who, found(unit, who, conversation_id))


@conversations.get("/conversations/<uuid:conversation_id>/timeline")
@allowed("see conversations")
@conversations.input(TimelineQuery, location="query")
@conversations.output(Timeline)
def read_timeline(conversation_id: UUID, query_data: TimelineQuery) -> Any:
    """What was said, noted and done."""
    who = viewer()
    with reading(who.account_id) as unit:
        talk = found(unit, who, conversation_id).conversation
        items, more = timeline.page(
            unit,
            talk.id,
            before=query_data.before,
            limit=query_data.limit,
            opened_at=talk.opened_at,
            language=unit.accounts.read().language,
        )
    return {"items": items, "more": more}
