"""A draft tried on a real channel: whoever writes its code talks to it, until they say so or its time is over.

Messages that are no such word, in conversations that listen to no such run, are told by their looks: nothing is asked
of the database for them.
"""

from __future__ import annotations

import re
from uuid import UUID

from flowengine.core.effects import SendMessage
from flowengine.core.errors import InvalidFlow
from flowengine.core.events import MessageReceived
from flowengine.core.flow import content_hash
from flowengine.core.run import Run
from flowengine.desk import handoffs
from flowengine.effects import applied
from flowengine.effects.stage import Origin, Stage
from flowengine.nodes import read_flow
from flowengine.store.flow_tests import FlowTest
from flowengine.store.runs import StoredRun
from flowengine.turns.claim import Claim
from flowengine.turns.starts import start
from flowengine.turns.walk import end

OVER = "test_over"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another when copied by eye
LENGTH = 5

_CODE = re.compile(rf"\s*#\s?(?:teste|test)-([{LETTERS}]{{{LENGTH}}})\s*", re.IGNORECASE)
_END = re.compile(r"\s*#\s?(?:fim|end)\s*", re.IGNORECASE)
_KEY = "test:"  # what the entry keys of such runs begin with
_WORDS = {
    "pt": ("Teste do rascunho de “{name}”. Para sair, escreva #fim.", "Teste encerrado."),
    "en": ("Test of the draft of “{name}”. Write #end to leave.", "The test is over."),
}


def concerns(message: MessageReceived, floor: StoredRun | None) -> bool:
    """Whether the message may begin or go on with a test; looks at nothing but what is given."""
    return message.text.lstrip().startswith("#") or (floor is not None and floor.entry_key.startswith(_KEY))


def take(claim: Claim, stage: Stage, floor: StoredRun | None, message: MessageReceived) -> bool:
    """Begin a test, or end the one that has the floor; False where the message is for whoever listens."""
    if not concerns(message, floor):
        return False
    code = _CODE.fullmatch(message.text)
    test = claim.unit.flow_tests.by_code(code[1].lower()) if code else None
    if test is not None:
        return _begin(claim, stage, floor, test, message)
    if floor is None or floor.status != "open" or not floor.entry_key.startswith(_KEY):
        return False
    if _END.fullmatch(message.text):
        _say_goodbye(claim, stage, floor, message)
        return True
    if is_over(claim, floor):
        end(stage, Run.from_data(floor.state), OVER)
        stage.conversation = handoffs.give_floor(claim.unit, stage.conversation, None)
    return False


def is_over(claim: Claim, run: StoredRun) -> bool:
    """Whether the run is one of a test whose time is over; of another run nothing is asked."""
    if not run.entry_key.startswith(_KEY):
        return False
    test = claim.unit.flow_tests.get(UUID(run.entry_key.split(":")[1]))
    return test is None or test.ends_at <= claim.unit.now


def leave(stage: Stage, run: StoredRun) -> None:
    """End the run of a test that is over, and the talk with it."""
    end(stage, Run.from_data(run.state), OVER)
    stage.conversation = handoffs.leave(stage.unit, stage.conversation, run.id, OVER)


def _begin(claim: Claim, stage: Stage, floor: StoredRun | None, test: FlowTest, message: MessageReceived) -> bool:
    """With the draft as it is now; False where people have the conversation, or the draft is no flow."""
    unit = claim.unit
    if stage.conversation.state == "queued":
        stage.conversation = handoffs.take_back(unit, stage.conversation, why="test")
        floor = unit.runs.get(stage.conversation.floor_run_id) if stage.conversation.floor_run_id else None
    flow = unit.flows.get(test.flow_id)
    if stage.conversation.state != "bot" or flow is None:
        return False
    try:
        read_flow(flow.draft)
    except InvalidFlow:
        return False
    version = unit.flow_tests.snapshot(test, flow.draft, content_hash(flow.draft))
    program = claim.program(version)
    node = next((node.id for node in program.flow.nodes if node.type == "trigger"), program.called_at)
    if floor is not None and floor.status == "open":
        end(stage, Run.from_data(floor.state), "replaced")
    hello = _WORDS["pt" if program.flow.language.startswith("pt") else "en"][0].format(name=flow.name)
    start(
        claim,
        stage,
        flow=test.shadow_id,
        version=version,
        node=node,
        message=message,
        entry_key=f"{_KEY}{test.flow_id}:{stage.conversation.id}",
        shown=f"{flow.name} (teste)" if program.flow.language.startswith("pt") else f"{flow.name} (test)",
        first=(SendMessage(hello),),
    )
    return True


def _say_goodbye(claim: Claim, stage: Stage, run: StoredRun, message: MessageReceived) -> None:
    program = claim.program(run.version_id)
    goodbye = _WORDS["pt" if program.flow.language.startswith("pt") else "en"][1]
    origin = Origin(
        run=run.id, turn=run.turn + 1, flow_name=program.flow.name, default_team=None, cause=message.provider_id
    )
    applied.apply((SendMessage(goodbye),), stage, origin)
    leave(stage, run)
