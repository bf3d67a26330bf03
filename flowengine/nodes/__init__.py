"""The node types: one module each, found by its name; its schema says how it looks and which ways lead out of it."""

from __future__ import annotations

import json
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from flowengine.core import flow
from flowengine.core.check import Account
from flowengine.core.check import check as check_flow
from flowengine.core.findings import Finding
from flowengine.core.ports import ports_of
from flowengine.core.schema import DocumentSchema, FlowSchema, with_definitions
from flowengine.core.steps import NodeType


def _find_schemas() -> Path:
    """Beside the package in a checkout, inside it when installed."""
    package = Path(__file__).parent.parent
    return next(place for place in (package.parent / "schemas", package / "schemas") if place.is_dir())


def _read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _node_type(name: str, schema: dict[str, Any]) -> NodeType:
    module = import_module(f"flowengine.nodes.{name}")
    return NodeType(
        name=name,
        schema=schema,
        ports=partial(ports_of, schema["x-ports"]),
        read=module.read,
        enter=module.enter,
        resume=module.resume,
        waits=getattr(module, "WAITS", False),
        waits_before=getattr(module, "WAITS_BEFORE", frozenset()),
        spans=getattr(module, "spans", None),
        pauses=getattr(module, "pauses", None),
        upgrade=getattr(module, "upgrade", None),
        renew=getattr(module, "renew", None),
    )


SCHEMAS = _find_schemas()
DEFINITIONS = _read(SCHEMAS / "definitions.json")
NODE_TYPES = {path.stem: _node_type(path.stem, _read(path)) for path in sorted((SCHEMAS / "nodes").glob("*.json"))}
FLOW_SCHEMA = FlowSchema(
    _read(SCHEMAS / "flow.schema.json"),
    DEFINITIONS,
    {name: kind.schema for name, kind in NODE_TYPES.items()},
    {name: kind.upgrade for name, kind in NODE_TYPES.items() if kind.upgrade is not None},
)
BUNDLE_SCHEMA = DocumentSchema(with_definitions(_read(SCHEMAS / "bundle.schema.json"), DEFINITIONS))
STORY_SCHEMA = DocumentSchema(with_definitions(_read(SCHEMAS / "story.schema.json"), DEFINITIONS))


def read_flow(document: Any) -> flow.Flow:
    """The flow a document describes; raises InvalidFlow with findings."""
    return flow.read_flow(document, FLOW_SCHEMA)


def check(document: Any, account: Account | None = None) -> list[Finding]:
    """Everything the checker says of a document, in this account where one is given."""
    return check_flow(document, FLOW_SCHEMA, NODE_TYPES, account)
