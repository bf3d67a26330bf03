"""The cases of tests/channels/*.json: what each channel makes of a payload, by its module and by its public schema."""

import json
from pathlib import Path

import jsonschema
import pytest
from msgspec import to_builtins

from flowengine.channels import http, webchat
from flowengine.core.errors import Invalid

HERE = Path(__file__).parent
SCHEMAS = HERE.parents[1] / "schemas" / "channels"
READ = {
    "http": lambda body: list(http.read(body).messages),
    "webchat": lambda body: [webchat.read(body, visitor="v-1")],
}


def _cases(wanted):
    return [
        pytest.param(channel, case, id=f"{channel}: {case['name']}")
        for channel in sorted(READ)
        for case in json.loads((HERE / f"{channel}.json").read_text(encoding="utf-8"))
        if wanted(case)
    ]


def _bytes(case):
    return case["raw"].encode() if "raw" in case else json.dumps(case["body"]).encode()


def _plain(arrived):
    values = {key: value for key, value in to_builtins(arrived).items() if value}
    return {**values, "at": arrived.at.isoformat()} if "at" in values else values


def _validator(channel):
    return jsonschema.Draft202012Validator(json.loads((SCHEMAS / f"{channel}.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize(("channel", "case"), _cases(lambda case: "arrived" in case))
def test_a_sound_payload_is_read(channel, case):
    arrived = [_plain(one) for one in READ[channel](_bytes(case))]

    assert json.loads(json.dumps(arrived)) == case["arrived"]
    assert _validator(channel).is_valid(case["body"])


@pytest.mark.parametrize(("channel", "case"), _cases(lambda case: "pointer" in case))
def test_a_faulty_payload_is_refused_at_the_fault(channel, case):
    with pytest.raises(Invalid) as refused:
        READ[channel](_bytes(case))

    assert refused.value.detail["errors"][0]["pointer"] == case["pointer"]
    assert refused.value.detail["errors"][0]["code"] == case["code"]


@pytest.mark.parametrize(("channel", "case"), _cases(lambda case: "pointer" in case and "body" in case))
def test_the_public_schema_agrees_about_faults(channel, case):
    refused = not _validator(channel).is_valid(case["body"])

    assert refused is (case.get("schema", "refuses") == "refuses")


def test_five_hundred_messages_are_taken_and_one_more_is_not():
    messages = [{"id": str(n), "from": "c", "text": "x"} for n in range(501)]

    assert len(http.read(json.dumps(messages[:500]).encode()).messages) == 500
    with pytest.raises(Invalid) as refused:
        http.read(json.dumps(messages).encode())
    assert refused.value.detail["errors"][0] == {
        "pointer": "",
        "code": "length",
        "detail": "Expected `array` of length <= 500",
    }
