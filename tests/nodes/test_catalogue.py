"""The catalogue of events, the marks of node types, and the cases of their ports agree."""

import json
from pathlib import Path

import pytest

from flowengine.core.effects import EFFECT_TYPES
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES

HERE = Path(__file__).parent
EVENTS = {event["id"]: event for event in DEFINITIONS["x-events"]}
TRIGGER = NODE_TYPES["trigger"].schema["properties"]
AWAITED = NODE_TYPES["wait_until"].schema["properties"]["event"]
DOES = {"sends", "sends_template", "asks", "hands_off", "calls_flow", "starts_flow", "jumps"}


def _shown_for(about):
    events = about.get("x-show-if", {}).get("event", [])
    return {events} if isinstance(events, str) else set(events)


def _cases(name):
    return [case for case in json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")) if "expect" in case]


def _titles(events, language):
    translated = {id: event.get("x-i18n", {}).get(language, {}).get("title") for id, event in events.items()}
    return {id: translated[id] or event["title"] for id, event in events.items()}


def test_a_trigger_knows_every_event_and_calls_it_what_the_catalogue_does():
    about = TRIGGER["event"]
    assert about["enum"] == list(EVENTS)
    assert about["x-enum"] == _titles(EVENTS, "en")
    assert about["x-i18n"]["pt-BR"]["enum"] == _titles(EVENTS, "pt-BR")


def test_a_wait_knows_every_event_that_can_be_awaited():
    awaited = {id: event for id, event in EVENTS.items() if event["awaited"]}
    assert AWAITED["enum"] == list(awaited)
    assert AWAITED["x-enum"] == _titles(awaited, "en")
    assert AWAITED["x-i18n"]["pt-BR"]["enum"] == _titles(awaited, "pt-BR")


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_the_form_of_a_trigger_shows_the_params_that_its_event_has(event):
    shown = {name for name, about in TRIGGER.items() if event in _shown_for(about)}
    assert shown == set(EVENTS[event]["params"])


@pytest.mark.parametrize("event", sorted(EVENTS))
def test_an_event_starts_some_kind_of_flow_and_says_what_comes_with_it_in_both_languages(event):
    kinds = set(FLOW_SCHEMA.document["properties"]["kind"]["enum"])
    assert EVENTS[event]["kinds"]
    assert set(EVENTS[event]["kinds"]) <= kinds
    assert all(part["title"] and part["x-i18n"]["pt-BR"]["title"] for part in EVENTS[event]["data"])


@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_the_marks_of_a_node_type_name_what_there_is(name):
    kind = NODE_TYPES[name]
    ports = {port["id"] for port in _declared(kind)}
    assert set(kind.schema.get("x-does", ())) <= DOES
    assert set(kind.schema.get("x-effects", ())) <= set(EFFECT_TYPES)
    answers = kind.schema.get("x-answers", [])
    assert answers == "*" or isinstance(answers, dict) or set(answers) <= ports


@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_cases_leave_by_every_port(name):
    left_by = {case["expect"].get("go") for case in _cases(name)}
    # A message that fails comes back to its node from the interpreter, which knows the port by its name.
    late = {"failed"} if not NODE_TYPES[name].waits else set()
    assert {port["id"] for port in _declared(NODE_TYPES[name])} - late <= left_by


@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_cases_ask_for_every_effect_a_node_type_says_it_may_ask_for(name):
    kinds = set()
    for case in _cases(name):
        for effect in case["expect"].get("effects", ()):
            kinds |= {_SHORT.get(key, key) for key in effect}
    assert set(NODE_TYPES[name].schema.get("x-effects", ())) <= kinds


_SHORT = {"send": "send_message", "options": "send_message", "location": "send_message", "update": "update_contact"}
_SHORT |= {"files": "send_message", "contact_card": "send_message", "hand_off": "hand_off", "take_back": "take_back"}


@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_spans_name_ports_and_take_no_longer_than_they_may(name):
    kind = NODE_TYPES[name]
    for example in kind.schema["examples"] if kind.spans else ():
        ports = {port.id for port in kind.ports(example)} | {"*"}
        spans = kind.spans(example, {"default_team": "atendimento"})
        assert set(spans) <= ports
        assert all(span.most is None or span.least <= span.most for span in spans.values())


def _declared(kind):
    declared = kind.schema["x-ports"]
    return declared.get("and", []) if isinstance(declared, dict) else declared
