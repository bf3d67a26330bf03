"""The stand-ins themselves: that they say what they are told to, and are gone afterwards."""

import httpx
import pytest

from flowengine.nodes import NODE_TYPES
from tests.standins.ai import PATH, fails, model, says
from tests.standins.served import Answer
from tests.standins.webhook import webhook

QUESTION = {"model": "m", "messages": [{"role": "user", "content": "Oi"}]}


def _as_wanted(schema):
    return {**QUESTION, "response_format": {"type": "json_schema", "json_schema": {"name": "a", "schema": schema}}}


def test_a_system_answers_in_order_and_remembers_what_was_asked():
    with webhook(Answer({"status": "sent"}), Answer("busy", 503, {"retry-after": "1"})) as system:
        first = httpx.post(f"{system.url}/orders/7?x=1", json={"a": 1}, headers={"X-Shop": "recife"})
        second, third = (httpx.get(f"{system.url}/orders/8") for _ in range(2))
    assert (first.status_code, first.json()) == (200, {"status": "sent"})
    assert (second.status_code, second.text, second.headers["retry-after"]) == (503, "busy", "1")
    assert third.status_code == 503
    asked = system.asked[0]
    assert (asked.method, asked.path, asked.query) == ("POST", "/orders/7", {"x": ["1"]})
    assert (asked.headers["x-shop"], asked.json) == ("recife", {"a": 1})


def test_a_system_may_be_slow_hang_up_or_be_gone():
    with webhook(Answer(after=5), Answer(hangs_up=True)) as system:
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(system.url, timeout=0.1)
        with pytest.raises(httpx.RemoteProtocolError):
            httpx.get(system.url)
    with pytest.raises(httpx.ConnectError):
        httpx.get(system.url)


def test_a_model_says_what_it_is_told_to():
    with model(says("Olá!"), says({"reply": "Olá!", "sure": True}), fails(429, retry_after=3)) as ai:
        answers = [httpx.post(ai.url + PATH, json=QUESTION) for _ in range(3)]
    said = [answer.json()["choices"][0]["message"]["content"] for answer in answers[:2]]
    assert said == ["Olá!", '{"reply": "Olá!", "sure": true}']
    assert (answers[2].status_code, answers[2].headers["retry-after"]) == (429, "3")


def test_a_model_without_a_script_fits_every_schema_our_nodes_ask_with():
    reads = [NODE_TYPES[name].read(NODE_TYPES[name].schema["examples"][0]) for name in ("ai_extract", "ai_classify")]
    with model() as ai:
        for params in reads:
            answer = httpx.post(ai.url + PATH, json=_as_wanted(params.wanted.document)).json()
            assert params.wanted.fits(answer["choices"][0]["message"]["content"])


def test_a_model_hands_its_answer_to_a_tool_where_one_is_called_for():
    tool = {"type": "function", "function": {"name": "keep", "parameters": {"type": "object", "properties": {}}}}
    with model() as ai:
        answer = httpx.post(ai.url + PATH, json={**QUESTION, "tools": [tool], "tool_choice": "required"}).json()
    assert answer["choices"][0]["message"]["tool_calls"][0]["function"] == {"name": "keep", "arguments": "{}"}


def test_a_model_refuses_what_is_no_question():
    with model() as ai:
        assert httpx.post(ai.url + PATH, json={"model": "m"}).status_code == 400
        assert httpx.get(ai.url + "/v1/models").status_code == 404
