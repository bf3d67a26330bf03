"""The cases of tests/nodes/*.json: what each node type does on entering, and with what it waited for."""

import json
from dataclasses import MISSING, fields
from pathlib import Path

import msgspec
import pytest

from flowengine.core.effects import HandOff, SendMessage, TakeBack, UpdateContact
from flowengine.core.errors import FlowError
from flowengine.core.events import event_from
from flowengine.core.steps import Call, Context, End, Go, Jump, NotLoaded, Pause, Stay, World
from flowengine.nodes import DEFINITIONS, FLOW_SCHEMA, NODE_TYPES, SCHEMAS

HERE = Path(__file__).parent
MODULES = Path(__file__).parents[2] / "flowengine" / "nodes"
MONDAY_10 = "2026-01-05T13:00:00+00:00"  # 10:00 in São Paulo
# Params that their module reads into another shape: several of the schema's make one value.
_ASKING = {"asking": {"wait", "retries", "grouping", "reminders", "early_answers"}}
_CONSULTING = {"consulting": {"history", "max_tokens", "temperature", "time_limit", "retries"}}
FOLDED = {
    "ai_classify": {**_CONSULTING, "wanted": set(), "described": set()},
    "ai_extract": {**_CONSULTING, "wanted": set()},
    "ai_reply": _CONSULTING,
    "question": _ASKING,
    "menu": _ASKING,
    "wait_for_message": {"asking": {"wait", "grouping", "early_answers", "unlimited"}},
}

# What a case may say of the world, beside the facts that are looked up.
SURROUNDINGS = ("contact", "deal", "conversation", "account", "channel", "agent")


def _cases(which):
    """Those that say `which`: "expect" (what the node does) or "wrong" (params that are refused, and why)."""
    return [
        pytest.param(name, case, id=f"{name}: {case['name']}")
        for name in sorted(NODE_TYPES)
        for case in json.loads((HERE / f"{name}.json").read_text(encoding="utf-8"))
        if which in case
    ]


def _context(case, event):
    given = case.get("context", {})
    facts = {tuple(key.split(" ", 1)): answer for key, answer in given.get("facts", {}).items()}
    names = {"contact": {"name": "Renata Vasques"}, "deal": {}, "conversation": {}, "vars": {}, "answers": {}}
    names |= {"agent": {}, "account": {}, "event": {"text": ""}, "now": event.at}
    return Context(
        node="here",
        now=event.at,
        language=given.get("language", "pt-BR"),
        timezone=given.get("timezone", "America/Sao_Paulo"),
        names={**names, **given.get("names", {})},
        settings={"default_team": "atendimento", **given.get("settings", {})},
        wired=frozenset(given.get("wired", ())),
        kept=given.get("kept", {}),
        asked_in=1,
        run="run-1",
        world=World(facts=facts, **{name: given[name] for name in SURROUNDINGS if name in given}),
        event=event,
        said_meanwhile=tuple(given.get("said_meanwhile", ())),
        times=given.get("times", {}),
    )


def _event(case):
    given = case.get("event", {"kind": "started"})
    return event_from({"id": "event-1", "at": case.get("at", MONDAY_10), "run": "run-1", "turn": 1, **given})


def _effect(effect):
    """What it orders, without what goes without saying: a short form for the commonest, else {kind: the rest}."""
    match effect:
        case SendMessage(text, options, files):
            said = {"send": text, "options": [option.id for option in options], "files": [file.url for file in files]}
            said |= _unusual(effect, besides=("text", "options", "attachments"))
        case HandOff(team):
            said = {"hand_off": team, **_unusual(effect, besides=("team",))}
        case UpdateContact(field, value, "set"):
            said = {"update": field, "value": value}
        case TakeBack(why):
            said = {"take_back": why}
        case _:
            return {effect.kind: _unusual(effect)}
    return {name: value for name, value in said.items() if value}


def _unusual(effect, besides=()):
    """The fields that are not at their defaults, as they survive JSON."""
    usual = {
        f.name: f.default_factory() if f.default is msgspec.NODEFAULT else f.default
        for f in msgspec.structs.fields(effect)
    }
    own = {name: getattr(effect, name) for name in usual if name not in besides}
    return json.loads(msgspec.json.encode({name: value for name, value in own.items() if value != usual[name]}))


