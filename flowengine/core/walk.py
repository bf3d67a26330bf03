"""One turn in the making: the walk from node to node, through sub-flows and back, until the run waits or ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from flowengine.core.at_hand import names_at_hand
from flowengine.core.effects import Effect, HandOff, SendMessage, SendTemplate
from flowengine.core.errors import FlowError, StepLimit
from flowengine.core.events import Event, FlowReturned
from flowengine.core.memory import Memory
from flowengine.core.mirror import Mirror
from flowengine.core.program import Program
from flowengine.core.run import Run, Wait
from flowengine.core.standing import DEEPEST, Standing
from flowengine.core.steps import Call, Context, End, Go, Jump, Pause, Stay, Step, World
from flowengine.core.turn import Trace, Turn
from flowengine.core.value_bounds import can_be_kept

TAKEN = ("handed_off", "left_for_another_flow")
STEP_LIMIT = 500  # nodes between two waits; the longest sound flows seen have a tenth of that


class Walk:
    """Lives for one call of `advance`; nothing outside sees it change."""

    def __init__(self, program: Program, run: Run, event: Event, world: World) -> None:
        self.event = event
        self.world = world
        self.before = run
        self.turn = run.turn + 1
        self.stands = Standing(program, run, world)
        self.memory = Memory.of(run)
        self.mirror = Mirror.of(world)
        self.effects: list[Effect] = []
        self.trace: list[Trace] = []
        self._look_round()

    def go(self, first: Callable[[], Step]) -> Turn:
        """Take the first step and those that follow from it; a mistake fails the sub-flow it is in, else the run."""
        step: Step | Callable[[], Step] = first
        for _ in range(STEP_LIMIT):
            try:
                taken = step() if callable(step) else step
                follows = self._take(taken)
            except FlowError as mistake:
                if not self.stands.frames or isinstance(mistake, StepLimit):
                    return self._fail(mistake)
                follows = self._fail_to_caller(mistake)
            if isinstance(follows, Turn):
                return follows
            step = follows
        circle = " → ".join(dict.fromkeys(passed.node for passed in self.trace[-20:]))
        words = f"step limit reached: {STEP_LIMIT} steps without a wait, last in {circle}"
        return self._fail(StepLimit(words, node=self.stands.at))

    def stop(self, outcome: str) -> Turn:
        """The run is over, whatever it waited for."""
        self.leave(None, why=outcome)
        return self._turn(status="ended", outcome=outcome)

    def start(self, trigger: str, variables: Any) -> Step:
        """The beginning of a run."""
        stands = self.stands
        stands.variables.update({**stands.pinned.initial, **stands.variables, **variables})
        stands.at = trigger or stands.pinned.called_at
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
        self._look_round()

    def forget(self) -> None:
        """Back to what was known at the start."""
        self.stands.forget()
        self.memory = self.memory.anew()
        self._look_round()

    def node_before(self) -> str:
        """The node that asked before the one that waits, in this flow; that one itself where there is none."""
        self.memory, node = self.memory.back(self.stands.version, self.stands.at)
        return node

    def leave(self, port: str | None, *, why: str = "", answer: Any = None) -> None:
        """Put down that the walk has passed this node."""
        stands = self.stands
        place = stands.program.places.get(stands.at)
        self.trace.append(Trace(stands.at, place.node.type if place else "", port, why, answer, stands.version))

    def context(self, wait: Wait | None = None) -> Context:
        place = self.stands.program.places.get(self.stands.at)
        flow = self.stands.program.flow
        return Context(
            node=self.stands.at,
            now=self.event.at,
            language=flow.language,
            timezone=self.mirror.contact.get("timezone") or self.world.account.get("timezone") or "UTC",
            names=self.names,
            settings=flow.settings,
            wired=place.wired if place else frozenset(),
            kept=wait.keep if wait else {},
            asked_in=wait.turn if wait else self.turn,
            run=self.before.id,
            world=self.world,
            event=self.event,
            times=self.memory.times,
            said_meanwhile=self.memory.kept,
        )

    def _take(self, step: Step) -> Turn | Callable[[], Step]:
        """What follows from a step: the next one, or the turn."""
        match step:
            case Go():
                return self._follow(step)
            case Pause():
                return self._pause(step)
            case Stay():
                return Turn(self.before)
            case Jump(node, why):
                self.leave(None, why=why)
                self._note_time()
                self.stands.at = node
                return self.enter
            case Call():
                return self._call(step)
            case End(outcome, effects):
                self.leave(None, why=outcome)
                self._ask_for(effects)
                return self._end(outcome)

    def _follow(self, step: Go) -> Turn | Callable[[], Step]:
        """Apply what a node decided, and go where its port leads."""
        self._ask_for(step.effects)
        self.stands.variables.update(step.sets)
        if step.answer is not None:
            self.stands.answers[self.stands.at] = step.answer
        self.leave(step.port, why=step.why, answer=step.answer)
        self._note_time()
        place = self.stands.place()
        target = place.wires.get(step.port)
        if target is not None:
            self.stands.at = target
            return self.enter
        port = place.ports.get(step.port)
        if port is None:
            raise FlowError(f"there is no port {step.port!r}", node=self.stands.at)
        if port.unwired == "end":
            return self._end(step.port)
        self.effects.append(HandOff(why=step.port))
        return self._end("handed_off")

    def _pause(self, step: Pause) -> Turn:
        self.leave(None, why=step.why)
        self._ask_for(step.effects)
        version, node = self.stands.version, self.stands.at
        if not can_be_kept(*self.stands.known(), step.keep):
            raise FlowError("what the run knows has grown too large to be kept", node=node)
        if "message_received" in step.until:
            self.memory = self.memory.waits_for_contact(version, node)
        if any(isinstance(effect, SendMessage) and effect.options for effect in step.effects):
            self.memory = self.memory.offered_buttons(self.turn, version, node)
        return self._turn(wait=Wait(node, step.until, self.turn, self.event.at, step.timers, step.keep))

    def _call(self, step: Call) -> Callable[[], Step]:
        """Into the version of the other flow that is live now; it stays for as long as the sub-flow lasts."""
        facts = self.context().look_up("flow", step.flow)
        if facts is None:
            return self._resumed(self._failed(f"there is no live flow {step.flow!r} in this account"))
        if self.stands.is_too_deep():
            return self._resumed(self._failed(f"flows call each other more than {DEEPEST} deep"))
        self.leave(None, why=step.flow)
        self.stands.go_into(facts["version"], step.inputs)
        self._look_round()
        return self.enter

    def _end(self, outcome: str) -> Turn | Callable[[], Step]:
        """The flow is over: back to the one that called it, unless people or another flow have the conversation now."""
        if not self.stands.frames or outcome in TAKEN:
            return self._turn(status="completed", outcome=outcome)
        return self._back(FlowReturned(self.event.id, self.event.at, outcome, self.stands.outputs()))

    def _fail_to_caller(self, mistake: FlowError) -> Callable[[], Step]:
        self.leave(None, why=f"{mistake.code}: {mistake.message}")
        return self._back(self._failed(f"{mistake.node or self.stands.at}: {mistake.message}"))

    def _failed(self, error: str) -> FlowReturned:
        return FlowReturned(self.event.id, self.event.at, "failed", failed=True, error=error)

    def _back(self, returned: FlowReturned) -> Callable[[], Step]:
        self.stands.go_back()
        self._look_round()
        return self._resumed(returned)

    def _resumed(self, returned: FlowReturned) -> Callable[[], Step]:
        """The node that called hears what came of it."""
        place = self.stands.place()
        return lambda: place.resume(place.params, self.context(), returned)

    def _ask_for(self, effects: tuple[Effect, ...]) -> None:
        """Take down what this node wants done; a field it sets is seen by the next node of the same turn."""
        for effect in effects:
            self.mirror.see(effect)
            # A refused message of a sub-flow is for whoever waits by then: the sub-flow may be over.
            if isinstance(effect, SendMessage | SendTemplate) and not self.stands.version:
                effect = replace(effect, node=self.stands.at)
            self.effects.append(effect)

    def _note_time(self) -> None:
        stands = self.stands
        if not stands.version and stands.at in stands.pinned.watched:
            self.memory = self.memory.passed(stands.at, self.event.at)

    def _fail(self, mistake: FlowError) -> Turn:
        """What was decided before the mistake stands; then people take over."""
        node = mistake.node or self.stands.at
        error = {"code": mistake.code, "node": node, "message": mistake.message}
        self.leave(None, why=f"{mistake.code}: {mistake.message}")
        self.effects.append(HandOff(why="failed", error=f"{node}: {mistake.message}"))
        return self._turn(status="failed", outcome="failed", error=error)

    def _turn(self, *, wait: Wait | None = None, **changes: Any) -> Turn:
        run = replace(
            self.before,
            turn=self.turn,
            wait=wait,
            **self.stands.as_fields(),
            **self.memory.as_fields(),
            **changes,
        )
        return Turn(run, tuple(self.effects), tuple(self.trace))

    def _look_round(self) -> None:
        """The names at hand are those of the flow that the walk stands in."""
        stands = self.stands
        self.names = names_at_hand(
            self.event, self.world, self.mirror, variables=stands.variables, answers=stands.answers
        )
