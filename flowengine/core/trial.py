"""One step on its own: what a node sees, wants and does were a run to stand at it now, knowing this much."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flowengine.core.events import Event
from flowengine.core.program import Program
from flowengine.core.run import Run
from flowengine.core.steps import Context, Step, World
from flowengine.core.walk import Walk


class Trial:
    """Of the node `node` of `program`; "" is a place before all nodes, where texts can be read.

    `variables` and `answers` are what the run knows by now, over what its variables begin with. Raises what the node
    raises: FlowError for its author's mistakes, NotLoaded for what `world` does not hold.
    """

    def __init__(
        self,
        program: Program,
        node: str,
        event: Event,
        world: World,
        *,
        variables: Mapping[str, Any],
        answers: Mapping[str, Any],
    ) -> None:
        run = Run("trial", variables={**program.initial, **variables}, answers=answers)
        self._walk = Walk(program, run, event, world)
        self._walk.stands.go_to(node)

    def context(self) -> Context:
        """What the node sees."""
        return self._walk.context()

    def enter(self) -> Step:
        """What it does when the walk comes to it."""
        return self._walk.enter()

    def resume(self, event: Event) -> Step:
        """What it does with what it waited for."""
        return self._walk.resume(event, anew=True)
