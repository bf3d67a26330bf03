"""Snippets: texts that agents and flows have at hand."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Snippet:
    """`visible_to`: me (its owner), team (`team_id`), everyone."""

    id: UUID
    slug: str
    name: str
    text: str
    visible_to: str
    team_id: UUID | None
    owner_id: UUID | None
    created_at: datetime


class Snippets(Things[Snippet]):
    table, kind, row = "snippet", "snippet", Snippet
    columns = {"name": "text", "text": "text", "visible_to": "text", "team_id": "uuid", "owner_id": "uuid"}
