"""A conversation without a server: the interpreter with made-up time, contact, teams and people.

What `flowengine talk`, stories and the simulator stand on. It plays what surrounds a run: who takes a message
(dispatch.py), timers that fire as time passes, a team that takes over and finishes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

from flowengine.core.dispatch import Answer, Start, ToPeople, triggers_of, who_takes
from flowengine.core.effects import Effect, HandOff, Option, SendMessage, TakeBack
from flowengine.core.events import Event, HumanFinished, MessageReceived, SendFailed, Started, TimerFired
from flowengine.core.interpreter import Need, Trace, Turn, advance
from flowengine.core.program import Program
from flowengine.core.run import Run
from flowengine.core.steps import Query, World

State = Literal["bot", "queued", "finished"]
MOST_TIMERS = 1_000  # that fire in one stretch of waiting; a loop of short delays ends here


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the conversation happens in. Teams exist, are open and have somebody online unless said otherwise."""

    at: datetime
    timezone: str = "America/Sao_Paulo"
    contact: Mapping[str, Any] = field(default_factory=dict)
    channel: Mapping[str, Any] = field(default_factory=dict)
    variables: Mapping[str, Any] = field(default_factory=dict)
    hours: Mapping[str, Any] = field(default_factory=dict)
    teams: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, query: Query) -> Any:
        """What the account would answer to a node's question."""
        kind, key = query
        if kind == "hours":
            return self.hours.get(key, self.hours.get("account"))
        return self.teams.get(key, {"name": key, "members": 1, "available": 1, "texts": {}})


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
        self._counted = 0

    def presses(self, option: str) -> Scene:
        """The contact presses a button; its words are sent with it."""
        title = next((offered.title for offered in self.offered if offered.id == option), option)
        return self.says(title, choice=option)

    def says(self, text: str, *, choice: str | None = None) -> Scene:
        """The contact writes."""
        first = self.state == "finished"
        if first:
            self.state = "bot"
        message = MessageReceived(id=self._next("message"), at=self.now, text=text, choice=choice)
        floor = self.run if self.run is not None and self.run.status == "open" else None
        triggers = triggers_of(self.program.flow, self.program.flow.key, 0)
        match who_takes(message, state=self.state, first=first, floor=floor, triggers=triggers):
            case Answer():
                return self._take(message)
            case Start(trigger):
                self.run = Run(self._next("run"))
                words = {"text": text, "choice": choice}
                variables = dict(self.surroundings.variables)
                return self._take(Started(message.id, self.now, trigger.node, words, variables))
            case ToPeople():
                return self._apply(Scene((HandOff(why="nobody_listens"),)))
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

    def refuses(self, reason: str) -> Scene:
        """The channel does not take what was said last."""
        if self.run is None or self.run.wait is None:
            return Scene()
        return self._take(SendFailed(self._next("refusal"), self.now, self.run.id, self.run.wait.turn, reason))

    def _take(self, event: Event) -> Scene:
        """Let the run take it; what it needs to know is looked up in the surroundings."""
        assert self.run is not None
        world = self._world()
        while isinstance(outcome := advance(self.program, self.run, event, world), Need):
            known = {query: self.surroundings.answer(query) for query in outcome.queries}
            world = replace(world, facts={**world.facts, **known})
        assert isinstance(outcome, Turn)
        self.run = self.run if outcome.run == self.run else outcome.run
        return self._apply(Scene(outcome.effects, outcome.trace))

    def _apply(self, scene: Scene) -> Scene:
        for effect in scene.effects:
            match effect:
                case HandOff(team=team):
                    self.state, self.team = "queued", team or self.program.flow.settings.get("default_team")
                case TakeBack():
                    self.state, self.team = "bot", None
                case SendMessage(options=options) if options:
                    self.offered = options
        if self.state == "bot" and self.run is not None and self.run.status != "open":
            self.state = "finished"
        return scene

    def _world(self) -> World:
        around = self.surroundings
        return World(
            contact=around.contact,
            conversation={"id": "rehearsal", "state": self.state},
            account={"name": "", "language": self.program.flow.language, "timezone": around.timezone, "vars": {}},
            channel=around.channel,
        )

    def _next(self, what: str) -> str:
        self._counted += 1
        return f"{what}-{self._counted}"


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