def _step(step):
    match step:
        case Go(port, effects, sets, answer):
            said = {"go": port, "effects": effects, "sets": dict(sets), "answer": answer}
        case Pause(until, effects, timers, keep):
            said = {"pause": list(until), "effects": effects, "keep": dict(keep)}
            said |= {"timers": {timer.name: timer.due.isoformat() for timer in timers}}
        case End(outcome, effects):
            said = {"end": outcome, "effects": effects}
        case Call(flow, inputs):
            said = {"call": flow, "inputs": dict(inputs)}
        case Jump(node):
            said = {"jump": node}
        case Stay():
            said = {"stay": True}
    said = {name: value for name, value in said.items() if value not in ((), {}, None)}
    return said | ({"effects": [_effect(effect) for effect in said["effects"]]} if "effects" in said else {})


def _take(name, case):
    kind, event = NODE_TYPES[name], _event(case)
    try:
        params = kind.read(case["params"])
        context = _context(case, event)
        step = kind.resume(params, context, event) if "event" in case else kind.enter(params, context)
    except FlowError as mistake:
        return {"fails": mistake.code}
    except NotLoaded as missing:
        return {"needs": " ".join(missing.query)}
    return _step(step)


def _wrong(name, params):
    document = {
        "format": "flowengine/flow",
        "format_version": 1,
        "kind": NODE_TYPES[name].schema.get("x-kinds", ["chatbot"])[0],
        "key": "case",
        "name": "Case",
        "settings": {"default_team": "atendimento"},
        "nodes": [{"id": "here", "type": name, "params": params}],
        "edges": [],
    }
    errors = FLOW_SCHEMA.errors(document)
    return [f"{error.pointer}: {error.keyword}".removeprefix("/nodes/0/params") for error in errors]


@pytest.mark.parametrize(("name", "case"), _cases("expect"))
def test_a_node_does_what_its_cases_say(name, case):
    assert _take(name, case) == case["expect"]


@pytest.mark.parametrize(("name", "case"), _cases("expect"))
def test_the_params_of_a_case_fit_the_schema(name, case):
    assert _wrong(name, case["params"]) == []


@pytest.mark.parametrize(("name", "case"), _cases("wrong"))
def test_params_that_do_not_fit_are_refused(name, case):
    assert _wrong(name, case["params"]) == case["wrong"]


@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_the_examples_of_a_schema_fit_it_and_are_read(name):
    for example in NODE_TYPES[name].schema["examples"]:
        assert _wrong(name, example) == []
        NODE_TYPES[name].read(example)


@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_params_and_schema_agree_in_names_and_defaults(name):
    schema = NODE_TYPES[name].schema
    params = type(NODE_TYPES[name].read(schema["examples"][0]))
    folded = FOLDED.get(name, {})
    own = {field.name for field in fields(params)} - set(folded)
    assert own | set().union(*folded.values()) == set(schema["properties"])
    plain = {f.name: f.default for f in fields(params) if isinstance(f.default, str | int | bool)}
    assert {n: schema["properties"][n]["default"] for n in plain} == plain
    needed = {f.name for f in fields(params) if f.default is MISSING and f.default_factory is MISSING}
    required = needed - set(folded)
    assert required == set(schema.get("required", ()))


def test_every_module_has_its_schema_and_every_schema_its_module_and_cases():
    modules = {path.stem for path in MODULES.glob("*.py")} - {"__init__"}
    assert modules == set(NODE_TYPES) == {path.stem for path in HERE.glob("*.json")}


@pytest.mark.parametrize("name", sorted(NODE_TYPES))
def test_every_text_of_a_schema_is_there_in_both_languages(name):
    assert list(_without_portuguese(NODE_TYPES[name].schema, "")) == []


def test_every_text_of_the_flow_schema_is_there_in_both_languages():
    schema = json.loads((SCHEMAS / "flow.schema.json").read_text(encoding="utf-8"))
    described = {**schema, "title": "/", "description": "/"}  # those two are for developers
    assert list(_without_portuguese(described, "")) == []
    assert list(_without_portuguese(DEFINITIONS["$defs"], "")) == []


def _without_portuguese(part, pointer):
    if isinstance(part, dict):
        translated = part.get("x-i18n", {}).get("pt-BR", {})
        wanted = [key for key in ("title", "description") if isinstance(part.get(key), str) and part[key][0] != "/"]
        wanted += ["enum"] if "x-enum" in part else []
        yield from (f"{pointer}/{key}" for key in wanted if key not in translated)
        for key, below in part.items():
            if key not in ("x-i18n", "x-enum", "examples", "default"):
                yield from _without_portuguese(below, f"{pointer}/{key}")
    elif isinstance(part, list):
        for place, below in enumerate(part):
            yield from _without_portuguese(below, f"{pointer}/{place}")
