"""A conversation without a server: the interpreter with made-up time, contact, teams, people and outside world.

What `flowengine talk`, stories and the simulator stand on. It plays what surrounds a run: who takes a message
(dispatch.py), timers that fire as time passes, a team that takes over and finishes, calls that are answered at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, timedelta
from typing import Any, Literal

from msgspec.structs import replace

from flowengine.core.dispatch import Answer, Keep, Start, Steer, ToPeople, triggers_of, who_takes
from flowengine.core.effects import (
    AskAi,
    CallHttp,
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
from flowengine.core.program import Program
from flowengine.core.run import Run
from flowengine.core.starting import may_start
from flowengine.core.steps import Query, World
from flowengine.core.stories.mocks import Mocks
from flowengine.core.stories.patience import MOST_CALLS, MOST_TIMERS, Patience
from flowengine.core.stories.scene import Scene
from flowengine.core.stories.so_far import SoFar
from flowengine.core.stories.surroundings import Surroundings, slug_of_person

State = Literal["bot", "queued", "finished"]


class Rehearsal:
    """One contact's talk with one flow. Each act gives back what it brought about."""

    def __init__(self, program: Program, surroundings: Surroundings) -> None:
        self.program = program
        self.surroundings = replace(surroundings, flows={**surroundings.flows, program.flow.key: program})
        self.now = surroundings.at.astimezone(UTC)
        self.state: State = "finished"
        self.run: Run | None = None
        self.team: str | None = None
        self.offered: tuple[Option, ...] = ()
        self.contact: Mapping[str, Any] = surroundings.contact
        self.deal: Mapping[str, Any] = surroundings.deal
        self.conversation: Mapping[str, Any] = {"priority": "normal", "tags": []}
        self.so_far = SoFar.before(surroundings.happened, surroundings.at)
        self.mocks = Mocks(surroundings.mocks)
        self.come = Scene()  # what the present act has brought about so far, also where it cannot be played to its end
        self._own = program
        self._counted = 0
        self._patience = Patience()

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
        self.so_far = self.so_far.heard("contact", text).saw("message.received", self.now, {"text": text})
        message = MessageReceived(self._next("message"), self.now, text, choice, None, attachments, location=where)
        floor = self.run if self.run is not None and self.run.status == "open" else None
        triggers = triggers_of(self.program.flow, self.program.flow.key, 0)
        commands = self.program.flow.settings.get("commands", ())
        taker = who_takes(
            message,
            state=self.state,
            first=first,
            floor=floor,
            triggers=triggers,
            commands=commands,
            holds=lambda trigger: self._starts(trigger.node, message),
        )
        match taker:
            case Answer():
                return self._take(message)
            case Steer(command):
                return self._take(command)
            case Keep() if self.state == "bot" and self.program.keeps:
                return self._take(message)
            case Start(trigger):
                words = {"text": text, "choice": choice}
                return self._begin(trigger.node, words, dict(self.surroundings.variables))
            case ToPeople() if self.program.flow.kind == "chatbot":  # else it is a chatbot's affair, not this flow's
                return self._apply(Scene((HandOff(why="nobody_listens"),)))
        return Scene()

    def happens(self, name: str, data: Mapping[str, Any]) -> Scene:
        """A fact of the catalogue: the open run hears of it; where none is open it may start one."""
        self.so_far = self.so_far.saw(name, self.now, data)
        fact = Happened(self._next("fact"), self.now, name, dict(data))
        if self.run is not None and self.run.status == "open":
            return self._take(fact)
        for node in self.program.flow.nodes:
            if node.type == "trigger" and is_named(node.params, name, data) and self._starts(node.id, fact):
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
            known = {query: self._answer(query) for query in outcome.queries if query[0] != "program"}
            world = replace(world, facts={**world.facts, **known}, programs={**world.programs, **called})
        assert isinstance(outcome, Turn)
        self.run = self.run if outcome.run == self.run else outcome.run
        self._patience.passed(len(outcome.trace))
        return Scene(outcome.effects, tuple(map(self._placed, outcome.trace)))

    def _placed(self, step: Trace) -> Trace:
        """The steps of a flow that took this one's place are that flow's, as those of one it calls are."""
        return step if self.program is self._own or step.version else replace(step, version=self.program.flow.key)

    def _answer(self, query: Query) -> Any:
        """Who owns contact and deal may have changed; the rest is as the account has it."""
        match query:
            case ("owner", "deal"):
                return slug_of_person(self.deal.get("owner"))
            case ("owner", _):
                return slug_of_person(self.contact["owner"]) if "owner" in self.contact else self.surroundings.owner
        return self.surroundings.answer(query, self.so_far)

    def _apply(self, scene: Scene) -> Scene:
        self.come += scene
        mirror = Mirror.of(World(contact=self.contact, deal=self.deal, conversation=self.conversation))
        for effect in scene.effects:
            mirror.see(effect)
            match effect:
                case HandOff(team=team):
                    self.state, self.team = "queued", team or self.program.flow.settings.get("default_team")
                case TakeBack():
                    self.state, self.team = "bot", None
                case SendMessage(text=text, options=options):
                    self.offered = options or self.offered
                    self.so_far = self.so_far.heard("bot", text)
        self.contact, self.deal, self.conversation = mirror.contact, mirror.deal, mirror.conversation
        for effect in scene.effects:
            if isinstance(effect, StartFlow) and effect.flow in self.surroundings.flows:
                self._patience.started()
                self.program = self.surroundings.flows[effect.flow]
                return scene + self._begin("", {}, dict(effect.variables))
        if self.state == "bot" and self.run is not None and self.run.status != "open":
            self.state = "finished"
        return scene

    def _starts(self, trigger: str, event: Event) -> bool:
        """Whether the trigger's condition holds of the contact and of what happened."""
        world = self._world()
        while isinstance(holds := may_start(self.program, trigger, event, world), Need):
            known = {query: self._answer(query) for query in holds.queries}
            world = replace(world, facts={**world.facts, **known})
        return holds

    def _world(self) -> World:
        about = {"id": "rehearsal", "state": self.state, "team": self.team}
        return self.surroundings.world(
            language=self.program.flow.language,
            contact=self.contact,
            deal=self.deal,
            conversation={**about, "opened_at": self.surroundings.at.isoformat(), **self.conversation},
        )

    def _next(self, what: str) -> str:
        self._counted += 1
        return f"{what}-{self._counted}"
