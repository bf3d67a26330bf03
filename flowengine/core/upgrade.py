"""Older formats, lifted to today's one step at a time; newer ones are refused in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowengine.core.errors import InvalidFlow
from flowengine.core.finding import finding

FORMAT = "flowengine/flow"
FORMAT_VERSION = 1

# From version n to n + 1, as a pure function of the document. None yet: version 1 is the first.
STEPS: Mapping[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}


def upgraded(document: Any) -> Any:
    """The document in today's format; raises InvalidFlow for what is no flow, or one newer than this program."""
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
    return document


def _unknown_version(version: Any) -> Any:
    shown = str(version)[:20]
    return finding(
        "F001",
        pointer="/format_version",
        why={
            "pt-BR": f"a versão de formato {shown} não é conhecida (esta instalação lê até a {FORMAT_VERSION})",
            "en": f"format version {shown} is not known (this installation reads up to {FORMAT_VERSION})",
        },
    )
