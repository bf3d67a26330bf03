"""What a node may say to the interpreter, and what it is told: the contract of all node types.

A node type is one module of `flowengine.nodes` with three pure functions:

    def read(params) -> Params                      # once per version: typed, templates and conditions compiled
    def enter(params, context) -> Step              # the walk has come to this node
    def resume(params, context, event) -> Step      # what this node waits for has happened

and the schema of its params, which also declares its ports (`x-ports`). What the checker has to know of time it may say
beside them: WAITS, WAITS_BEFORE, and

    def pauses(params) -> bool                          # whether it WAITS with these params; absent: with any
    def spans(params, settings) -> Mapping[str, Span]   # how long the walk stays here, by the port it leaves by

Where the shape of its params has changed (`x-version` of its schema), it says how older ones become today's:

    def upgrade(params, version) -> params              # of this version, as the next one has them

Where its wait has timers, it says what becomes of a wait that began in another version of the flow:

    def renew(params, context, wait) -> Pause           # as if it had begun, when it did, with these params
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from msgspec import Struct

from flowengine.core.effects import Effect
from flowengine.core.events import Event, EventKind

Unwired = Literal["required", "end", "default_team", "stay"]
# What follows when a port has no wire: "required" is an error of the checker (at run time it acts as "default_team",
# so that a contact is never left alone); "end" ends the run; "default_team" hands off; "stay" is the node's own affair.


class Port(Struct, frozen=True):
    """A way out of a node."""

    id: str
    title: str = ""
    unwired: Unwired = "required"


class Timer(Struct, frozen=True):
    """Wakes the wait it belongs to at `due` (UTC); `rule` keeps the wall-clock words it was computed from."""

    name: str
    due: datetime
    rule: Mapping[str, Any] = {}


class Go(Struct, frozen=True):
    """Leave by `port`. `sets` are variables; `answer` is kept under `answers.<node>`; `why` is for the trace."""

    port: str = "next"
    effects: tuple[Effect, ...] = ()
    sets: Mapping[str, Any] = {}
    answer: Any = None
    why: str = ""


class Pause(Struct, frozen=True):
    """Wait here for one of the kinds of event in `until`, or for a timer; `keep` is the node's own note to itself.

    A node that pauses again gives its timers again: those of the wait before are gone.
    """

    until: tuple[EventKind, ...]
    effects: tuple[Effect, ...] = ()
    timers: tuple[Timer, ...] = ()
    keep: Mapping[str, Any] = {}
    why: str = ""


class Stay(Struct, frozen=True):
    """The event changes nothing: the wait goes on as it was."""


class End(Struct, frozen=True):
    """The run is complete with this outcome."""

    outcome: str = "completed"
    effects: tuple[Effect, ...] = ()


class Call(Struct, frozen=True):
    """Walk another flow as a sub-flow; when it comes back this node's `resume` is handed FlowReturned."""

    flow: str
    inputs: Mapping[str, Any] = {}


class Jump(Struct, frozen=True):
    """Go on at another node of this flow."""

    node: str
    why: str = ""


Step = Go | Pause | Stay | End | Call | Jump


@dataclass(frozen=True, slots=True)
class Span:
    """How long something takes: at least, and at most (None: there is no telling)."""

    least: timedelta = timedelta(0)
    most: timedelta | None = timedelta(0)


Spans = Mapping[str, Span]


