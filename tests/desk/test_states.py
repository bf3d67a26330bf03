"""The state machine, case by case (states.json)."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest

from flowengine.core.errors import CallerError
from flowengine.desk import states
from flowengine.desk.people import Person
from flowengine.store.conversations import Conversation
from flowengine.store.teams import Team
from tests.offices import NOON

CASES = json.loads(Path(__file__).with_name("states.json").read_text())


def _id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


ITS, OTHER = _id("its"), _id("other")
RUN = _id("run")


def _team(id: UUID) -> Team:
    return Team(id, "team", "Team", "team", None, {}, "by_hand", False, None)


def _person(name: str) -> Person:
    teams = frozenset() if name in ("stranger", "administrator") else frozenset({ITS})
    leads = teams if name == "supervisor" else frozenset()
    role = "agent" if name in ("stranger", "colleague") else name
    return Person(_id(name), name.capitalize(), role, teams, leads)


NOBODY = Conversation(
    id=_id("conversation"), contact_id=_id("contact"), channel_id=_id("channel"), identity_id=_id("identity"),
    state="bot", team_id=ITS, owner_id=None, version=1, owner_epoch=0, floor_run_id=None, handoff=None, closing=None,
    priority="normal", subject=None, opened_at=NOON, queued_at=None, taken_at=None, finished_at=None, finished_by=None,
    finish_reason=None, last_message_at=None, last_message=None, last_inbound_at=None, unread=0, waiting_since=None,
    transferred=None, updated_at=NOON,
)  # fmt: skip

ACTS = {
    "take": lambda talk, by, _: states.take(talk, by, NOON),
    "to_team": lambda talk, by, _: states.transfer_to_team(talk, _team(OTHER), by, NOON, "note"),
    "to_member": lambda talk, by, who: states.transfer_to_member(talk, _team(ITS), _person(who), by, NOON),
    "finish": lambda talk, by, reason: states.finish(talk, by, NOON, reason),
    "hand_off": lambda talk, _, more: states.hand_off(
        talk,
        _team(OTHER),
        NOON,
        handoff={"run": str(RUN), "turn": 2, "goes_on": True},
        back_to=_id(more["back_to"]) if more else None,
    ),
    "take_back": lambda talk, _, why: states.take_back(talk, why),
    "end_with_flow": lambda talk, _, reason: states.end_with_flow(talk, NOON, reason),
    "wake": lambda talk, _, more: states.wake(talk, NOON, **more),
    "reopen": lambda talk, _, more: states.reopen(talk, NOON, **more),
}
# What a case's `then` may say, and how it is read off the conversation and the change.
READ = {
    "state": lambda talk, _: talk.state,
    "owner": lambda talk, _: talk.owner_id,
    "team": lambda talk, _: talk.team_id,
    "what": lambda _, change: change.what,
    "epoch": lambda talk, _: talk.owner_epoch,
    "ends_run": lambda _, change: change.ends_run == RUN,
    "handoff": lambda talk, _: talk.handoff is not None,
    "closing": lambda talk, _: talk.closing is not None,
    "floor": lambda talk, _: talk.floor_run_id == RUN,
    "resumes": lambda _, change: change.resumes is not None,
    "finished_by": lambda talk, _: talk.finished_by,
    "reason": lambda talk, _: talk.finish_reason,
}
NAMES_PEOPLE_OR_TEAMS = ("owner", "team", "finished_by")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES if case.get("then")])
def test_an_act_changes_the_conversation(case: dict[str, Any]):
    talk = _given(case["given"])
    change = _act(case, talk)
    changed = replace(talk, **change.new)
    assert {name: READ[name](changed, change) for name in case["then"]} == _expected(case["then"])


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES if "error" in case])
def test_an_act_is_refused(case: dict[str, Any]):
    with pytest.raises(CallerError) as refused:
        _act(case, _given(case["given"]))
    assert refused.value.code == case["error"]


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=case["name"]) for case in CASES if "then" in case and case["then"] is None]
)
def test_an_act_has_nothing_to_change(case: dict[str, Any]):
    assert _act(case, _given(case["given"])) is None


def _given(given: dict[str, Any]) -> Conversation:
    handoff, closing, owner = given.get("handoff"), given.get("closing"), given.get("owner")
    return replace(
        NOBODY,
        state=given["state"],
        owner_id=_id(owner) if owner else None,
        floor_run_id=RUN if given.get("floor") else None,
        handoff={"run": str(RUN), "turn": 2, **handoff} if handoff else None,
        closing={"by": str(_id(closing)), "owner": str(_id(closing)), "reason": None} if closing else None,
    )


def _act(case: dict[str, Any], talk: Conversation) -> Any:
    ((act, more),) = case["act"].items()
    return ACTS[act](talk, _person(case.get("by", "agent")), more)


def _expected(then: dict[str, Any]) -> dict[str, Any]:
    return {name: _id(value) if name in NAMES_PEOPLE_OR_TEAMS and value else value for name, value in then.items()}
