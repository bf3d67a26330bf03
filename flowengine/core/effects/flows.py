"""Effects on other runs of the same subject."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

from flowengine.core.effects.order import Order


@dataclass(frozen=True, slots=True)
class Enrol(Order):
    """Put the contact into a sequence, take it out, or begin again."""

    kind: ClassVar[str] = "enrol"
    sequence: str = ""
    action: Literal["enrol", "remove", "restart"] = "enrol"
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StopRuns(Order):
    """End other runs of the same subject: of these flows, or of all where none is named."""

    kind: ClassVar[str] = "stop_runs"
    flows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StartFlow(Order):
    """Another flow takes over from here; this run is over."""

    kind: ClassVar[str] = "start_flow"
    flow: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
