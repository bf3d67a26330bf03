"""Stories through the API: kept beside a flow, told to its draft, heard before it is published; and rehearsals."""

import copy

import orjson
import pytest

from tests.web.conftest import document

HELLO = {"says": "oi", "bot": ["Olá, Renata Vasques!", "Como podemos ajudar?"], "options": ["pessoa", "nada"]}
BYE = {"presses": "nada", "bot": ["Até mais."], "outcome": "next"}


def told(*exchanges, flow="bot", **more):
    """A file of one story."""
    story = {"name": "Nada", "exchanges": list(exchanges), **more}
    return {"format": "flowengine/stories", "format_version": 1, "flow": flow, "stories": [story]}


@pytest.fixture
def ana(house):
    return house.browser("ana")


@pytest.fixture
def flow(ana):
    (row,) = ana.get("/flows").json["flows"]
    return ana.get(f"/flows/{row['id']}").json


@pytest.fixture
def kept(ana, flow):
    """The flow has a story that comes true."""
    answer = ana.put(f"/flows/{flow['id']}/stories", {"document": told(HELLO, BYE), "revision": 0})
    assert answer.status_code == 200, answer.text
    return answer.json


def save(ana, flow, text):
    after = copy.deepcopy(flow["document"])
    after["nodes"][-1]["params"]["parts"][0]["text"] = text
    return ana.put(f"/flows/{flow['id']}/draft", {"document": after, "revision": flow["revision"]}).json


def test_stories_are_kept_beside_a_flow(ana, flow, kept):
    assert (kept["revision"], kept["document"]) == (1, told(HELLO, BYE))
    assert ana.get(f"/flows/{flow['id']}/stories").json == kept


def test_a_flow_without_stories_has_none(ana, flow):
    none = {"document": None, "revision": 0, "updated_at": None}
    assert ana.get(f"/flows/{flow['id']}/stories").json == none
    assert ana.post(f"/flows/{flow['id']}/stories/run", {}).json["stories"] == []


@pytest.mark.parametrize("revision", [0, 2, 9])
def test_whoever_saves_over_other_stories_is_shown_them(ana, flow, kept, revision):
    late = ana.put(f"/flows/{flow['id']}/stories", {"document": told(HELLO), "revision": revision})
    assert (late.status_code, late.json["code"], late.json["revision"]) == (409, "conflict", 1)
    assert late.json["document"] == kept["document"]


@pytest.mark.parametrize(
    ("document", "code", "pointer"),
    [
        ({}, "stories", ""),
        (told({"says": "oi", "presses": "a"}), "stories", "/stories/0/exchanges/0/presses"),
        (told({"bot": ["oi"]}), "stories", "/stories/0/exchanges/0"),
        (told(HELLO, world={"at": "amanhã"}), "stories", "/stories/0/world/at"),
        (told(HELLO, world={"timezone": "Lua"}), "stories", "/stories/0/world/timezone"),
        (told(HELLO, world={"hours": {"account": {"week": 3}}}), "stories", "/stories/0/world/hours/account"),
    ],
)
def test_what_are_no_stories_is_refused_in_words(ana, flow, document, code, pointer):
    for answer in (
        ana.put(f"/flows/{flow['id']}/stories", {"document": document, "revision": 0}),
        ana.post(f"/flows/{flow['id']}/stories/run", {"stories": document}),
    ):
        assert (answer.status_code, answer.json["code"]) == (422, code)
        assert answer.json["findings"][0]["pointer"] == pointer
        assert all(answer.json["findings"][0]["message"].values())


def test_the_stories_of_another_flow_are_refused(ana, flow):
    answer = ana.put(f"/flows/{flow['id']}/stories", {"document": told(HELLO, flow="outro"), "revision": 0})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/document/flow")


def test_stories_are_told_to_the_draft_with_what_they_pass_of_it(ana, flow, kept):
    results = ana.post(f"/flows/{flow['id']}/stories/run", {}).json

    assert (results["stories"], results["findings"]) == ([{"name": "Nada", "failures": []}], [])
    assert (results["nodes"], results["ports"]) == ({"reached": 4, "of": 6}, {"reached": 3, "of": 6})
    assert results["unreached"] == {
        "nodes": ["people", "rate"],
        "ports": ["ask.pessoa", "people.finished", "rate.answered"],
    }


