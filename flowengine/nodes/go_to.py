"""`go_to`: the walk goes on at another node of this flow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.events import Event
from flowengine.core.steps import Context, Jump, Stay, Step


@dataclass(frozen=True, slots=True)
class Params:
    node: str


def read(params: Mapping[str, Any]) -> Params:
    return Params(params["node"])


def enter(params: Params, context: Context) -> Step:
    return Jump(params.node)


def resume(params: Params, context: Context, event: Event) -> Step:
    return Stay()
