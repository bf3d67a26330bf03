"""A draft tried on a real channel: by its code, apart from what is live, and only for a while."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from flowengine import turns
from flowengine.core.events import MessageReceived
from flowengine.store.unit import Unit
from flowengine.turns.draft_tests import concerns

HELLO = "Teste do rascunho de “Bot”. Para sair, escreva #fim."


@pytest.fixture
def ana(house):
    return house.browser("ana")


@pytest.fixture
def flow(ana, house):
    """The live flow greets; its draft greets otherwise, and waits a day for an answer."""
    flow = ana.get(f"/flows/{house.flow}").json
    return save(ana, flow, "Rascunho um")


def save(ana, flow, words):
    flow["document"]["nodes"][1]["params"]["parts"][0]["text"] = words
    saved = ana.put(f"/flows/{flow['id']}/draft", {"document": flow["document"], "revision": flow["revision"]})
    assert saved.status_code == 200, saved.text
    return {**flow, "revision": saved.json["revision"]}


@pytest.fixture
def code(ana, flow):
    begun = ana.post(f"/flows/{flow['id']}/test")
    assert begun.status_code == 201, begun.text
    return begun.json["code"]


def says(house, words, sender="renata"):
    """What the bot answers to these words on the HTTP channel."""
    before = len(heard(house, sender))
    house.send({"id": uuid4().hex, "from": sender, "name": "Renata", "text": words})
    house.work()
    return heard(house, sender)[before:]


def heard(house, sender):
    messages = house.fetch("?limit=100").json["messages"]
    return [each.get("text", "") for each in messages if each["to"] == sender]


def test_whoever_writes_the_code_talks_to_the_draft_and_others_to_what_is_live(house, code):
    first, second, menu = says(house, f" {code.upper()} ")
    assert (first, second) == (HELLO, "Rascunho um")
    assert menu.startswith("Como podemos ajudar?")
    assert says(house, "oi", sender="outro")[0] == "Olá, Renata!"
    assert says(house, "2") == ["Até mais."]


def test_each_test_is_of_the_draft_as_it_is_then(house, ana, flow, code):
    assert says(house, code)[1] == "Rascunho um"
    save(ana, flow, "Rascunho dois")
    assert says(house, code)[1] == "Rascunho dois"


def test_nothing_of_a_test_is_counted_or_listed(house, ana, flow, code, owner_engine):
    says(house, code)
    says(house, "2")
    (row,) = ana.get("/flows").json["flows"]
    assert row["runs_7d"] == 0
    assert ana.get(f"/flows/{flow['id']}/versions").json["versions"][0]["number"] == 1
    with house.unit() as unit:
        assert unit.flow_list.archived_rows() == []
        assert unit.flow_list.archived() == 0
        shadow = unit.flow_tests.get(UUID(flow["id"])).shadow_id
    with owner_engine.connect() as connection:
        runs = connection.execute(text("select flow_id, status, entry_key from run")).all()
    assert [(run.flow_id, run.status, run.entry_key.split(":")[0]) for run in runs] == [(shadow, "completed", "test")]


def test_the_timeline_says_that_it_is_a_test(house, ana, code):
    says(house, code)
    with house.unit() as unit:
        identity = unit.contacts.identity(house.http.id, "renata")
        talk = unit.conversations.latest(identity.contact_id, house.http.id)
    items = ana.get(f"/conversations/{talk.id}/timeline").json["items"]
    assert "Bot (teste)" in str(items)


def test_a_word_ends_it_and_the_next_one_is_for_what_is_live(house, code):
    says(house, code)
    assert says(house, "#Fim") == ["Teste encerrado."]
    assert says(house, "oi")[0] == "Olá, Renata!"


def test_a_running_flow_gives_way_to_the_test(house, code):
    says(house, "oi")
    assert says(house, code)[:2] == [HELLO, "Rascunho um"]
    assert says(house, "2") == ["Até mais."]


def test_who_was_handed_over_by_a_test_may_begin_another(house, code):
    says(house, code)
    says(house, "1")
    assert says(house, code)[0] == HELLO


def test_when_its_time_is_over_the_live_flow_answers(house, flow, code):
    says(house, code)
    with house.unit() as unit:
        test = unit.flow_tests.get(UUID(flow["id"]))
        unit.flow_tests.put(test.flow_id, code=test.code, ends_at=unit.now - timedelta(seconds=1), by=None)
    assert says(house, "2")[0] == "Olá, Renata!"
    assert says(house, code, sender="depois")[0] == "Olá, Renata!"


def test_its_author_ends_it(house, ana, flow, code):
    says(house, code)
    assert ana.delete(f"/flows/{flow['id']}/test").status_code == 204
    assert ana.get(f"/flows/{flow['id']}/test").json["code"] is None
    assert says(house, "2")[0] == "Olá, Renata!"


def test_a_timer_of_a_test_that_is_over_says_nothing(house, ana, flow, code, owner_engine):
    says(house, code)
    before = heard(house, "renata")
    ana.delete(f"/flows/{flow['id']}/test")
    with Unit.open(house.engine, house.account) as unit:
        later = unit.now + timedelta(days=9)
    while turns.take_waiting(house.engine, house.account, house.programs, now=later):
        pass
    assert heard(house, "renata") == before
    with owner_engine.connect() as connection:
        assert connection.execute(text("select status, reason from run")).all() == [("ended", "test_over")]


def test_a_code_is_prolonged_not_replaced_while_it_is_good(ana, flow, code):
    again = ana.post(f"/flows/{flow['id']}/test").json
    assert again["code"] == code
    assert {each["kind"]: each["page"] is not None for each in again["channels"]} == {"http": False, "webchat": True}


def test_only_authors_make_codes_and_only_of_a_flow(house, ana, flow):
    for who in ("bia", "eva"):
        assert house.browser(who).post(f"/flows/{flow['id']}/test").status_code == 403
    flow["document"]["nodes"][1]["params"] = {}
    ana.put(f"/flows/{flow['id']}/draft", {"document": flow["document"], "revision": flow["revision"]})
    refused = ana.post(f"/flows/{flow['id']}/test")
    assert (refused.status_code, refused.json["code"]) == (422, "flow")


def test_a_code_of_another_account_is_a_word_like_any_other(house, other, code):
    assert says(other, code)[0] == "Olá, Renata!"


@pytest.mark.parametrize(
    ("words", "entry_key", "asked"),
    [("oi", None, False), ("oi", "x", False), ("nº #7", "x", False), (" #7", None, True), ("oi", "test:x", True)],
)
def test_ordinary_messages_are_known_by_their_looks(house, words, entry_key, asked):
    with house.unit() as unit:
        message = MessageReceived("m", unit.now, words)
        contact = unit.contacts.add()
        version = unit.flows.live_by_key("bot")
        about = {"flow_id": house.flow, "version_id": version, "contact_id": contact, "conversation_id": None}
        floor = unit.runs.start(**about, state={}, entry_key=entry_key) if entry_key else None
        assert concerns(message, floor) is asked