def test_a_story_that_does_not_come_true_says_why(ana, flow, kept):
    save(ana, flow, "Tchau!")

    results = ana.post(f"/flows/{flow['id']}/stories/run", {}).json
    (story,) = results["stories"]

    assert [each["code"] for each in results["findings"]] == ["F191"]
    (failure,) = story["failures"]
    assert (failure["code"], failure["exchange"]) == ("said", 2)
    assert failure["message"]["pt-BR"] == "Troca 2 (toca em “nada”): o bot não disse o que estava escrito"
    assert failure["diff"] == [{"is": "-", "text": "Até mais."}, {"is": "+", "text": "Tchau!"}]


def test_other_stories_can_be_told_to_another_document_and_nothing_is_kept(ana, flow, kept):
    other = copy.deepcopy(flow["document"])
    other["nodes"][-1]["params"]["parts"][0]["text"] = "Fim."
    stories = told(HELLO, {**BYE, "bot": ["Fim."]})

    results = ana.post(f"/flows/{flow['id']}/stories/run", {"document": other, "stories": stories}).json

    assert results["stories"][0]["failures"] == []
    assert ana.get(f"/flows/{flow['id']}/stories").json == kept
    assert ana.get(f"/flows/{flow['id']}").json["document"] == flow["document"]


def test_stories_of_what_is_no_flow_cannot_be_told(ana, flow, kept):
    answer = ana.post(f"/flows/{flow['id']}/stories/run", {"document": {"nodes": 3}})
    assert (answer.status_code, answer.json["code"]) == (422, "findings")


def test_publishing_tells_the_stories_and_warns_of_those_that_do_not_come_true(ana, flow, kept):
    draft = save(ana, flow, "Tchau!")

    refused = ana.post(f"/flows/{flow['id']}/versions", {"revision": draft["revision"]})
    (warning,) = [each for each in refused.json["findings"] if each["code"] == "F191"]
    accepted = ana.post(f"/flows/{flow['id']}/versions", {"revision": draft["revision"], "accept_warnings": True})

    assert (refused.status_code, refused.json["code"], warning["severity"]) == (422, "findings", "warning")
    assert warning["message"]["pt-BR"] == (
        "A história “Nada” não acontece como está escrita. "
        "Troca 2 (toca em “nada”): o bot não disse o que estava escrito."
    )
    assert accepted.status_code == 201


def test_publishing_says_nothing_of_stories_that_come_true(ana, flow, kept):
    answer = ana.post(f"/flows/{flow['id']}/versions", {"revision": flow["revision"]})
    codes = [each["code"] for each in answer.json.get("findings", ())]
    assert "F191" not in codes


def test_a_rehearsal_says_of_each_act_what_came(ana, flow):
    acts = [{"says": "oi"}, {"presses": "pessoa"}, {"finished": True}]

    answer = ana.post(f"/flows/{flow['id']}/rehearsal", {"acts": acts})

    assert answer.status_code == 200, answer.text
    hello, people, rate = answer.json["acts"]
    assert [message["text"] for message in hello["messages"]] == ["Olá, Renata Vasques!", "Como podemos ajudar?"]
    assert [option["id"] for option in hello["messages"][1]["options"]] == ["pessoa", "nada"]
    assert (hello["state"], hello["waits_at"], hello["status"], hello["outcome"]) == ("bot", "ask", "open", None)
    assert hello["next_timer"] > hello["now"]
    assert [(step["node"], step["port"]) for step in hello["trace"]] == [
        ("start", "next"), ("hello", "next"), ("ask", None)
    ]  # fmt: skip
    assert (people["state"], people["team"], people["effects"][0]["kind"]) == ("queued", "vendas", "hand_off")
    assert (rate["state"], rate["messages"][0]["text"]) == ("bot", "Que nota você dá?")
    assert answer.json["stopped"] is None


