"""A flow as a value: reading, the canonical form, the hash."""

import copy
import json

import pytest

from flowengine.core.errors import InvalidFlow
from flowengine.core.flow import canonical, content_hash
from flowengine.nodes import read_flow
from tests.core.documents import SOUND, changed


def _reversed_keys(value):
    if isinstance(value, dict):
        return {key: _reversed_keys(value[key]) for key in reversed(value)}
    return [_reversed_keys(item) for item in value] if isinstance(value, list) else value


def test_a_document_is_read_into_nodes_and_wires():
    flow = read_flow(SOUND)
    assert [node.name for node in flow.nodes][:3] == ["inicio", "Boas-vindas", "Como podemos ajudar?"]
    assert (flow.key, flow.language, flow.settings["default_team"], len(flow.edges)) == (
        "pedidos",
        "pt-BR",
        "vendas",
        9,
    )


def test_a_document_that_is_no_flow_is_refused_with_findings():
    with pytest.raises(InvalidFlow) as refused:
        read_flow(changed([{"set": "/nodes/1/params/parts", "to": []}]))
    assert [finding.code for finding in refused.value.findings] == ["F003"]


def test_writing_what_was_read_gives_no_difference():
    written = canonical(SOUND)
    assert canonical(json.loads(written)) == written
    assert written.endswith(b"}\n")
    assert written.decode().splitlines()[1] == '  "format": "flowengine/flow",'


def test_the_order_of_keys_and_wires_has_no_meaning():
    other = _reversed_keys(SOUND)
    other["edges"] = list(reversed(other["edges"]))
    assert canonical(other) == canonical(SOUND)


def test_the_order_of_nodes_has_a_meaning():
    other = copy.deepcopy(SOUND)
    other["nodes"] = list(reversed(other["nodes"]))
    assert content_hash(other) != content_hash(SOUND)


def test_what_only_the_canvas_needs_does_not_change_the_hash():
    moved = changed([{"set": "/nodes/1/position", "to": {"x": 9, "y": 9}}])
    noted = {**moved, "notes": [{"id": "n", "text": "!", "position": {"x": 0, "y": 0}}], "frames": []}
    assert content_hash(noted) == content_hash(SOUND)
    assert canonical(noted) != canonical(SOUND)


def test_what_the_flow_does_changes_the_hash():
    assert content_hash(changed([{"set": "/nodes/3/params/retries", "to": 2}])) != content_hash(SOUND)
