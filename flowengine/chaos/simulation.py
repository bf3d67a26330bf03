"""What should have been said to a contact: their conversation played again in the pure core.

Three things are taken from what was written down, since the real world decided them: the order in which events were
taken, what calls came to (calls.py judges whether that is true), and whether people were there. What had to follow is
computed here, from the flows alone; so is whether an event could be taken at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flowengine.chaos.agent import WORDS
from flowengine.chaos.record import Ran, Taken
from flowengine.core.effects import CallHttp, SendMessage
from flowengine.core.program import Program
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene
from flowengine.core.stories.surroundings import surroundings_of

NO_ANSWER = {"reason": "unknown"}


@dataclass(frozen=True, slots=True)
class Expected:
    """A message the contact should have got, and the sender's id of the one it answers."""

    text: str
    in_reply_to: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run should have said, and how it should stand: its status, and the node it waits at."""

    messages: tuple[Expected, ...]
    status: str
    waits_at: str | None


@dataclass(frozen=True, slots=True)
class Impossible:
    """An event was taken that could not have been taken then."""

    turn: int
    why: str


def play(
    runs: Sequence[tuple[Ran, Sequence[Taken]]],
    programs: Mapping[str, Program],
    contact: str,
    seen: Mapping[str, str],
) -> list[Outcome | Impossible]:
    """A contact's runs, one after the other; what one changed about them the next one finds. `seen` as in Record."""
    about: Mapping[str, Any] = {"name": contact, "score": 0}
    played: list[Outcome | Impossible] = []
    for run, turns in runs:
        program = programs[run.flow]
        world = {"contact": about, "mocks": _answers(program, turns), "teams": _teams(turns)}
        talk = Rehearsal(program, surroundings_of(world, programs))
        played.append(_play(talk, turns, seen))
        about = talk.contact
    return played


def _play(talk: Rehearsal, turns: Sequence[Taken], seen: Mapping[str, str]) -> Outcome | Impossible:
    messages: list[Expected] = []
    for turn in turns:
        scene = _act(talk, turn.event)
        if isinstance(scene, str):
            return Impossible(turn.number, scene)
        if turn.event["kind"] == "human_finished":
            messages.append(Expected(WORDS, None))
        messages += _said(scene, taken_message(turn.event, seen))
    run = talk.run
    return Outcome(tuple(messages), run.status if run else "", run.wait.node if run and run.wait else None)


def taken_message(event: Mapping[str, Any], seen: Mapping[str, str]) -> str | None:
    """The sender's id of the message that an event is, or that started its run; None for all else that happens."""
    match event["kind"]:
        case "message_received":
            return str(event["provider_id"])
        case "started":
            return seen.get(event["id"])
    return None


def _said(scene: Scene, cause: str | None) -> Iterator[Expected]:
    """What follows the answer of a call answers no message of the contact's."""
    for effect in scene.effects:
        match effect:
            case CallHttp():
                cause = None
            case SendMessage(text=text):
                yield Expected(text, cause)


def _act(talk: Rehearsal, event: Mapping[str, Any]) -> Scene | str:
    """What an event that was taken brings about; in words where it could not have been taken."""
    wait = talk.run.wait if talk.run is not None else None
    at = datetime.fromisoformat(event["at"])
    match event["kind"]:
        case "started" if talk.run is None:
            talk.now = at
            return talk.says(event["message"]["text"] or "", choice=event["message"]["choice"])
        case "message_received" if wait and "message_received" in wait.until:
            talk.now = at
            return talk.says(event["text"], choice=event["choice"])
        case "timer_fired" if wait and (due := min((t.due for t in wait.timers), default=None)):
            return talk.waits(due - talk.now) if at >= due else f"a timer fired at {at}, and was due at {due}"
        case "human_finished" if wait and "human_finished" in wait.until:
            talk.now = at
            return talk.finishes(event["reason"])
        case "call_answered":
            return Scene()  # came with the act that called, as the record says that it was answered
    where = f"at {wait.node}" if wait else "anywhere"
    return f"{event['kind']} was taken, and the flow does not wait for that {where}"


def _answers(program: Program, turns: Sequence[Taken]) -> dict[str, list[Mapping[str, Any]]]:
    """What the calls of each node came to, in order; one that is still awaited comes to nothing."""
    answers: dict[str, list[Mapping[str, Any]]] = {
        node.id: [] for node in program.flow.nodes if node.type == "http_request"
    }
    for turn in turns:
        if turn.event["kind"] == "call_answered":
            answers[turn.trace[0]["node"]].append(turn.event)
    return {node: found or [NO_ANSWER] for node, found in answers.items()}


def _teams(turns: Sequence[Taken]) -> dict[str, Any]:
    """How the teams stood when the run asked."""
    return {key: answer for turn in turns for kind, key, answer in turn.read.get("facts", ()) if kind == "team"}
