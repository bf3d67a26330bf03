"""One turn in the making: where it stands, what it has taken down so far, and the moves that lead on from there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec.structs import replace

from flowengine.core.effects import Effect
from flowengine.core.events import Event
from flowengine.core.memory import Memory
from flowengine.core.orders import Orders
from flowengine.core.outlook import outlook, timezone_of
from flowengine.core.program import Program
from flowengine.core.run import Run, Status, Wait
from flowengine.core.standing import Standing
from flowengine.core.steps import Context, Step, World
from flowengine.core.turn import Trace, Turn


class Walk:
    """Lives for one call of `advance`; nothing outside sees it change."""

    def __init__(self, program: Program, run: Run, event: Event, world: World) -> None:
        self.event = event
        self.world = world
        self.before = run
        self.turn = run.turn + 1
        self.stands = Standing(program, run, world)
        self.memory = Memory.of(run)
        self.orders = Orders(world)
        self.trace: list[Trace] = []
        self.look_round()

    def start(self, trigger: str, variables: Mapping[str, Any]) -> Step:
        """The beginning of a run."""
        stands = self.stands
        stands.variables.update({**stands.pinned.initial, **stands.variables, **variables})
        stands.go_to(trigger or stands.pinned.called_at)
        self.memory = self.memory.started(stands.at, self.event.at)
        return self.enter()

    def enter(self) -> Step:
        place = self.stands.place()
        step: Step = place.enter(place.params, self.context())
        if place.asks:
            self.memory = self.memory.heard()
        return step

    def resume(self, event: Event, *, anew: bool = False) -> Step:
        """Hand an event to the node; `anew`: as if it had just asked."""
        place = self.stands.place()
        step: Step = place.resume(place.params, self.context(None if anew else self.before.wait), event)
        return step

    def unwind(self) -> None:
        """Leave all sub-flows: the walk is in the run's own flow again, with what that knew."""
        self.stands.unwind()
        self.look_round()

    def forget(self) -> None:
        """Back to what was known at the start."""
        self.stands.forget()
        self.memory = self.memory.anew()
        self.look_round()

    def node_before(self) -> str:
        """The node that asked before the one that waits, in this flow; that one itself where there is none."""
        self.memory, node = self.memory.back(self.stands.version, self.stands.at)
        return node

    def look_round(self) -> None:
        """See what the flow knows that the walk stands in now."""
        here = self.orders.mirror, self.stands
        self._outlook = outlook(self.event, self.world, *here, run=self.before.id, turn=self.turn)

    def context(self, wait: Wait | None = None) -> Context:
        """What the node sees that the walk stands at; `wait` is its own, which this event ends."""
        here, memory = self.stands.here, self.memory
        context = replace(
            self._outlook,
            node=self.stands.at,
            timezone=timezone_of(self.world, self.orders.mirror),
            wired=here.wired if here else frozenset(),
            times=memory.times,
            said_meanwhile=memory.kept,
        )
        return context if wait is None else replace(context, kept=wait.keep, asked_in=wait.turn)

    def leave(self, port: str | None, *, why: str = "", answer: Any = None) -> None:
        """Put down that the walk has passed this node."""
        stands, here = self.stands, self.stands.here
        self.trace.append(Trace(stands.at, here.node.type if here else "", port, why, answer, stands.version))

    def order(self, effects: tuple[Effect, ...]) -> None:
        """What this node wants done; what becomes of a sub-flow's messages is for whoever waits by then."""
        if effects:
            self.orders.take(effects, "" if self.stands.version else self.stands.at)

    def note_time(self) -> None:
        """Of a node that look-backs count from."""
        stands = self.stands
        if not stands.version and stands.at in stands.pinned.watched:
            self.memory = self.memory.passed(stands.at, self.event.at)

    def ends(
        self, status: Status, *, wait: Wait | None = None, outcome: str = "", error: Mapping[str, Any] | None = None
    ) -> Turn:
        """The turn is over, and this is what the run is then."""
        stands, memory = self.stands, self.memory
        run = Run(
            id=self.before.id,
            turn=self.turn,
            status=status,
            wait=wait,
            variables=stands.variables,
            answers=stands.answers,
            outcome=outcome,
            error=error,
            questions=memory.questions,
            version=stands.version,
            frames=tuple(stands.frames),
            trigger=memory.trigger,
            asked=memory.asked,
            times=memory.times,
            kept=memory.kept,
        )
        return Turn(run, tuple(self.orders.effects), tuple(self.trace))
