"""Drafts: what a new one begins with, whether and how it differs from what is live, what the checker says of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from flowengine.core.errors import Invalid, InvalidFlow
from flowengine.core.flow import draft_hash
from flowengine.core.slugs import slug_of
from flowengine.core.upgrade import upgraded
from flowengine.nodes import FLOW_SCHEMA

# What a new flow of each kind starts by, until its author says otherwise.
_STARTS = {
    "chatbot": "message.received",
    "sequence": "manual",
    "contact_automation": "contact.created",
    "deal_automation": "deal.created",
}


def beginning(*, kind: str, key: str, name: str, language: str, default_team: str) -> dict[str, Any]:
    """A flow that starts by what its kind starts by most often, and does nothing yet."""
    return {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": kind,
        "key": key,
        "name": name,
        "description": "",
        "language": language,
        "settings": {"default_team": default_team},
        "variables": [],
        "nodes": [
            {
                "id": "inicio" if language.startswith("pt") else "start",
                "type": "trigger",
                "label": "",
                "params": {"event": _STARTS[kind]},
                "position": {"x": 0, "y": 0},
            }
        ],
        "edges": [],
    }


def key_of(name: str) -> str:
    """The key of a flow that is called so.

    >>> key_of("Atendimento à Loja (2)")
    'atendimento-a-loja-2'
    """
    return slug_of(name) or "fluxo"


def kind_of(document: Mapping[str, Any] | None, asked: str | None) -> str:
    """The kind of a new flow: its document's own, else what was asked for, else a chatbot.

    Invalid where both say something and not the same, or the document says what no flow is.
    """
    own = (document or {}).get("kind")
    if own is not None and (not isinstance(own, str) or own not in _STARTS):
        kinds = ", ".join(_STARTS)
        raise Invalid(f"The document is of kind {own!r}; there are {kinds}.", detail={"pointer": "/document/kind"})
    if own is not None and asked is not None and own != asked:
        words = f"The document is of kind {own!r}, the request says {asked!r}; leave `kind` out, or make them agree."
        raise Invalid(words, detail={"pointer": "/kind"})
    return str(own or asked or "chatbot")


def hash_of(document: Mapping[str, Any]) -> str:
    """The content hash; for a draft that is no flow yet, a hash of it as it stands."""
    try:
        return draft_hash(document)
    except orjson.JSONEncodeError as deep:  # orjson reads 1,024 levels and writes 254
        raise Invalid("The document is nested too deeply.", detail={"pointer": "/document"}) from deep


def today(document: dict[str, Any]) -> dict[str, Any]:
    """The draft as the builder is to edit it: params that a newer program has in another shape are in that one."""
    try:
        upgrade: dict[str, Any] = upgraded(document, FLOW_SCHEMA)
        return upgrade
    except InvalidFlow:
        return document


def changes(live: Mapping[str, Any] | None, draft: Mapping[str, Any]) -> int:
    """How many things differ, counted as a person would: each node, each wire, each setting or other field."""
    before = live or {}
    return (
        _differing(_nodes(before), _nodes(draft))
        + len(_wires(before) ^ _wires(draft))
        + _differing(_settings(before), _settings(draft))
        + _differing(_rest(before), _rest(draft))
    )


def _differing(before: Mapping[str, Any], after: Mapping[str, Any]) -> int:
    return sum(before.get(name) != after.get(name) for name in before.keys() | after.keys())


def _nodes(document: Mapping[str, Any]) -> dict[str, Any]:
    nodes = document.get("nodes")
    return {
        str(node.get("id")): {name: value for name, value in node.items() if name != "position"}
        for node in (nodes if isinstance(nodes, list) else ())
        if isinstance(node, dict)
    }


def _wires(document: Mapping[str, Any]) -> set[tuple[str, str, str]]:
    edges = document.get("edges")
    return {
        (str(edge.get("source")), str(edge.get("port")), str(edge.get("target")))
        for edge in (edges if isinstance(edges, list) else ())
        if isinstance(edge, dict)
    }


def _settings(document: Mapping[str, Any]) -> Mapping[str, Any]:
    settings = document.get("settings")
    return settings if isinstance(settings, dict) else {}


def _rest(document: Mapping[str, Any]) -> dict[str, Any]:
    drawn = ("nodes", "edges", "settings", "notes", "frames")
    return {name: value for name, value in document.items() if name not in drawn}
