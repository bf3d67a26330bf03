"""What a turn comes to: the run's new state, what is to be done, how it came about; or what must be known first."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from flowengine.core.effects import Effect
from flowengine.core.run import Run
from flowengine.core.steps import Query


class Trace(Struct, frozen=True):
    """One node passed in a turn: why, by which port it was left (None: the run waits or ended there), what was said.

    `version` as in Run: "" for a node of the run's own version, else the sub-flow's.
    """

    node: str
    type: str
    port: str | None
    why: str = ""
    answer: Any = None
    version: str = ""

    def as_data(self) -> dict[str, Any]:
        said = {"node": self.node, "type": self.type, "port": self.port, "why": self.why, "answer": self.answer}
        return said | {"version": self.version} if self.version else said


class Turn(Struct, frozen=True):
    """One event taken to the next pause."""

    run: Run
    effects: tuple[Effect, ...] = ()
    trace: tuple[Trace, ...] = ()


class Need(Struct, frozen=True):
    """The world lacks these; load them and call `advance` again with the same event. `node` is the one that asks."""

    queries: tuple[Query, ...]
    node: str = ""
