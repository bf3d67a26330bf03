"""Differences between documents: complete, told apart, and none where nothing is otherwise."""

import copy

from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.diff import diff
from flowengine.core.diff_words import lines_of
from flowengine.core.flow import content_hash
from flowengine.nodes import FLOW_SCHEMA
from tests.bundle.drawings import flows
from tests.core.documents import SOUND, changed


def _diff(*changes):
    return diff(SOUND, changed(changes), FLOW_SCHEMA)


def test_the_same_has_no_difference():
    same = diff(SOUND, copy.deepcopy(SOUND), FLOW_SCHEMA)
    assert same.behaves_alike
    assert lines_of(same, "pt-BR") == ["Fazem o mesmo."]


@given(flows(), st.data())
def test_another_order_of_nodes_is_told_and_nothing_else(document, data):
    nodes = data.draw(st.permutations(document["nodes"]))
    found = diff(document, {**document, "nodes": nodes}, FLOW_SCHEMA)
    assert found.reordered == (nodes != document["nodes"])
    assert not any((found.added, found.removed, found.changed, found.renamed, found.moved, found.wires))


@given(flows(), flows())
def test_two_documents_behave_alike_just_where_their_hashes_say_so(one, other):
    assert diff(one, other, FLOW_SCHEMA).behaves_alike == (content_hash(one) == content_hash(other))


@given(flows(), flows())
def test_the_way_back_takes_away_what_the_way_there_brings(one, other):
    there, back = diff(one, other, FLOW_SCHEMA), diff(other, one, FLOW_SCHEMA)
    assert {node.id for node in there.added} == {node.id for node in back.removed}
    assert {node.was for node in there.renamed} == {node.id for node in back.renamed}
    assert len(there.wires) == len(back.wires)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda of: st.lists(of) | st.dictionaries(st.text(), of)))
def test_drafts_that_are_no_flow_are_compared_all_the_same(garbage):
    found = diff({**SOUND, "nodes": garbage}, {**SOUND, "edges": garbage, "settings": garbage}, FLOW_SCHEMA)
    assert lines_of(found, "en")


def test_a_changed_field_is_told_by_its_pointer_and_in_words():
    found = _diff({"set": "/nodes/3/params/retries", "to": 2}, {"set": "/nodes/3/label", "to": "Quantos"})
    (node,) = found.changed
    assert [(field.pointer, field.before, field.after) for field in node.fields] == [
        ("/label", "Quantidade", "Quantos"),
        ("/params/retries", 1, 2),
    ]
    assert lines_of(found, "en")[0] == "~ Quantos"
    assert "1 → 2" in lines_of(found, "en")[2]


def test_an_option_is_the_same_by_its_id_wherever_it_stands():
    options = [{"id": "pessoa", "title": "Alguém"}, {"id": "comprar", "title": "Comprar"}]
    (node,) = _diff({"set": "/nodes/2/params/options", "to": options}).changed
    assert [(field.title["en"], field.before, field.after) for field in node.fields] == [
        ("Options › Alguém › Title", "Falar com uma pessoa", "Alguém"),
        ("Options › order", ["comprar", "pessoa"], ["pessoa", "comprar"]),
    ]


def test_a_move_is_no_change():
    found = _diff({"set": "/nodes/1/position", "to": {"x": 9, "y": 9}})
    assert found.behaves_alike
    assert (found.moved, found.changed) == (("ola",), ())
    assert lines_of(found, "pt-BR") == ["↔ mudaram de lugar: Boas-vindas"]


def test_a_node_that_only_has_another_id_is_renamed_and_its_wires_are_no_news():
    found = _diff(
        {"set": "/nodes/5/id", "to": "guarda"},
        {"set": "/edges/6/target", "to": "guarda"},
        {"set": "/edges/7/source", "to": "guarda"},
    )
    assert [(node.was, node.id) for node in found.renamed] == [("anota", "guarda")]
    assert (found.added, found.removed, found.wires) == ((), (), ())
    assert lines_of(found, "en") == ["= Set variables: the id anota is now guarda"]


def test_wires_settings_and_variables_are_told():
    found = _diff(
        {"set": "/edges/3/target", "to": "fim"},
        {"remove": "/edges/8"},
        {"set": "/settings/no_reply/amount", "to": 2},
        {"set": "/variables/0/default", "to": "loja"},
        {"set": "/name", "to": "Compras"},
    )
    assert [(wire.source, wire.port, wire.before, wire.after) for wire in found.wires] == [
        ("menu", "pessoa", "equipe", "fim"),
        ("espera", "next", "fim", None),
    ]
    assert [(each.pointer, each.title["pt-BR"]) for each in found.settings] == [
        ("/settings/no_reply", "Limite de silêncio")
    ]
    assert [each.pointer for each in found.variables] == ["/variables/origem"]
    assert [each.pointer for each in found.flow] == ["/name"]


def test_what_is_added_and_removed():
    node = {"id": "novo", "type": "message", "label": "Novo", "params": {"parts": [{"kind": "text", "text": "?"}]}}
    found = _diff({"add": "/nodes/-", "value": node}, {"remove": "/nodes/8"})
    assert ([each.id for each in found.added], [each.id for each in found.removed]) == (["novo"], ["fim"])
    assert lines_of(found, "pt-BR") == ["- Fim (end)", "+ Novo (message)"]
