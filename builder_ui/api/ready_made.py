"""Ready-made flows: what a new flow may start from instead of an empty canvas."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any, Literal

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui.api.shapes import Shape, Slug
from builder_ui.auth import allowed
from flowengine.core.references import references_of
from flowengine.nodes import FLOW_SCHEMA, SCHEMAS

ready_made = APIBlueprint("ready_made", __name__, tag="Flows")

FOLDER = SCHEMAS.parent / "flows"  # beside the schemas, in a checkout as in what is installed
STORIES = ".stories.json"
THINGS = FOLDER / "account.bundle"  # a bundle without flows: all that these name of an account
KINDS = ("chatbot", "sequence", "contact_automation", "deal_automation")


class ReadyMade(Shape):
    """A flow as it comes; what it names of the account may be missing there."""

    key: Slug
    name: str
    description: str
    kind: Literal["chatbot", "sequence", "contact_automation", "deal_automation"]
    nodes: int = Field(description="How many steps it has.")
    document: dict[str, Any]
    references: list[dict[str, Any]] = Field(
        description="What it names of its account, defined as a bundle defines it: put there, it can be created."
    )


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
    things = {(each["kind"], each["slug"]): each for each in _read(THINGS)["references"]}
    files = (path for path in FOLDER.glob("*.json") if not path.name.endswith(STORIES))
    shown = [_entry(_read(path), things) for path in files]
    return sorted(shown, key=lambda each: (KINDS.index(each["kind"]), each["name"]))


def _entry(document: dict[str, Any], things: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
    named = dict.fromkeys((each.kind, each.slug) for each in references_of(document, FLOW_SCHEMA))
    return {
        **{each: document[each] for each in ("key", "name", "description", "kind")},
        "nodes": len(document["nodes"]),
        "document": document,
        "references": [things[key] for key in named if key in things],
    }


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content
