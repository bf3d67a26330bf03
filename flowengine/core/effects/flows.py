"""Effects on other runs of the same subject."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Literal

from flowengine.core.effects.order import Order


class Enrol(Order, frozen=True):
    """Put the contact into a sequence, take it out, or begin again."""

    kind: ClassVar[str] = "enrol"
    sequence: str = ""
    action: Literal["enrol", "remove", "restart"] = "enrol"
    variables: Mapping[str, Any] = {}


class StopRuns(Order, frozen=True):
    """End other runs of the same subject: of these flows, or of all where none is named."""

    kind: ClassVar[str] = "stop_runs"
    flows: tuple[str, ...] = ()


class StartFlow(Order, frozen=True):
    """Another flow takes over from here; this run is over."""

    kind: ClassVar[str] = "start_flow"
    flow: str = ""
    variables: Mapping[str, Any] = {}
