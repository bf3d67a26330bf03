"""Pasting nodes: any selection arrives whole, sound and beside what is there, whatever the ids."""

import copy
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.bundle import Selection, paste, select
from flowengine.core.bundle.renaming import with_ids, with_ids_in_text
from flowengine.core.errors import Invalid
from flowengine.core.shape import examine
from flowengine.nodes import FLOW_SCHEMA
from tests.bundle.drawings import flows
from tests.core.documents import SOUND


@st.composite
def _pastings(draw):
    """A document, and some nodes of another one."""
    target, master = draw(flows("target")), draw(flows())
    ids = draw(st.sets(st.sampled_from([node["id"] for node in master["nodes"]]), min_size=1))
    return target, select(master, ids, FLOW_SCHEMA)


def _graph_mistakes(document):
    return [finding for finding in examine(document, FLOW_SCHEMA).findings if finding.code != "F003"]


@given(_pastings())
def test_a_pasted_selection_is_sound(pasting):
    target, selection = pasting
    assert _graph_mistakes(paste(target, selection, FLOW_SCHEMA).document) == []


@given(_pastings())
def test_nothing_is_lost_and_nothing_there_is_touched(pasting):
    target, selection = pasting
    pasted = paste(target, selection, FLOW_SCHEMA)
    back = {new: old for old, new in pasted.ids.items()}
    count = len(target["nodes"])
    assert pasted.document["nodes"][:count] == target["nodes"]
    assert pasted.document["edges"][: len(target["edges"])] == target["edges"]
    assert [with_ids(node, back, FLOW_SCHEMA) for node in pasted.document["nodes"][count:]] == list(selection.nodes)
    wires = pasted.document["edges"][len(target["edges"]) :]
    assert [
        {**wire, "source": back[wire["source"]], "target": back[wire["target"]]} for wire in wires
    ] == selection.edges


@given(_pastings())
def test_what_the_copies_name_of_one_another_is_the_copies(pasting):
    target, selection = pasting
    pasted = paste(target, selection, FLOW_SCHEMA)
    clashing = [old for old, new in pasted.ids.items() if old != new]
    new = json.dumps(pasted.document["nodes"][len(target["nodes"]) :])
    assert [id for id in clashing if f"answers.{id} " in new or f"answers['{id}']" in new] == []


@given(_pastings(), st.integers(-1000, 1000), st.integers(-1000, 1000))
def test_relative_places_stay(pasting, right, down):
    target, selection = pasting
    pasted = paste(target, selection, FLOW_SCHEMA, offset=(right, down))
    moved = [node["position"] for node in pasted.document["nodes"][len(target["nodes"]) :]]
    assert moved == [{"x": n["position"]["x"] + right, "y": n["position"]["y"] + down} for n in selection.nodes]


@given(_pastings())
def test_pasting_twice_gives_two_copies_and_changes_no_argument(pasting):
    target, selection = pasting
    before = copy.deepcopy((target, selection))
    once = paste(target, selection, FLOW_SCHEMA)
    twice = paste(once.document, selection, FLOW_SCHEMA)
    assert (target, selection) == before
    assert set(once.ids.values()) & set(twice.ids.values()) == set()
    assert len(twice.document["nodes"]) == len(target["nodes"]) + 2 * len(selection.nodes)
    assert len(twice.document["frames"]) == len(target["frames"]) + 2 * len(selection.frames)
    assert _graph_mistakes(twice.document) == []


def test_variables_come_along_and_meet_those_that_are_there():
    declared = [{"name": "quantos", "type": "integer"}, {"name": "total", "type": "text"}]
    selection = select({**SOUND, "variables": [*SOUND["variables"], *declared]}, {"quanto", "anota"}, FLOW_SCHEMA)
    assert [each["name"] for each in selection.variables] == ["quantos", "total"]
    target = {**SOUND, "variables": [{"name": "total", "type": "number"}]}
    pasted = paste(target, selection, FLOW_SCHEMA)
    assert pasted.document["variables"] == [{"name": "total", "type": "number"}, declared[0]]
    assert pasted.met == ("total",)


def test_a_node_that_is_not_there_cannot_be_selected():
    with pytest.raises(Invalid, match="nada"):
        select(SOUND, {"menu", "nada"}, FLOW_SCHEMA)


@pytest.mark.parametrize(
    ("text", "renamed"),
    [
        ("{{ answers.menu }}", "{{ answers.menu_2 }}"),
        ("{{ answers['menu'] | upper }}", "{{ answers['menu_2'] | upper }}"),
        ("  {{-  answers . menu  -}}  ", "  {{-  answers . menu_2  -}}  "),
        ("{% if answers.menu %}a{% endif %}\r\n{{ now }}", "{% if answers.menu_2 %}a{% endif %}\r\n{{ now }}"),
        ("answers.menu {{ vars.menu }}", "answers.menu {{ vars.menu }}"),
        ("{{ vars.answers.menu }}", "{{ vars.answers.menu }}"),
        ("{{ 'answers.menu' }} {{ answers.menus }}", "{{ 'answers.menu' }} {{ answers.menus }}"),
        ("{{ answers.menu", "{{ answers.menu_2"),
    ],
)  # fmt: skip
def test_only_answers_of_a_node_are_renamed_in_a_text(text, renamed):
    assert with_ids_in_text(text, {"menu": "menu_2"}) == renamed


def test_a_selection_survives_json():
    selection = select(SOUND, {"menu", "quanto"}, FLOW_SCHEMA)
    assert Selection.from_data(json.loads(json.dumps(selection.as_data()))) == Selection(
        *(tuple(part) for part in (selection.nodes, selection.edges, selection.variables, selection.frames))
    )
