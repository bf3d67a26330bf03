"""Which facts a trigger is for."""

import pytest

from flowengine.core.facts import is_named

CASES = [
    ("contact.tag_added", {"tag": "vip"}, {"tag": "vip"}, True),
    ("contact.tag_added", {"tag": "vip"}, {"tag": "novo"}, False),
    ("contact.tag_added", {}, {"tag": "novo"}, True),
    ("contact.field_changed", {"field": "city"}, {"field": "fields.city", "to": "Recife"}, True),
    ("contact.field_changed", {"field": "city"}, {"field": "fields.plan"}, False),
    ("contact.field_changed", {"field": "city", "to_value": "recife"}, {"field": "fields.city", "to": "Recife"}, True),
    ("contact.field_changed", {"field": "city", "to_value": "Natal"}, {"field": "fields.city", "to": "Recife"}, False),
    ("contact.field_changed", {"changed": "email"}, {"field": "email"}, True),
    ("contact.field_changed", {"changed": "email"}, {"field": "fields.email"}, False),
    ("contact.field_changed", {}, {"field": "email"}, False),
    ("deal.field_changed", {"deal_field": "seats"}, {"field": "fields.seats"}, True),
    ("contact.score_reached", {"score": 100}, {"from": 90, "score": 100}, True),
    ("contact.score_reached", {"score": 100}, {"from": 100, "score": 120}, False),
    ("contact.score_reached", {"score": 100}, {"from": None, "score": 99}, False),
    ("deal.stage_changed", {"pipeline": "vendas", "to_stage": "ganho"}, {"pipeline": "vendas", "to": "ganho"}, True),
    ("deal.stage_changed", {"pipeline": "vendas", "to_stage": "ganho"}, {"pipeline": "pos", "to": "ganho"}, False),
    ("webchat.opened", {"page": "/precos"}, {"page": "https://loja.example/Precos?utm=1"}, True),
    ("webchat.opened", {"page": "/precos"}, {"page": "https://loja.example/"}, False),
    ("webchat.opened", {"page": "", "visitor": "any"}, {}, True),
    ("webchat.opened", {"visitor": "new"}, {"page": "/", "returning": False}, True),
    ("webchat.opened", {"visitor": "new"}, {"page": "/", "returning": True}, False),
    ("webchat.opened", {"visitor": "returning"}, {"page": "/", "returning": True}, True),
    ("webchat.opened", {"query": "utm=site"}, {"page": "/?a=1&utm=site#topo"}, True),
    ("webchat.opened", {"query": "utm"}, {"page": "/?utm=site"}, True),
    ("webchat.opened", {"query": "utm=site"}, {"page": "/?utm=sites"}, False),
    ("link.clicked", {"link": "/proposta"}, {"link": "https://loja.example/proposta/7"}, True),
    ("link.clicked", {"link": "/proposta"}, {"link": "https://loja.example/"}, False),
    ("contact.date", {"field": "aniversario"}, {"field": "aniversario"}, True),
    ("contact.date", {"field": "aniversario"}, {"field": "vencimento"}, False),
]


@pytest.mark.parametrize(("event", "params", "data", "named"), CASES)
def test_a_trigger_is_for_what_its_params_name(event, params, data, named):
    assert is_named({"event": event, **params}, event, data) is named


def test_a_trigger_is_for_no_other_event():
    assert not is_named({"event": "contact.tag_added"}, "contact.tag_removed", {"tag": "vip"})
