"""Segments: named conditions on contacts. Who is in one is judged, not stored."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Segment:
    """`definition` is a condition whose operands are the contact's."""

    id: UUID
    slug: str
    name: str
    description: str
    definition: dict[str, Any]


class Segments(Things[Segment]):
    table, kind, row = "segment", "segment", Segment
    columns = {"name": "text", "description": "text", "definition": "jsonb"}
