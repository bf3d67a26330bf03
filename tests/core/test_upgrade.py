"""Documents of older programs: read as today's, one step at a time; what is newer is refused in words."""

import copy
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import ValidationError

from flowengine.core.check import check
from flowengine.core.errors import InvalidFlow
from flowengine.core.flow import read_flow
from flowengine.core.run import STATE_VERSION, Run, Wait
from flowengine.core.schema import FlowSchema
from flowengine.core.steps import Timer
from flowengine.core.upgrade import upgraded
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES, SCHEMAS
from flowengine.nodes import check as check_here
from tests.core.documents import SOUND, changed

NOON = datetime(2026, 1, 5, 15, tzinfo=UTC)


def _upgrade(params, version):
    """Once `result`, then `ending`, today `outcome`."""
    was, is_now = {1: ("result", "ending"), 2: ("ending", "outcome")}[version]
    return {is_now if name == was else name: value for name, value in params.items()}


NODES = {name: kind.schema for name, kind in NODE_TYPES.items()}
LATER = FlowSchema(
    json.loads((SCHEMAS / "flow.schema.json").read_text(encoding="utf-8")),
    DEFINITIONS,
    {**NODES, "end": {**NODES["end"], "x-version": 3}},
    {"end": _upgrade},
)
FIRST = changed([{"set": "/nodes/8/params", "to": {"result": "anotado"}}])
SECOND = changed([{"set": "/nodes/8/params", "to": {"ending": "anotado"}}, {"set": "/nodes/8/version", "to": 2}])
THIRD = changed([{"set": "/nodes/8/params", "to": {"outcome": "anotado"}}, {"set": "/nodes/8/version", "to": 3}])


@pytest.mark.parametrize("document", [FIRST, SECOND, THIRD])
def test_params_of_any_age_are_read_as_todays(document):
    before = copy.deepcopy(document)
    assert upgraded(document, LATER) == THIRD
    assert read_flow(document, LATER).nodes[8].params == {"outcome": "anotado"}
    assert not [each for each in check(document, LATER, NODE_TYPES) if each.severity == "error"]
    assert document == before


def test_where_nothing_is_older_the_document_is_the_same_one():
    assert upgraded(SOUND, FLOW_SCHEMA) is SOUND
    assert upgraded(THIRD, LATER) is THIRD


def test_params_that_are_newer_than_this_program_are_refused():
    with pytest.raises(InvalidFlow) as refused:
        upgraded(changed([{"set": "/nodes/8/version", "to": 4}]), LATER)
    (finding,) = refused.value.findings
    assert (finding.code, finding.node, finding.pointer) == ("F001", "fim", "/nodes/8/version")
    assert all("4" in words for words in finding.message.values())


@pytest.mark.parametrize("version", [0, 2, "1", None, True])
def test_formats_nobody_knows_are_refused(version):
    with pytest.raises(InvalidFlow):
        upgraded({**SOUND, "format_version": version}, FLOW_SCHEMA)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda of: st.lists(of) | st.dictionaries(st.text(), of)))
def test_a_version_that_is_none_gives_findings_and_no_traceback(garbage):
    document = changed([{"set": "/nodes/8/version", "to": garbage}, {"set": "/nodes/7/params", "to": garbage}])
    assert isinstance(check_here(document), list)


def test_every_type_with_a_history_knows_how_to_upgrade():
    told = {name for name, schema in NODES.items() if schema.get("x-version", 1) > 1}
    assert told == {name for name, kind in NODE_TYPES.items() if kind.upgrade is not None}


def test_a_stored_state_is_read_whichever_way_it_writes_utc():
    state = Run("r", 1, wait=Wait("ask", ("message_received",), 1, NOON, (Timer("no_reply", NOON, {"amount": 1}),)))
    earlier = json.loads(json.dumps(state.as_data()).replace("00Z", "00+00:00"))
    assert earlier["wait"]["since"] == earlier["wait"]["timers"][0]["due"] == "2026-01-05T15:00:00+00:00"
    assert Run.from_data(earlier) == Run.from_json(json.dumps(earlier)) == state


def test_a_state_that_is_none_of_ours_is_refused():
    with pytest.raises(ValidationError):
        Run.from_json(b'{"state_version": 99, "id": "r"}')


def test_a_state_of_the_first_version_is_read_as_todays():
    today = Run("r").as_data()
    first = {name: value for name, value in today.items() if name not in ("version", "frames", "trigger")}
    first = {name: value for name, value in first.items() if name not in ("asked", "times", "kept")}
    assert Run.from_data({**first, "state_version": 1}) == Run("r")
    assert Run.from_json(json.dumps({**first, "state_version": 1})) == Run("r")
    assert today["state_version"] == STATE_VERSION
