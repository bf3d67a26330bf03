"""The interpreter: takes one event, walks the graph until the run waits or ends, and says what is to be done.

`advance` is a pure function. What a node needs to know and the world does not hold comes back as `Need`: load it in
the same snapshot and call again with the same arguments. Nothing has happened in between, since nothing ever
happens in here: what a turn wants done is data in its `effects`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from flowengine.core.effects import Effect, HandOff, SendMessage, UpdateContact
from flowengine.core.errors import FlowError, StepLimit
from flowengine.core.events import Event, MessageReceived, SendFailed, Started
from flowengine.core.program import Place, Program
from flowengine.core.run import Run, Wait, is_for
from flowengine.core.steps import (
    Context,
    End,
    Go,
    NotLoaded,
    Pause,
    Query,
    Stay,
    Step,
    World,
)

STEP_LIMIT = 500  # nodes between two waits; the longest sound flows seen have a tenth of that
QUESTIONS_KEPT = 50  # of a run, for buttons that are pressed late


@dataclass(frozen=True, slots=True)
class Trace:
    """One node passed in a turn: why, by which port it was left (None: the run waits or ended there), what was said."""

    node: str
    type: str
    port: str | None
    why: str = ""
    answer: Any = None

    def as_data(self) -> dict[str, Any]:
        return {"node": self.node, "type": self.type, "port": self.port, "why": self.why, "answer": self.answer}


@dataclass(frozen=True, slots=True)
class Turn:
    """One event taken to the next pause: the new state, what is to be done, and how it came about."""

    run: Run
    effects: tuple[Effect, ...] = ()
    trace: tuple[Trace, ...] = ()


@dataclass(frozen=True, slots=True)
class Need:
    """The world lacks these; load them and call `advance` again with the same event."""

    queries: tuple[Query, ...]


def advance(program: Program, run: Run, event: Event, world: World) -> Turn | Need:
    """Take `event`; the same arguments always give the same answer.

    An event that is not for this run gives back the run as it was, without effects. A mistake of the author's gives
    a failed run and a hand-off to the flow's default team, since no contact is to be left with a silent bot.
    """
    if not is_for(event, run):
        return Turn(run)
    walk = _Walk(program, run, event, world)
    try:
        return walk.take()
    except NotLoaded as missing:
        return Need((missing.query,))


class _Walk:
    """One turn in the making. Lives for one call of `advance`; nothing outside sees it change."""

    def __init__(self, program: Program, run: Run, event: Event, world: World) -> None:
        self.program = program
        self.event = event
        self.world = world
        self.before = run
        self.turn = run.turn + 1
        self.variables = {**program.initial, **run.variables} if run.turn == 0 else dict(run.variables)
        self.answers = dict(run.answers)
        self.contact = dict(world.contact)
        self.effects: list[Effect] = []
        self.trace: list[Trace] = []
        self.at = run.wait.node if run.wait else ""
        self.names = self._names()

    def take(self) -> Turn:
        try:
            return self._walk()
        except FlowError as mistake:
            return self._fail(mistake)

    def _walk(self) -> Turn:
        if isinstance(self.event, Started):
            self.variables.update(self.event.variables)
            self.at = self.event.trigger
            step = self._enter()
        elif isinstance(self.event, SendFailed) and self.event.node not in ("", self.at):
            self.at = self.event.node  # the walk has gone on from there meanwhile, and comes back
            step = Go("failed", why=self.event.reason)
        else:
            step = self._resume()
        for _ in range(STEP_LIMIT):
            match step:
                case Stay():
                    return Turn(self.before)
                case Pause():
                    return self._pause(step)
                case End(outcome, effects):
                    self._leave(None, why=outcome)
                    self._ask_for(effects)
                    return self._turn(status="completed", outcome=outcome)
                case Go():
                    target = self._follow(step)
                    if isinstance(target, Turn):
                        return target
                    self.at = target
                    step = self._enter()
        circle = " → ".join(dict.fromkeys(passed.node for passed in self.trace[-20:]))
        raise StepLimit(f"step limit reached: {STEP_LIMIT} steps without a wait, last in {circle}", node=self.at)

    def _enter(self) -> Step:
        place = self._place()
        step: Step = place.enter(place.params, self._context())
        return step

    def _resume(self) -> Step:
        """Hand the event to the node that waits; a button of an earlier question goes where its author said."""
        event, wait = self.event, self.before.wait
        asked_at = self._asked_at(event) if isinstance(event, MessageReceived) else self.at
        if asked_at != self.at and isinstance(event, MessageReceived):
            earlier = self.program.places.get(asked_at)
            late = getattr(earlier.params, "late_choice", "text") if earlier else "text"
            if late == "ignore":
                return Stay()
            if late == "again":
                self.at, wait = asked_at, None
            else:
                event = replace(event, choice=None)
        place = self._place()
        step: Step = place.resume(place.params, self._context(wait), event)
        return step

    def _asked_at(self, event: MessageReceived) -> str:
        """The node whose button was pressed; the one that waits where the sender did not say. "" for another run's."""
        if event.choice is None or event.asked is None:
            return self.at
        if not self.before.id.startswith(event.asked.run):
            return ""
        return self.before.questions.get(str(event.asked.turn), "")

    def _follow(self, step: Go) -> str | Turn:
        """Apply what a node decided; the next node's id, or the turn when the port leads nowhere."""
        self._ask_for(step.effects)
        self.variables.update(step.sets)
        if step.answer is not None:
            self.answers[self.at] = step.answer
        self._leave(step.port, why=step.why, answer=step.answer)
        place = self._place()
        target = place.wires.get(step.port)
        if target is not None:
            return target
        port = place.ports.get(step.port)
        if port is None:
            raise FlowError(f"there is no port {step.port!r}", node=self.at)
        if port.unwired == "end":
            return self._turn(status="completed", outcome=step.port)
        self.effects.append(HandOff(why=step.port))
        return self._turn(status="completed", outcome="handed_off")

    def _pause(self, step: Pause) -> Turn:
        self._leave(None, why=step.why)
        self._ask_for(step.effects)
        wait = Wait(self.at, step.until, self.turn, self.event.at, step.timers, step.keep)
        if any(isinstance(effect, SendMessage) and effect.options for effect in step.effects):
            latest = list(self.before.questions.items())[-(QUESTIONS_KEPT - 1) :]
            return self._turn(wait=wait, questions={**dict(latest), str(self.turn): self.at})
        return self._turn(wait=wait)

    def _ask_for(self, effects: tuple[Effect, ...]) -> None:
        """Take down what this node wants done; a field it sets is seen by the next node of the same turn."""
        for effect in effects:
            if isinstance(effect, UpdateContact):
                self.contact[effect.field] = effect.value
            self.effects.append(replace(effect, node=self.at) if isinstance(effect, SendMessage) else effect)

    def _fail(self, mistake: FlowError) -> Turn:
        """What was decided before the mistake stands; then people take over."""
        node = mistake.node or self.at
        error = {"code": mistake.code, "node": node, "message": mistake.message}
        self._leave(None, why=f"{mistake.code}: {mistake.message}")
        self.effects.append(HandOff(why="failed", error=f"{node}: {mistake.message}"))
        return self._turn(status="failed", outcome="failed", error=error)

    def _turn(self, *, wait: Wait | None = None, **changes: Any) -> Turn:
        run = replace(self.before, turn=self.turn, wait=wait, variables=self.variables, answers=self.answers, **changes)
        return Turn(run, tuple(self.effects), tuple(self.trace))

    def _leave(self, port: str | None, *, why: str = "", answer: Any = None) -> None:
        place = self.program.places.get(self.at)
        self.trace.append(Trace(self.at, place.node.type if place else "", port, why, answer))

    def _place(self) -> Place:
        place = self.program.places.get(self.at)
        if place is None:
            raise FlowError("the run stands at a node that this version does not have", node=self.at)
        if place.mistake is not None:
            raise place.mistake.with_traceback(None)
        return place

    def _context(self, wait: Wait | None = None) -> Context:
        place = self._place()
        flow = self.program.flow
        return Context(
            node=self.at,
            now=self.event.at,
            language=flow.language,
            timezone=self.contact.get("timezone") or self.world.account.get("timezone") or "UTC",
            names=self.names,
            settings=flow.settings,
            wired=frozenset(place.wires),
            kept=wait.keep if wait else {},
            asked_in=wait.turn if wait else self.turn,
            run=self.before.id,
            world=self.world,
            event=self.event,
        )

    def _names(self) -> dict[str, Any]:
        """What templates and conditions may name. Variables, answers and contact are live: a later node of the same
        turn sees what an earlier one set.
        """
        return {
            "contact": self.contact,
            "conversation": self.world.conversation,
            "account": self.world.account,
            "channel": self.world.channel,
            "event": _as_names(self.event),
            "now": self.event.at,
            "vars": self.variables,
            "answers": self.answers,
        }


def _as_names(event: Event) -> dict[str, Any]:
    if isinstance(event, MessageReceived):
        return {"kind": event.kind, "text": event.text, "choice": event.choice}
    if isinstance(event, Started):
        message = event.message or {}
        return {"kind": event.kind, "text": message.get("text", ""), "choice": message.get("choice")}
    return {"kind": event.kind}
