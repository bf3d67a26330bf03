"""What a document names of its account is found wherever it stands, in drafts that are wrong as well."""

import pytest

from flowengine.core.references import references_of
from flowengine.nodes import FLOW_SCHEMA
from tests.core.documents import SOUND, changed

BRANCH = "/nodes/4/params/branches/0/when"


def found(document):
    return {(each.kind, each.slug, each.node, each.pointer) for each in references_of(document, FLOW_SCHEMA)}


def test_marked_fields_of_settings_and_nodes_are_references():
    assert found(SOUND) == {
        ("team", "vendas", None, "/settings/default_team"),
        ("team", "vendas", "equipe", "/nodes/7/params/team"),
    }


def test_an_operand_that_holds_a_slug_is_a_reference():
    nested = {"all": [{"not": {"left": "hours.team:suporte", "op": "is_true"}}]}
    document = changed([{"set": BRANCH, "to": nested}])
    assert ("team", "suporte", "muitos", BRANCH) in found(document)


def test_templates_name_fields_and_constants():
    text = "{{ contact.fields.cidade | default(account.vars['loja']) }} {{ contact.name }}"
    document = changed([{"set": "/nodes/1/params/parts/0/text", "to": text}])
    assert {(kind, slug) for kind, slug, node, _ in found(document) if node == "ola"} == {
        ("field", "cidade"),
        ("constant", "loja"),
    }


def test_a_slug_that_is_made_when_the_flow_runs_names_nothing():
    assert ("team", "{{ vars.x }}", "equipe", "/nodes/7/params/team") not in found(
        changed([{"set": "/nodes/7/params/team", "to": "{{ vars.x }}"}])
    )


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        {},
        {"settings": 7, "nodes": {"a": 1}},
        {"nodes": [None, {"type": "transfer"}, {"type": "nothing", "params": {}}, {"type": "transfer", "params": []}]},
        {"nodes": [{"id": "a", "type": "transfer", "params": {"team": 7}}]},
        {"nodes": [{"type": "condition", "params": {"branches": [{"when": {"all": 3, "left": 4, "not": []}}]}}]},
        {"nodes": [{"type": "message", "params": {"parts": [{"kind": "text", "text": "{{ contact.fields."}]}}]},
    ],
)
def test_a_document_that_is_no_flow_names_what_can_be_read(wrong):
    assert found(wrong) == set()
