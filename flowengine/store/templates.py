"""Message templates: records of what a provider approves, as flows name them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Template:
    """`buttons` are [{kind, text, value}], `parameters` [{name, example}] in the order in which the body has them."""

    id: UUID
    slug: str
    name: str
    channel_id: UUID | None
    language: str
    category: str
    status: str
    header: str
    body: str
    footer: str
    buttons: list[dict[str, Any]]
    parameters: list[dict[str, Any]]
    created_at: datetime


class Templates(Things[Template]):
    table, kind, row = "template", "template", Template
    columns = {
        "name": "text",
        "channel_id": "uuid",
        "language": "text",
        "category": "text",
        "status": "text",
        "header": "text",
        "body": "text",
        "footer": "text",
        "buttons": "jsonb",
        "parameters": "jsonb",
    }
