"""Which run an event concerns, and which flow it starts: the order of automation.md, "One event", as a pure function.

Only messages need deciding. A timer, a finished hand-off or a failed send names its run and turn, and the run itself
knows whether it still waits for that (`run.is_for`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flowengine.core.events import Commanded, MessageReceived
from flowengine.core.flow import Flow
from flowengine.core.run import Run, is_for
from flowengine.core.terms import command_in, longest_term


@dataclass(frozen=True, slots=True)
class Trigger:
    """A start node of a live flow that the conversation's channel is bound to. `flow` is what the caller keys it by."""

    flow: str
    node: str
    params: Mapping[str, Any]
    position: int  # of the binding, then of the node in its document: the earlier wins among equals


@dataclass(frozen=True, slots=True)
class Answer:
    """The run that has the floor takes the message."""


@dataclass(frozen=True, slots=True)
class Steer:
    """The run that has the floor is steered by a word the contact said."""

    event: Commanded


@dataclass(frozen=True, slots=True)
class Start:
    """A new run begins at this trigger; `replaces` says that it ends the one that has the floor."""

    trigger: Trigger
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Keep:
    """Shown to people and kept; no flow consumes it now. `why` is for the timeline."""

    why: str


@dataclass(frozen=True, slots=True)
class ToPeople:
    """No flow listens here: the conversation goes to the default team, never to silence."""


Decision = Answer | Steer | Start | Keep | ToPeople
Holds = Callable[[Trigger], bool]


def _always(_: Trigger) -> bool:
    return True


def triggers_of(
    flow: Flow, key: str, position: int, *, any_message: bool = True, keywords: Sequence[str] = ()
) -> list[Trigger]:
    """The start nodes of `flow`, in the order of its document, as far as its channel lets them listen.

    Without `any_message` those for any message do not. `keywords` are the channel's own for this flow: they start it
    at its first start node, under that one's condition.
    """
    starts = [
        Trigger(key, node.id, node.params, position * 10_000 + place)
        for place, node in enumerate(flow.nodes)
        if node.type == "trigger"
    ]
    own = [each for each in starts if any_message or each.params.get("event") != "message.received"]
    if not keywords or not starts:
        return own
    first = starts[0]
    said = {"event": "keyword", "terms": list(keywords)}
    where = {"where": first.params["where"]} if "where" in first.params else {}
    return [*own, Trigger(key, first.node, {**said, **where}, first.position)]


def who_takes(
    event: MessageReceived,
    *,
    state: str,
    first: bool,
    floor: Run | None,
    triggers: Sequence[Trigger],
    commands: Sequence[Mapping[str, Any]] = (),
    holds: Holds = _always,
) -> Decision:
    """Who takes a contact's message in a conversation that is in `state`.

    `first`: the message opened the conversation. `floor`: the run the conversation listens to, if one is open;
    `commands` are those of its flow and of the account. At most one chatbot starts; a keyword that says `interrupt`
    ends the floor's run and starts its own, unless the words are those of a button: that is an answer. `holds` judges a
    trigger's condition; it is asked only of triggers that would start otherwise.
    """
    if state != "bot":
        return Keep("a person has the conversation")
    if floor is not None and event.choice is None and (command := command_in(event.text, commands)):
        return Steer(Commanded(event.id, event.at, event.text, command["do"], command.get("node"), command.get("team")))
    keyword = _by_keyword(event.text, triggers, holds)
    if floor is not None:
        if keyword is not None and keyword.params.get("interrupt") and event.choice is None:
            return Start(keyword, replaces=True)
        return Answer() if is_for(event, floor) else Keep("the flow waits for something else")
    if keyword is not None:
        return Start(keyword)
    for wants_first in (True, False):
        for trigger in sorted(triggers, key=lambda t: t.position):
            if trigger.params.get("event") != "message.received":
                continue
            fits = bool(trigger.params.get("first")) is wants_first and (first or not wants_first)
            if fits and holds(trigger):
                return Start(trigger)
    return ToPeople()


def _by_keyword(text: str, triggers: Sequence[Trigger], holds: Holds) -> Trigger | None:
    """The keyword trigger whose term fits `text`: the longest term wins, then the order."""
    fitting = [
        (-length, trigger.position, trigger)
        for trigger in triggers
        if trigger.params.get("event") == "keyword"
        and (length := longest_term(text, trigger.params, usual="contains")) is not None
    ]
    in_order = sorted(fitting, key=lambda fit: fit[:2])
    return next((trigger for _, _, trigger in in_order if holds(trigger)), None)
