"""Older formats and older params of nodes, lifted to today's one step at a time; newer ones are refused in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowengine.core.errors import InvalidFlow
from flowengine.core.findings import Finding, finding
from flowengine.core.schema import FlowSchema

FORMAT = "flowengine/flow"
FORMAT_VERSION = 1

# From version n to n + 1, as a pure function of the document. None yet: version 1 is the first.
STEPS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def upgraded(document: Any, schema: FlowSchema) -> Any:
    """The document in today's format, its nodes with today's params; the same one where nothing is older.

    Raises InvalidFlow for what is no flow, or one newer than this program.
    """
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise InvalidFlow(
            [
                finding(
                    "F001",
                    pointer="/format",
                    why={"pt-BR": f"falta o formato “{FORMAT}”", "en": f"its format is not “{FORMAT}”"},
                )
            ]
        )
    version = document.get("format_version")
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= FORMAT_VERSION:
        raise InvalidFlow([_unknown_version(version)])
    while version < FORMAT_VERSION:
        document = {**STEPS[version](document), "format_version": version + 1}
        version += 1
    return _with_todays_params(document, schema)


def _with_todays_params(document: dict[str, Any], schema: FlowSchema) -> dict[str, Any]:
    nodes = document.get("nodes")
    if not isinstance(nodes, list) or all(_age(node, schema) == 0 for node in nodes):
        return document
    newer = [_unknown_params(place, node) for place, node in enumerate(nodes) if _age(node, schema) < 0]
    if newer:
        raise InvalidFlow(newer)
    return {**document, "nodes": [_lifted(node, schema) if _age(node, schema) else node for node in nodes]}


def _age(node: Any, schema: FlowSchema) -> int:
    """How many versions of its type's params a node is behind; 0 for what cannot be judged."""
    if not isinstance(node, dict) or not isinstance(node.get("params"), dict):
        return 0
    about, version = schema.nodes.get(str(node.get("type"))), node.get("version", 1)
    if about is None or not isinstance(version, int) or isinstance(version, bool) or version < 1:
        return 0
    return int(about.get("x-version", 1)) - version


def _lifted(node: dict[str, Any], schema: FlowSchema) -> dict[str, Any]:
    today, params = schema.nodes[node["type"]]["x-version"], node["params"]
    for version in range(node.get("version", 1), today):
        params = schema.upgrades[node["type"]](params, version)
    return {**node, "version": today, "params": params}


def _unknown_version(version: Any) -> Finding:
    shown = str(version)[:20]
    return finding(
        "F001",
        pointer="/format_version",
        why={
            "pt-BR": f"a versão de formato {shown} não é conhecida (esta instalação lê até a {FORMAT_VERSION})",
            "en": f"format version {shown} is not known (this installation reads up to {FORMAT_VERSION})",
        },
    )


def _unknown_params(place: int, node: dict[str, Any]) -> Finding:
    shown = str(node["version"])[:20]
    return finding(
        "F001",
        node=node["id"] if isinstance(node.get("id"), str) else None,
        pointer=f"/nodes/{place}/version",
        why={
            "pt-BR": f"a etapa {place + 1} tem parâmetros de uma versão ({shown}) que esta instalação não conhece",
            "en": f"node {place + 1} has parameters of a version ({shown}) that this installation does not know",
        },
    )
