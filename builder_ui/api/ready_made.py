"""Ready-made flows: what a new flow may start from instead of an empty canvas."""

from __future__ import annotations

import json
from functools import cache
from typing import Any, Literal

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Shape, Slug
from builder_ui.auth import allowed
from flowengine.nodes import SCHEMAS

ready_made = APIBlueprint("ready_made", __name__, tag="Flows")

FOLDER = SCHEMAS.parent / "flows"  # beside the schemas, in a checkout as in what is installed
STORIES = ".stories.json"


class ReadyMade(Shape):
    """A flow as it comes; what it names of the account may be missing there, as the report on pasting says."""

    key: Slug
    name: str
    description: str
    kind: Literal["chatbot", "sequence", "contact_automation", "deal_automation"]
    nodes: int = Field(description="How many steps it has.")
    document: dict[str, Any]


class ReadyMades(Shape):
    """By kind, chatbots first, then by name."""

    flows: list[ReadyMade]


@ready_made.get("/ready-made-flows")
@allowed("see flows")
@ready_made.output(ReadyMades)
def list_ready_made() -> Any:
    """Flows to start from, as they come with the installation."""
    return {"flows": _shown()}


@cache
def _shown() -> list[dict[str, Any]]:
    kinds = ("chatbot", "sequence", "contact_automation", "deal_automation")
    files = sorted(path for path in FOLDER.glob("*.json") if not path.name.endswith(STORIES))
    documents = [json.loads(path.read_text(encoding="utf-8")) for path in files]
    shown = [
        {**{each: document.get(each, "") for each in ("key", "name", "description", "kind")}, "document": document}
        | {"nodes": len(document["nodes"])}
        for document in documents
    ]
    return sorted(shown, key=lambda each: (kinds.index(each["kind"]), each["name"]))
