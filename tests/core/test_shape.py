"""The shape of documents: both validators agree, sentences are ours, garbage is refused in no time."""

import contextlib
import copy
import json
from pathlib import Path
from time import process_time

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.check import Account
from flowengine.core.errors import InvalidFlow
from flowengine.core.findings import LANGUAGES
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES, SCHEMAS, STORY_SCHEMA, check, read_flow
from tests.core.documents import SOUND, changed

CASES = json.loads((Path(__file__).parent / "shapes.json").read_text(encoding="utf-8"))
FILES = sorted(SCHEMAS.glob("**/*.json"))


def _set(errors):
    return {(error.pointer, error.keyword) for error in errors}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_document_has_the_mistakes_its_case_lists(case):
    assert _set(FLOW_SCHEMA.errors(changed(case["changes"]))) == {tuple(error) for error in case["errors"]}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_engine_finds_what_the_reference_finds(case):
    document = changed(case["changes"])
    assert _set(FLOW_SCHEMA.errors(document)) == _set(FLOW_SCHEMA.reference_errors(document))


@pytest.mark.parametrize("case", [c for c in CASES if c["errors"]], ids=lambda case: case["name"])
def test_a_mistake_is_told_in_both_languages_without_the_engines_words(case):
    found = [finding for finding in check(changed(case["changes"])) if finding.code == "F003"]
    assert len(found) == len(list(FLOW_SCHEMA.errors(changed(case["changes"]))))
    assert all(finding.message[language] for finding in found for language in LANGUAGES)
    assert not any("is not valid" in finding.message["en"] or "{" in finding.message["en"] for finding in found)


def test_a_mistake_names_the_node_and_the_field():
    (finding,) = check(changed([{"set": "/nodes/1/params/parts/0/text", "to": ""}]))
    assert finding.message == {
        "pt-BR": "“Boas-vindas” › Mensagens 1 › Texto: está vazio.",
        "en": "“Boas-vindas” › Messages 1 › Text: is empty.",
    }
    assert (finding.node, finding.pointer) == ("ola", "/nodes/1/params/parts/0/text")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_every_schema_is_a_schema(file):
    jsonschema.Draft202012Validator.check_schema(json.loads(file.read_text(encoding="utf-8")))


def test_the_schemas_put_together_need_no_outside_file():
    whole = json.dumps(FLOW_SCHEMA.document)
    assert "definitions.json" not in whole
    assert "oneOf" not in whole
    assert FLOW_SCHEMA.document["$defs"]["node"]["properties"]["type"]["enum"] == sorted(NODE_TYPES)


def test_stories_have_a_schema_of_their_own():
    example = json.loads((SCHEMAS / "story.schema.json").read_text(encoding="utf-8"))["examples"][0]
    assert list(STORY_SCHEMA.errors(example)) == []
    assert list(STORY_SCHEMA.errors({**example, "stories": []})) != []


def test_every_group_of_a_node_type_is_in_the_catalogue():
    groups = {group["id"] for group in DEFINITIONS["x-groups"]}
    assert {kind.schema["x-group"] for kind in NODE_TYPES.values()} <= groups


@pytest.mark.parametrize(
    ("document", "says"),
    [
        ("x", "format"),
        ({}, "format"),
        ([], "format"),
        (None, "format"),
        ({"format": "other/thing"}, "format"),
        ({**SOUND, "format_version": 2}, "format version 2 is not known"),
        ({**SOUND, "format_version": 0}, "format version 0"),
        ({**SOUND, "format_version": True}, "format version True"),
        ({**SOUND, "format_version": "1"}, "format version 1"),
    ],
)
def test_what_is_no_flow_of_a_known_format_is_refused_in_words(document, says):
    with pytest.raises(InvalidFlow) as refused:
        read_flow(document)
    (finding,) = refused.value.findings
    assert finding.code == "F001"
    assert says in finding.message["en"]


def _nested(levels):
    value = []
    for _ in range(levels):
        value = [value]
    return value


@pytest.mark.parametrize(
    "document",
    [
        {**SOUND, "name": "x" * 10_000_000},
        {**SOUND, "nodes": SOUND["nodes"] * 1200},
        {**SOUND, "nodes": _nested(1000)},
        {**SOUND, "x": [0] * 300_000},
        {**SOUND, "settings": {"x" * 6_000_000: 1}},
        {**SOUND, "nodes": [{**SOUND["nodes"][0], "position": {"x": float("nan"), "y": float("inf")}}]},
        {**SOUND, "nodes": [{**SOUND["nodes"][0], "position": {"x": 10**400, "y": 0}}]},
    ],
    ids=[
        "10 MB of text",
        "10,000 nodes",
        "1,000 levels",
        "300,000 values",
        "a 6 MB key",
        "not a number",
        "a huge number",
    ],
)
def test_garbage_is_refused_quickly(document):
    begun = process_time()
    findings = check(document)
    assert process_time() - begun < 1.5
    assert findings
    assert len(findings) <= 200


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | st.floats() | st.text(max_size=10),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)
_places = sorted(
    {
        "/" + "/".join(map(str, path))
        for path in [
            ("nodes",),
            ("edges",),
            ("settings",),
            ("name",),
            ("variables",),
            ("key",),
            ("notes",),
            ("frames",),
        ]
        + [("nodes", n) for n in range(9)]
        + [("nodes", n, key) for n in range(9) for key in ("id", "type", "params", "label", "position")]
        + [("edges", n, key) for n in range(9) for key in ("source", "port", "target")]
        + [
            ("variables", 0),
            ("variables", 0, "name"),
            ("nodes", 2, "params", "options"),
            ("nodes", 4, "params", "branches"),
        ]
        + [
            ("nodes", 4, "params", "branches", 0, "when"),
            ("nodes", 1, "params", "parts"),
            ("nodes", 0, "params", "terms"),
        ]
    }
)


@given(_json)
def test_any_json_gives_findings(document):
    assert check(document)


@given(st.lists(st.tuples(st.sampled_from(_places), _json), min_size=1, max_size=3))
@settings(max_examples=400)
def test_a_flow_with_anything_in_any_place_gives_findings_or_is_sound(changes):
    for finding in check(_with(changes), Account.having(team=["vendas"])):
        assert json.dumps(finding.as_data())


def _with(changes):
    """The sound flow with these values at these places; a place that an earlier value took away is left out."""
    document = copy.deepcopy(SOUND)
    for pointer, value in changes:
        *path, last = pointer.split("/")[1:]
        place = document
        with contextlib.suppress(KeyError, IndexError, TypeError, ValueError):
            for part in path:
                place = place[int(part)] if isinstance(place, list) else place[part]
            place[int(last) if isinstance(place, list) else last] = value
    return document