def test_what_was_rehearsed_is_a_story_that_comes_true(ana, flow):
    acts = [{"says": "oi"}, {"presses": "pessoa"}, {"waits": {"amount": 1, "unit": "hours"}}, {"finished": True}]
    came = ana.post(f"/flows/{flow['id']}/rehearsal", {"acts": acts, "world": {"contact": {"name": "Ivo"}}}).json

    story = told(*[each["exchange"] for each in came["acts"]], world=came["world"])
    results = ana.post(f"/flows/{flow['id']}/stories/run", {"stories": story}).json

    assert came["world"]["account"]["name"] and came["world"]["timezone"]
    assert results["stories"][0]["failures"] == []


def test_a_rehearsal_stops_where_an_answer_from_outside_is_not_known(ana, flow):
    calls = document()
    calls["nodes"][1] = {"id": "hello", "type": "http_request", "params": {"url": "https://loja.example/x"}}
    calls["edges"][1]["port"] = "success"
    acts = [{"says": "oi"}, {"presses": "nada"}]
    path = f"/flows/{flow['id']}/rehearsal"

    stopped = ana.post(path, {"document": calls, "acts": acts}).json
    goes_on = ana.post(path, {"document": calls, "acts": acts, "world": {"mocks": {"hello": {"body": {}}}}}).json

    assert (stopped["acts"], stopped["stopped"]["code"], stopped["stopped"]["node"]) == ([], "mock", "hello")
    assert (len(goes_on["acts"]), goes_on["stopped"]) == (2, None)


def test_what_came_before_an_answer_is_missing_is_shown(ana, flow):
    calls = document()
    asks = {"id": "asks", "type": "http_request", "params": {"url": "https://loja.example/x"}}
    calls["nodes"].append(asks)
    calls["edges"] = [edge for edge in calls["edges"] if edge["source"] != "hello"]
    calls["edges"].append({"source": "hello", "port": "next", "target": "asks"})

    came = ana.post(f"/flows/{flow['id']}/rehearsal", {"document": calls, "acts": [{"says": "oi"}]}).json

    halfway = came["halfway"]
    assert [message["text"] for message in halfway["messages"]] == ["Olá, Renata Vasques!"]
    assert [(step["node"], step["port"]) for step in halfway["trace"]] == [
        ("start", "next"), ("hello", "next"), ("asks", None)
    ]  # fmt: skip
    assert (halfway["waits_at"], halfway["effects"][0]["url"]) == ("asks", "https://loja.example/x")


@pytest.mark.parametrize(
    ("kind", "show_as", "text", "offered"),
    [
        ("webchat", "buttons", "Como podemos ajudar?", ["pessoa", "nada"]),
        ("whatsapp", "buttons", "Como podemos ajudar?", ["pessoa", "nada"]),
        ("whatsapp_unofficial", "text", "Como podemos ajudar?\n\n1. Falar com alguém\n2. Nada", []),
    ],
)
def test_messages_come_as_the_channel_shows_them(ana, flow, kind, show_as, text, offered):
    asked = {"acts": [{"says": "oi"}], "world": {"channel": {"kind": kind, "key": kind}}}
    (hello,) = ana.post(f"/flows/{flow['id']}/rehearsal", asked).json["acts"]
    last = hello["messages"][-1]
    assert (last["show_as"], last["text"]) == (show_as, text)
    assert [option["id"] for option in last["options"]] == offered
    assert hello["exchange"]["bot"][-1] == "Como podemos ajudar?"


def test_a_rehearsal_that_goes_round_and_round_is_stopped(ana, flow):
    spins = document()
    spins["nodes"][1] = {
        "id": "hello", "type": "delay", "params": {"how": "for", "wait": {"amount": 1, "unit": "seconds"}}
    }  # fmt: skip
    spins["edges"][1] = {"source": "hello", "port": "next", "target": "hello"}
    acts = [{"says": "oi"}, *[{"waits": {"amount": 300, "unit": "days"}}] * 199]

    came = ana.post(f"/flows/{flow['id']}/rehearsal", {"document": spins, "acts": acts}).json

    assert came["stopped"]["code"] in ("long", "late")
    assert len(came["acts"]) < 200


