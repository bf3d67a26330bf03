"""A conversation without a server: the interpreter with made-up time, contact, teams, people and outside world.

What `flowengine talk`, stories and the simulator stand on. It plays what surrounds a run: who takes a message
(dispatch.py), timers that fire as time passes, a team that takes over and finishes, calls that are answered at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, timedelta
from typing import Any, Literal

from flowengine.core.dispatch import Answer, Keep, Start, Steer, ToPeople, Trigger, triggers_of, who_takes
from flowengine.core.effects import (
    AskAi,
    CallHttp,
    Effect,
    FinishConversation,
    HandOff,
    Option,
    SendMessage,
    StartFlow,
    TakeBack,
)
from flowengine.core.events import (
    Attachment,
    Event,
    Happened,
    HumanFinished,
    MessageReceived,
    SendFailed,
    Started,
    TimerFired,
)
from flowengine.core.facts import is_named
from flowengine.core.interpreter import Need, Trace, Turn, advance
from flowengine.core.mirror import Mirror
from flowengine.core.mocks import Mocks
from flowengine.core.program import Program
from flowengine.core.run import Run
from flowengine.core.starting import may_start
from flowengine.core.steps import World
from flowengine.core.surroundings import Surroundings

State = Literal["bot", "queued", "finished"]
MOST_TIMERS = 1_000  # that fire in one stretch of waiting; a loop of short delays ends here
MOST_CALLS = 100  # in a row without a word of the contact's


@dataclass(frozen=True, slots=True)
class Scene:
    """What an act brought about, in order."""

    effects: tuple[Effect, ...] = ()
    trace: tuple[Trace, ...] = ()

    def __add__(self, later: Scene) -> Scene:
        return Scene(self.effects + later.effects, self.trace + later.trace)

    @property
    def messages(self) -> tuple[SendMessage, ...]:
        return tuple(effect for effect in self.effects if isinstance(effect, SendMessage))

    @property
    def hand_off(self) -> HandOff | None:
        """The last one, if any."""
        return next((effect for effect in reversed(self.effects) if isinstance(effect, HandOff)), None)


class Rehearsal:
    """One contact's talk with one flow. Each act gives back what it brought about."""

    def __init__(self, program: Program, surroundings: Surroundings) -> None:
        self.program = program
        self.surroundings = surroundings
        self.now = surroundings.at.astimezone(UTC)
        self.state: State = "finished"
        self.run: Run | None = None
        self.team: str | None = None
        self.offered: tuple[Option, ...] = ()
        self.contact: Mapping[str, Any] = surroundings.contact
        self.deal: Mapping[str, Any] = surroundings.deal
        self.mocks = Mocks(surroundings.mocks)
        self._counted = 0

    def presses(self, option: str) -> Scene:
        """The contact presses a button; its words are sent with it."""
        title = next((offered.title for offered in self.offered if offered.id == option), option)
        return self.says(title, choice=option)

    def says(
        self,
        text: str,
        *,
        choice: str | None = None,
        attachments: tuple[Attachment, ...] = (),
        location: Mapping[str, Any] | None = None,
    ) -> Scene:
        """The contact writes, or sends files or a place."""
        first = self.state == "finished"
        if first:
            self.state = "bot"
        where = dict(location) if location else None
        message = MessageReceived(self._next("message"), self.now, text, choice, None, attachments, location=where)
        floor = self.run if self.run is not None and self.run.status == "open" else None
        triggers = triggers_of(self.program.flow, self.program.flow.key, 0)
        commands = self.program.flow.settings.get("commands", ())

        def holds(trigger: Trigger) -> bool:
            return self._starts(trigger.node, message)

        match who_takes(
            message, state=self.state, first=first, floor=floor, triggers=triggers, commands=commands, holds=holds
        ):
            case Answer():
                return self._take(message)
            case Steer(command):
                return self._take(command)
            case Keep() if self.state == "bot" and self.program.keeps:
                return self._take(message)
            case Start(trigger):
                words = {"text": text, "choice": choice}
                return self._begin(trigger.node, words, dict(self.surroundings.variables))
            case ToPeople():
                return self._apply(Scene((HandOff(why="nobody_listens"),)))
        return Scene()

    def happens(self, name: str, data: Mapping[str, Any]) -> Scene:
        """A fact of the catalogue: the open run hears of it; where none is open it may start one."""
        if self.run is not None and self.run.status == "open":
            return self._take(Happened(self._next("fact"), self.now, name, dict(data)))
        for node in self.program.flow.nodes:
            if node.type == "trigger" and is_named(node.params, name, data) and self._holds(node.id, name, data):
                return self._begin(node.id, {"data": dict(data)}, dict(self.surroundings.variables))
        return Scene()

    def waits(self, time: timedelta) -> Scene:
        """Time passes; timers fire on the way, in their order."""
        until, scene = self.now + time, Scene()
        for _ in range(MOST_TIMERS):
            wait = self.run.wait if self.run is not None and self.run.status == "open" else None
            timer = min(wait.timers, key=lambda timer: timer.due, default=None) if wait else None
            if wait is None or timer is None or timer.due > until or self.run is None:
                break
            self.now = max(self.now, timer.due)
            before = self.run
            scene += self._take(TimerFired(self._next("timer"), self.now, self.run.id, wait.turn, timer.name))
            if self.run is before:  # nobody wants it: forget it, as the outbox does once it is handed over
                self.run = replace(before, wait=replace(wait, timers=tuple(t for t in wait.timers if t != timer)))
        self.now = until
        return scene

    def finishes(self, reason: str | None = None) -> Scene:
        """A person takes the conversation and finishes it; the flow goes on if it waits for that."""
        if self.state != "queued":
            return Scene()
        run, self.state = self.run, "finished"
        if run is None or run.wait is None or "human_finished" not in run.wait.until:
            return Scene()
        self.state = "bot"
        return self._take(HumanFinished(self._next("finish"), self.now, run.id, run.wait.turn, "agent", reason))

    def refuses(self, reason: str, node: str = "") -> Scene:
        """The channel does not take what was said last, or what `node` said."""
        if self.run is None or self.run.wait is None:
            return Scene()
        return self._take(SendFailed(self._next("refusal"), self.now, self.run.id, self.run.wait.turn, reason, node))

    def _begin(self, trigger: str, message: dict[str, Any], variables: dict[str, Any]) -> Scene:
        self.run = Run(self._next("run"))
        if self.state == "finished":
            self.state = "bot"
        return self._take(Started(self._next("start"), self.now, trigger, message, variables))

    def _take(self, event: Event) -> Scene:
        """Let the run take it; what it needs to know is looked up, what it calls is answered at once."""
        scene = self._apply(self._turn(event))
        for _ in range(MOST_CALLS):
            calls = [effect for effect in scene.effects if isinstance(effect, CallHttp | AskAi)]
            wait = self.run.wait if self.run is not None and self.run.status == "open" else None
            if self.run is None or wait is None or "call_answered" not in wait.until or not calls:
                return scene
            answer = self.mocks.answer(wait.node, id=self._next("answer"), at=self.now, run=self.run.id, turn=wait.turn)
            answered = self._apply(self._turn(answer))
            if not any(isinstance(effect, CallHttp | AskAi) for effect in answered.effects):
                return scene + answered
            scene += answered
        return scene

    def _turn(self, event: Event) -> Scene:
        assert self.run is not None
        world = self._world()
        while isinstance(outcome := advance(self.program, self.run, event, world), Need):
            called = {key: self.surroundings.flows[key] for kind, key in outcome.queries if kind == "program"}
            known = {query: self.surroundings.answer(query) for query in outcome.queries if query[0] != "program"}
            world = replace(world, facts={**world.facts, **known}, programs={**world.programs, **called})
        assert isinstance(outcome, Turn)
        self.run = self.run if outcome.run == self.run else outcome.run
        return Scene(outcome.effects, outcome.trace)

    def _apply(self, scene: Scene) -> Scene:
        mirror = Mirror.of(World(contact=self.contact, deal=self.deal))
        for effect in scene.effects:
            mirror.see(effect)
            match effect:
                case HandOff(team=team):
                    self.state, self.team = "queued", team or self.program.flow.settings.get("default_team")
                case TakeBack():
                    self.state, self.team = "bot", None
                case FinishConversation():
                    self.state = "finished"
                case SendMessage(options=options) if options:
                    self.offered = options
        self.contact, self.deal = mirror.contact, mirror.deal
        for effect in scene.effects:
            if isinstance(effect, StartFlow) and effect.flow in self.surroundings.flows:
                self.program = self.surroundings.flows[effect.flow]
                return scene + self._begin("", {}, dict(effect.variables))
        if self.state == "bot" and self.run is not None and self.run.status != "open":
            self.state = "finished"
        return scene

    def _holds(self, trigger: str, name: str, data: Mapping[str, Any]) -> bool:
        """Whether the trigger's condition holds of the contact and of what happened."""
        return self._starts(trigger, Happened("fact", self.now, name, dict(data)))

    def _starts(self, trigger: str, event: Event) -> bool:
        world = self._world()
        while isinstance(holds := may_start(self.program, trigger, event, world), Need):
            known = {query: self.surroundings.answer(query) for query in holds.queries}
            world = replace(world, facts={**world.facts, **known})
        return holds

    def _world(self) -> World:
        language = self.program.flow.language
        return self.surroundings.world(state=self.state, language=language, contact=self.contact, deal=self.deal)

    def _next(self, what: str) -> str:
        self._counted += 1
        return f"{what}-{self._counted}"
