"""What the checker says of a draft, knowing the account it is to live in."""

import pytest

from builder_ui.api.findings import KeptDocuments, account_of, findings_of
from tests.core.accounts import flow
from tests.web.conftest import document

WEEK = {"mon": [["08:00", "12:00"]]}
TEAM = {"settings": {"default_team": "geral"}}


def _draft(nodes, *wires, **more):
    return flow({"key": "bot", "name": "Bot", **TEAM, **more, "nodes": nodes, "wires": list(wires)})


def _found(house, draft):
    with house.unit() as unit:
        return {(found["code"], found["node"]) for found in findings_of(unit, draft)}


@pytest.fixture
def beginning():
    return {"t": ("trigger", {"event": "message.received"})}


def test_a_sound_draft_has_no_findings(house):
    with house.unit() as unit:
        assert findings_of(unit, flow({})) == []


def test_a_draft_that_names_what_the_account_lacks_is_told(house, beginning):
    tags = {**beginning, "marca": ("tags", {"add": ["vip"]})}
    assert _found(house, _draft(tags, "t.next > marca")) == {("F160", "marca")}


def test_a_draft_that_names_what_the_account_has_is_not(house, beginning):
    with house.unit() as unit:
        unit.tags.add("vip", name="VIP", color="teal")
    tags = {**beginning, "marca": ("tags", {"add": ["vip"]})}
    assert _found(house, _draft(tags, "t.next > marca")) == set()


def test_a_draft_that_needs_what_is_not_carried_out_yet_is_told_in_words(house, beginning):
    mail = {**beginning, "avisa": ("email", {"subject": "Oi", "body": "Oi"})}
    with house.unit() as unit:
        (found,) = findings_of(unit, _draft(mail, "t.next > avisa"))
    assert (found["code"], found["severity"]) == ("F190", "error")
    assert "esta instalação ainda não executa a etapa “E-mail”" in found["message"]["pt-BR"]


def test_a_draft_that_hands_off_to_a_team_of_nobody_is_told(house, beginning):
    with house.unit() as unit:
        unit.teams.add("suporte", "Suporte")
    assert _found(house, _draft({**beginning, "passa": ("transfer", {"team": "suporte"})}, "t.next > passa")) == {
        ("F150", "passa")
    }


def test_hours_of_a_team_count(house, beginning):
    with house.unit() as unit:
        hours = unit.hours.add("vendas", "Vendas", timezone="America/Sao_Paulo", week=WEEK)
        unit.teams.change(unit.teams.by_slug("vendas").id, hours_id=hours.id)
    passing = _draft({**beginning, "passa": ("transfer", {"team": "vendas"})}, "t.next > passa")
    with house.unit() as unit:
        (found,) = findings_of(unit, passing)
    assert (found["code"], found["severity"]) == ("F150", "warning")


def test_other_live_flows_are_looked_into(house, beginning):
    calling = _draft({**beginning, "vai": ("start_flow", {"flow": "bot"})}, "t.next > vai", key="outro", name="Outro")
    back = _draft({**beginning, "vai": ("start_flow", {"flow": "outro"})}, "t.next > vai")
    with house.unit() as unit:
        stored = unit.flows.add(key="outro", name="Outro", kind="chatbot", document=calling, hash="h", by=None)
        unit.flows.publish(stored.id, revision=1, document=calling, hash="h", note="", by=None)
    assert _found(house, back) == {("F111", "vai")}


def test_a_chatbot_speaks_where_it_is_bound(house):
    with house.unit() as unit:
        speaking = {channel.key for channel in account_of(unit, document()).channels if channel.bound}
        silent = {channel.key for channel in account_of(unit, document(key="novo")).channels if channel.bound}
    assert (speaking, silent) == ({house.http.key, house.webchat.key}, set())


def test_documents_of_live_versions_are_read_once(house):
    kept = KeptDocuments(most=1)
    with house.unit() as unit:
        versions = unit.documents.live(5).values()
        first, second = kept.of(unit, versions), kept.of(unit, versions)
    assert [document["key"] for document in first.values()] == ["bot"]
    assert all(first[version] is second[version] for version in versions)


@pytest.mark.parametrize("nonsense", [{}, {"key": 7, "kind": []}, {"key": "a\0b", "kind": "chatbot", "nodes": [{}]}])
def test_a_draft_that_is_no_flow_at_all_is_judged_in_any_account(house, nonsense):
    with house.unit() as unit:
        assert findings_of(unit, nonsense)[0]["severity"] == "error"