@dataclass(frozen=True, slots=True)
class NodeType:
    """A node type as the interpreter and the checker know it.

    `ports` gives the ways out for these params, in the order they are drawn. `waits` says whether the walk always
    pauses here (then a loop through it cannot spin), `pauses` for which params if not for all; `waits_before` are the
    ports that are left only after a pause.
    """

    name: str
    schema: Mapping[str, Any]
    ports: Callable[[Mapping[str, Any]], tuple[Port, ...]]
    read: Callable[[Mapping[str, Any]], Any]
    enter: Callable[[Any, Context], Step]
    resume: Callable[[Any, Context, Any], Step]
    waits: bool = False
    waits_before: frozenset[str] = frozenset()
    spans: Callable[[Mapping[str, Any], Mapping[str, Any]], Spans] | None = None
    upgrade: Callable[[dict[str, Any], int], dict[str, Any]] | None = None
    pauses: Callable[[Mapping[str, Any]], bool] | None = None
    renew: Callable[[Any, Context, Any], Pause] | None = None

    def always_waits(self, params: Mapping[str, Any]) -> bool:
        """Whether the walk always pauses at a node with these params."""
        return self.waits and (self.pauses is None or self.pauses(params))

    def awaits(self, params: Mapping[str, Any]) -> Mapping[str, Any]:
        """What is waited for here: the params that its schema says make a wait another one (`x-awaits`)."""
        about = self.schema.get("properties", {})
        return {name: params.get(name, about[name].get("default")) for name in self.schema.get("x-awaits", ())}

    def does(self, what: str) -> bool:
        """Whether its schema says so (`x-does`)."""
        return what in self.schema.get("x-does", ())


NodeTypes = Mapping[str, NodeType]


class NotLoaded(Exception):  # noqa: N818 - no error: it tells the interpreter what a node needs to know
    """A node looked something up that the world does not hold yet."""

    def __init__(self, query: Query, node: str = "") -> None:
        super().__init__(query)
        self.query = query
        self.node = node


Query = tuple[str, str]
"""What can be looked up, answered in plain values:

("team", slug) → {"name", "members": how many, "available": of them online and with room, "texts": {"closed"?, …}}
                 or None: no such team
("hours", "account" | "team:<slug>") → business hours as hours.py reads them, or None: always open
("user", slug) → {"name", "presence", "available", "teams": [slug]} or None
("owner", "contact" | "deal") → a user's slug or None
("last_agent", "") → a user's slug or None
("portfolio", "contact") → {"owner": a user's slug or None, "teams": [slug]} of the one the contact is in, or None
("segment", slug) → whether the contact belongs to it
("flow", key) → {"version", "name"} of its live version, or None: there is none
("template", slug) → {"text", "parameters", "status"} or None
("snippet", slug) → {"text"} or None
("ai", slug) → {"model"} or None
("messages", "<how many>|<conversation's id>") → [{"from": "contact" | "bot" | "agent", "text"}], the last, oldest first
("happened", "<event>|<since, ISO>|<node or nothing>") → [{"at", "data"}], oldest first
("program", version) → a compiled flow, given in `World.programs`: the one answer that is no JSON
"""


class World(Struct, frozen=True):
    """The read-only view of what surrounds a run, loaded so far; plain JSON values, but for `programs`.

    `contact`: id, name, email, phone, language, timezone, score, tags, fields, consent, owner. `deal`: id, title,
    value, pipeline, stage, status, owner, fields, tags. `conversation`: id, state, priority, team, tags. `account`:
    name, language, timezone, vars. `agent`: name of the person who had the conversation last. `facts`: answers to
    queries. `programs`: compiled flows by version, for sub-flows.
    """

    contact: Mapping[str, Any] = {}
    conversation: Mapping[str, Any] = {}
    account: Mapping[str, Any] = {}
    channel: Mapping[str, Any] = {}
    facts: Mapping[Query, Any] = {}
    deal: Mapping[str, Any] = {}
    agent: Mapping[str, Any] = {}
    programs: Mapping[str, Any] = {}


class Context(Struct, frozen=True):
    """What a node may see. `now` is the event's time in UTC; `names` are those that templates and conditions know."""

    node: str
    now: datetime
    language: str
    timezone: str
    names: Mapping[str, Any]
    settings: Mapping[str, Any]
    wired: frozenset[str]
    kept: Mapping[str, Any]
    asked_in: int  # the turn in which this wait began
    run: str
    world: World
    event: Event
    times: Mapping[str, str] = {}  # "": when the run started; a watched node: when it was left
    said_meanwhile: tuple[str, ...] = ()  # what the contact wrote while the flow waited for something else

    def look_up(self, kind: str, key: str) -> Any:
        """The answer to a query; the interpreter asks the outside for what is not loaded yet."""
        query = (kind, key)
        if query not in self.world.facts:
            raise NotLoaded(query, self.node)
        return self.world.facts[query]
