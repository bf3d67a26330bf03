"""Testing a draft on a real channel: a code that its author writes there, good for a while."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from apiflask import APIBlueprint

from builder_ui.api.shapes import Shape
from builder_ui.auth import allowed, me
from builder_ui.limits import limiter
from builder_ui.problems import Refused
from builder_ui.units import reading, writing
from flowengine.core.errors import InvalidFlow, NotFound
from flowengine.nodes import read_flow
from flowengine.store.flow_tests import FlowTest
from flowengine.store.flows import Flow
from flowengine.store.unit import Unit
from flowengine.turns.draft_tests import LENGTH, LETTERS

LIFE = timedelta(hours=1)
TESTS = "30 per 5 minutes"  # of one person

draft_tests = APIBlueprint("draft_tests", __name__, tag="Flows")


class Channel(Shape):
    """Where the code can be written; `page` is the address of a web chat's own page."""

    key: str
    kind: str
    name: str
    page: str | None


class Test(Shape):
    """The test of a flow. `code` is None where there is none now; `end` is the word by which one leaves it."""

    code: str | None
    end: Literal["#fim", "#end"]
    ends_at: datetime | None
    channels: list[Channel]


def _person() -> str:
    return str(me().member.id)


@draft_tests.get("/flows/<uuid:flow_id>/test")
@allowed("edit flows")
@draft_tests.output(Test)
def read(flow_id: UUID) -> Any:
    """The code that is good now, if there is one."""
    with reading(me().account_id) as unit:
        flow = _found(unit, flow_id)
        return _shown(unit, flow, unit.flow_tests.get(flow_id))


@draft_tests.post("/flows/<uuid:flow_id>/test")
@limiter.limit(TESTS, key_func=_person)
@allowed("edit flows")
@draft_tests.output(Test, status_code=201)
def begin(flow_id: UUID) -> Any:
    """A code that is good for an hour from now; the same one where there is one already.

    Whoever writes it on any channel of the account talks to the draft as it is then. 422 where that is no flow yet.
    """
    with writing(me().account_id) as unit:
        flow = _found(unit, flow_id)
        try:
            read_flow(flow.draft)
        except InvalidFlow as wrong:
            findings = [each.as_data() for each in wrong.findings]
            raise Refused(422, wrong.findings[0].message["en"], code="flow", findings=findings) from wrong
        before = unit.flow_tests.get(flow_id)
        code = before.code if before and before.ends_at > unit.now else _new_code()
        test = unit.flow_tests.put(flow_id, code=code, ends_at=unit.now + LIFE, by=me().member.id)
        unit.audit.record(me().member.id, "draft_test_begun", object_kind="flow", object_id=flow_id)
        return _shown(unit, flow, test)


@draft_tests.delete("/flows/<uuid:flow_id>/test")
@allowed("edit flows")
@draft_tests.output({}, status_code=204)
def end(flow_id: UUID) -> Any:
    """The code is good no more; whoever talks to the draft is with the live flows again at their next word."""
    with writing(me().account_id) as unit:
        _found(unit, flow_id)
        unit.flow_tests.end(flow_id)
        unit.audit.record(me().member.id, "draft_test_ended", object_kind="flow", object_id=flow_id)
    return ""


def _new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def _shown(unit: Unit, flow: Flow, test: FlowTest | None) -> dict[str, Any]:
    is_on = test is not None and test.ends_at > unit.now
    is_portuguese = str(flow.draft.get("language", "pt-BR")).startswith("pt")
    return {
        "code": f"#{'teste' if is_portuguese else 'test'}-{test.code}" if test and is_on else None,
        "end": "#fim" if is_portuguese else "#end",
        "ends_at": test.ends_at if test and is_on else None,
        "channels": [
            {
                "key": each.key,
                "kind": each.kind,
                "name": each.name,
                "page": f"/chat/{each.key}" if each.kind == "webchat" else None,
            }
            for each in unit.channels.all()
        ],
    }


def _found(unit: Unit, flow_id: UUID) -> Flow:
    flow = unit.flows.get(flow_id)
    if flow is None:
        raise NotFound("There is no such flow.")
    return flow
