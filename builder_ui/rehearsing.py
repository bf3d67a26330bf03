"""Flows played on the server without a contact: the draft as it is, beside the account's live flows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from time import monotonic
from typing import Any

import orjson

from builder_ui.problems import Refused
from flowengine.core.errors import FlowEngineError, Invalid, InvalidFlow
from flowengine.core.findings import Finding, finding
from flowengine.core.program import Program, compile_flow
from flowengine.core.stories.failure import Failure
from flowengine.core.stories.play import Told, act, failure_of, tell
from flowengine.core.stories.rehearsal import Rehearsal
from flowengine.core.stories.scene import Scene
from flowengine.core.stories.shape import prove_stories
from flowengine.core.stories.surroundings import surroundings_of
from flowengine.nodes import NODE_TYPES, STORY_SCHEMA, read_flow
from flowengine.store.unit import Unit
from flowengine.turns.programs import Programs, program_of

MOST_FLOWS = 100  # that a flow may lead to, by calling or starting others
LONGEST = 5.0  # seconds; what has not been told by then is left, and said to be
MOST_FINDINGS = 20  # stories of a flow that are named when it is published


@cache
def programs() -> Programs:
    """The compiled versions that this process has looked at."""
    return Programs()


def compiled(unit: Unit, document: Mapping[str, Any]) -> tuple[Program, dict[str, Program]]:
    """The draft, and the live flows it leads to, by the keys it names them by; InvalidFlow where it is no flow."""
    program = compile_flow(read_flow(document), NODE_TYPES)
    others: dict[str, Program] = {}
    left = _named_by(program)
    while left and len(others) < MOST_FLOWS:
        key = left.pop()
        version = unit.flows.live_by_key(key) if key not in others and key != program.flow.key else None
        if version is not None:
            others[key] = program_of(unit, programs(), version)
            left += _named_by(others[key])
    return program, others


def world_of(unit: Unit, given: Mapping[str, Any]) -> dict[str, Any]:
    """A story's world in this account: its name, zone and constants, now; what is given wins."""
    account = unit.accounts.read()
    about = {"name": account.name, "language": account.language, "vars": account.settings.get("vars", {})}
    return {
        "at": unit.now.isoformat(timespec="seconds"),
        "timezone": account.timezone,
        **given,
        "account": {**about, **given.get("account", {})},
    }


def prove(stories: Mapping[str, Any]) -> None:
    """Refuse a document that is no document of stories."""
    try:
        orjson.dumps(stories)
    except orjson.JSONEncodeError as deep:  # orjson reads 1,024 levels and writes 254
        raise Invalid("The stories are nested too deeply.") from deep
    try:
        prove_stories(stories, STORY_SCHEMA)
    except InvalidFlow as wrong:
        findings = [each.as_data() for each in wrong.findings]
        raise Refused(422, wrong.findings[0].message["en"], code="stories", findings=findings) from wrong


def rehearse(
    program: Program, others: Mapping[str, Program], world: Mapping[str, Any], acts: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[Rehearsal, Scene | Failure]]:
    """What each act brings about, the talk as it stands then; the first that cannot be played is the last."""
    talk = Rehearsal(program, surroundings_of(world, others))
    end = monotonic() + LONGEST
    for place, given in enumerate(acts, start=1):
        if monotonic() > end:
            yield talk, Failure("late").at(place, given)
            return
        try:
            yield talk, act(talk, given)
        except FlowEngineError as fault:
            yield talk, failure_of(fault).at(place, given)
            return


def told(program: Program, others: Mapping[str, Program], stories: Mapping[str, Any]) -> Iterator[Told]:
    """Every story, one after the other, for as long as there is time."""
    end = monotonic() + LONGEST
    for story in stories["stories"]:
        if monotonic() > end:
            yield Told(story["name"], (Failure("late"),), frozenset())
        else:
            yield tell(program, story, {**stories.get("world", {}), **story.get("world", {})}, others)


def story_findings(unit: Unit, document: Mapping[str, Any], stories: Mapping[str, Any] | None) -> list[Finding]:
    """A warning for each story of the flow that does not come true."""
    return [] if stories is None else warnings_of(told(*compiled(unit, document), stories))


def warnings_of(stories: Iterable[Told]) -> list[Finding]:
    """What publishing says of those that did not come true."""
    failed = [story for story in stories if story.failures]
    return [finding("F191", story=story.name, why=story.failures[0].messages()) for story in failed[:MOST_FINDINGS]]


def _named_by(program: Program) -> list[str]:
    """The keys of the flows it calls or starts."""
    return [
        node.params["flow"]
        for node in program.flow.nodes
        if NODE_TYPES[node.type].does("calls_flow") or NODE_TYPES[node.type].does("starts_flow")
    ]
