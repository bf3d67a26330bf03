"""Reasons: why a conversation was finished or a deal was lost."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Reason:
    """`kind`: resolved, lost, other."""

    id: UUID
    slug: str
    name: str
    kind: str
    created_at: datetime


class Reasons(Things[Reason]):
    table, kind, row = "reason", "reason", Reason
    columns = {"name": "text", "kind": "text"}
