"""A conversation's timeline: what was said, noted and done, and between them what the flows did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from itertools import groupby, zip_longest
from typing import Any
from uuid import UUID

from builder_ui.auth import me
from builder_ui.process import here
from flowengine.core.ports import ports_of
from flowengine.nodes import NODE_TYPES
from flowengine.store.inbox import Item
from flowengine.store.turns import TracedTurn
from flowengine.store.unit import Unit

_TAG = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_FILLED_IN = re.compile(r"\{\{.*?\}\}", re.DOTALL)
LAST_SECOND = datetime.max.replace(microsecond=0, tzinfo=UTC).timestamp()
LONGEST_TEXT = 300  # characters of a step: the whole text stands in the message below it


def page(
    unit: Unit, conversation: UUID, *, before: UUID | None, limit: int, opened_at: datetime, language: str
) -> tuple[list[dict[str, Any]], bool]:
    """The last items before one, oldest first, and whether there are more."""
    stored, more = unit.inbox.timeline(conversation, before=before, most=limit)
    until = time_of(before) if before else unit.now
    since = stored[0].at if more else opened_at
    turns = unit.turns.of_conversation(conversation, since, until)
    items = [_item(item) for item in stored]
    traces = list(_traces(unit, turns, stored, language))
    # A trace stands where it ended; after what was said at that moment, so that a page never begins with one.
    places = [(item["at"], 0, item) for item in items] + [(trace["until"], 1, trace) for trace in traces]
    return [item for _, _, item in sorted(places, key=lambda place: place[:2])], more


def time_of(id: UUID) -> datetime:
    """When a UUIDv7 was made (RFC 9562: its first 48 bits are milliseconds); at the latest, the calendar's end."""
    return datetime.fromtimestamp(min((id.int >> 80) / 1000, LAST_SECOND), UTC)


def message_item(
    *,
    id: UUID,
    at: datetime,
    author: str,
    by: dict[str, Any] | None,
    body: dict[str, Any],
    status: str,
    error: str | None,
    client_id: str | None,
) -> dict[str, Any]:
    """A stored message as a `MessageItem`."""
    item = {
        "kind": "message",
        "id": id,
        "at": at,
        "author": author,
        "by": by,
        "text": body.get("text") or "",
        "options": body.get("options") or [],
        "attachments": here().own_links.put(me().account_id, body.get("attachments")),
        "status": status,
    }
    return item | {key: value for key, value in (("error", error), ("client_id", client_id)) if value}


def _item(item: Item) -> dict[str, Any]:
    by = {"id": item.member_id, "name": item.member_name or ""} if item.member_id else None
    data = item.data
    if item.kind == "message":
        return message_item(
            id=item.id,
            at=item.at,
            author=data["author"],
            by=by,
            body=data["body"] or {},
            status=data["status"],
            error=data["error"],
            client_id=data["client_id"],
        )
    common = {"kind": item.kind, "id": item.id, "at": item.at, "by": by}
    if item.kind == "note":
        return {**common, "text": data["text"]}
    return {**common, "what": data["what"], "where": data["where"], "data": data["data"] or {}}


def _traces(unit: Unit, turns: Sequence[TracedTurn], items: Sequence[Item], language: str) -> Iterable[dict[str, Any]]:
    """One card for the turns of a run that follow each other without people having changed anything in between."""
    changes = [item.at for item in items if item.kind == "event" and item.data["where"] != "flow"]
    said = _said_by_node(items)
    labels: dict[UUID, dict[str, dict[str, Any]]] = {}
    for (run, _), group in groupby(turns, key=lambda turn: (turn.run_id, sum(at <= turn.at for at in changes))):
        together = list(group)
        first = together[0]
        if first.version_id not in labels:
            version = unit.flows.version(first.version_id)
            labels[first.version_id] = {node["id"]: node for node in version.document["nodes"]} if version else {}
        nodes = labels[first.version_id]
        yield {
            "kind": "trace",
            "id": f"{run}:{first.number}",
            "at": first.at,
            "until": together[-1].at,
            "flow": {"name": first.flow_name, "number": first.version_number},
            "steps": [
                _step(step, nodes.get(step["node"], {}), said.get((str(run), step["node"]), ""), at, language)
                for step, at in _walked(together)
            ],
        }


def _walked(turns: Sequence[TracedTurn]) -> Iterable[tuple[dict[str, Any], datetime]]:
    """Each node once a visit: where the walk paused and then went on, only how it went on."""
    steps = [(step, turn.at) for turn in turns for step in turn.trace]
    for (step, at), following in zip_longest(steps, steps[1:]):
        if step["port"] is None and following and following[0]["node"] == step["node"]:
            continue
        yield step, at


def _said_by_node(items: Sequence[Item]) -> dict[tuple[str, str], str]:
    """What each node of each run last said to the contact."""
    return {
        (item.data["run"], item.data["node"]): (item.data["body"] or {}).get("text") or ""
        for item in items
        if item.kind == "message" and item.data["run"] and item.data["node"]
    }


def _step(step: dict[str, Any], node: dict[str, Any], said: str, at: datetime, language: str) -> dict[str, Any]:
    schema = NODE_TYPES[step["type"]].schema if step["type"] in NODE_TYPES else {}
    answer = step.get("answer")
    return {
        "at": at,
        "node": step["node"],
        "type": step["type"],
        "label": node.get("label") or _title(schema, language) or step["node"],
        "text": (said or _words(node.get("params", {})))[:LONGEST_TEXT],
        "answer": None if answer is None else str(answer)[:LONGEST_TEXT],
        "port": _port_title(schema, node.get("params", {}), step["port"], language),
    }


def _words(params: dict[str, Any]) -> str:
    """What the author wrote there: of a text, or of the first part of a message; what is filled in shows as …"""
    parts = params.get("parts") or [{}]
    return _FILLED_IN.sub("…", _TAG.sub("", str(params.get("text") or parts[0].get("text") or "")))


def _title(schema: Any, language: str) -> str:
    return str(schema.get("x-i18n", {}).get(language, {}).get("title") or schema.get("title") or "")


def _port_title(schema: Any, params: dict[str, Any], port: str | None, language: str) -> str | None:
    """What people call a way out: the option's title, else the schema's in their language."""
    declaration = schema.get("x-ports", ())
    fixed = declaration.get("and", ()) if isinstance(declaration, dict) else declaration
    for each in fixed:
        if each["id"] == port:
            return _title(each, language) or port
    return next((each.title for each in ports_of(declaration, params) if each.id == port), port)