@pytest.mark.parametrize(
    "asked",
    [
        {},
        {"acts": []},
        {"acts": [{"says": "oi"}] * 201},
        {"acts": [{"says": ""}]},
        {"acts": [{"nonsense": 1}]},
        {"acts": [{"says": "oi"}], "world": {"contact": 3}},
        {"acts": [{"says": "oi"}], "world": {"at": "2026-01-05T10:00:00"}},
        {"acts": [{"says": "oi"}], "document": {}},
    ],
)
def test_what_cannot_be_rehearsed_is_refused_in_words(ana, flow, asked):
    answer = ana.post(f"/flows/{flow['id']}/rehearsal", asked)
    assert (answer.status_code, bool(answer.json["detail"])) == (422, True)


def test_what_is_nested_too_deeply_is_refused_in_words(ana, flow):
    inner = b"[" * 300 + b"]" * 300
    asked = orjson.dumps({"acts": [{"happens": "deal.won", "data": {"x": "@"}}], "world": {"deal": {"x": "@"}}})
    kept = orjson.dumps({"document": told(HELLO, world={"deal": {"x": "@"}}), "revision": 0})
    for body, method, path in ((asked, "post", "rehearsal"), (kept, "put", "stories")):
        answer = getattr(ana.client, method)(
            f"/api/v1/flows/{flow['id']}/{path}",
            data=body.replace(b'"@"', inner),
            headers={"X-CSRF-Token": ana.csrf, "Content-Type": "application/json"},
        )
        assert (answer.status_code, bool(answer.json["detail"])) == (422, True)


@pytest.mark.parametrize("at", ["9999-12-31T23:59:59-03:00", "0001-01-01T00:00:00+14:00"])
def test_stories_begin_within_the_calendar(ana, flow, at):
    acts = [{"says": "oi"}, {"waits": {"amount": 365, "unit": "days"}}]
    answer = ana.post(f"/flows/{flow['id']}/rehearsal", {"acts": acts, "world": {"at": at}})
    assert answer.json["findings"][0]["pointer"] == "/stories/0/world/at"


def test_flows_that_are_live_can_be_called_in_a_rehearsal(ana, house, flow):
    called = document(key="outro", name="Outro")
    called["nodes"][0]["params"] = {"event": "manual"}
    made = ana.post("/flows", {"name": "Outro", "document": called}).json
    assert ana.post(f"/flows/{made['id']}/versions", {"revision": 1, "accept_warnings": True}).status_code == 201
    calls = document()
    calls["nodes"][1] = {"id": "hello", "type": "call_flow", "params": {"flow": "outro"}}
    calls["edges"][1]["port"] = "finished"

    came = ana.post(f"/flows/{flow['id']}/rehearsal", {"document": calls, "acts": [{"says": "oi"}]}).json

    assert [message["text"] for message in came["acts"][0]["messages"]] == [
        "Olá, Renata Vasques!",
        "Como podemos ajudar?",
    ]
    assert {step.get("version") for step in came["acts"][0]["trace"]} == {None, "outro"}


def test_who_may_see_flows_may_tell_stories_and_who_edits_them_may_keep_them(house, flow, kept):
    eva = house.browser("eva")
    path = f"/flows/{flow['id']}/stories"
    assert eva.get(path).status_code == 200
    assert eva.post(f"{path}/run", {}).status_code == 200
    assert eva.post(f"/flows/{flow['id']}/rehearsal", {"acts": [{"says": "oi"}]}).status_code == 200
    assert eva.put(path, {"document": told(HELLO), "revision": 1}).status_code == 403


def test_no_account_sees_the_stories_of_another(ana, other, flow, kept):
    stranger = other.browser("ana")
    path = f"/flows/{flow['id']}"
    assert stranger.get(f"{path}/stories").status_code == 404
    assert stranger.put(f"{path}/stories", {"document": told(HELLO), "revision": 1}).status_code == 404
    assert stranger.post(f"{path}/stories/run", {}).status_code == 404
    assert stranger.post(f"{path}/rehearsal", {"acts": [{"says": "oi"}]}).status_code == 404
