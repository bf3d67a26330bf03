"""Whatever a story's document says: it is refused in words, or it is played; never a traceback."""

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flowengine.core.errors import InvalidFlow
from flowengine.core.program import compile_flow
from flowengine.core.stories.play import play_stories
from flowengine.core.stories.record import updated
from flowengine.core.stories.shape import prove_stories
from flowengine.nodes import NODE_TYPES, STORY_SCHEMA, read_flow
from tests.core.chance import bodies, documents
from tests.core.story_flows import stories_of

SOME = settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
HOURS = {"timezone": "America/Sao_Paulo", "week": {"mon": [["09:00", "18:00"]]}, "holidays": ["2026-12-25"]}
WORLD = {
    "at": "2026-01-05T10:00:00-03:00",
    "timezone": "America/Sao_Paulo",
    "contact": {"name": "Ana", "score": 3, "tags": ["vip"], "fields": {"cidade": "Recife"}, "consent": {"http": "in"}},
    "channel": {"kind": "webchat", "key": "webchat"},
    "variables": {"pedido": "1"},
    "deal": {"title": "Plano", "value": 10, "tags": ["a"], "fields": {"x": 1}},
    "account": {"name": "Casa", "language": "pt-BR", "vars": {"loja": "Sol"}},
    "hours": {"account": HOURS, "team:vendas": None},
    "teams": {"vendas": {"members": 2, "available": 1, "queued": 0, "texts": {"closed": "Fechado."}}, "geral": {}},
    "users": {"ana": {"name": "Ana", "presence": "online", "available": True, "teams": ["vendas"]}},
    "owner": "ana",
    "portfolio": {"owner": "ana", "teams": ["vendas"]},
    "last_agent": "ana",
    "segments": ["vips"],
    "templates": {"aviso": {"text": "Oi", "parameters": [{"name": "nome"}], "status": "approved"}},
    "snippets": {"oi": {"text": "Oi"}},
    "happened": [{"event": "link.clicked", "at": "2026-01-04T10:00:00-03:00", "data": {"link": "/x"}}],
    "mocks": {f"n{place}": [{"status": 200, "body": {"a": 1}}, {"reason": "timeout"}] for place in range(10)},
}
EXCHANGES = [
    {"says": "oi", "bot": ["…"], "options": ["a"]},
    {"presses": "vendas", "team": "geral", "note": "x", "priority": "high", "user": "ana"},
    {"waits": {"amount": 3, "unit": "days"}, "effects": [{"kind": "notify"}], "outcome": "next"},
    {"happens": "link.clicked", "data": {"link": "/x"}, "ports": ["n0.next"], "fails": "flow_error"},
    {"finished": True, "variables": {"pedido": "1"}},
    {"refused": "x", "node": "n0"},
]


def spoilt(data, document):
    """The document with anything at all in one of its places."""
    place, depth = document, data.draw(st.integers(1, 6))
    for step in range(depth):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or not place[key] or step == depth - 1:
            place[key] = data.draw(bodies() | st.sampled_from(["", "x" * 5000, -1, 10**30, "2026-13-45", "Lua/Mar"]))
            return document
        place = place[key]
    return document


@SOME
@given(documents(), st.data())
def test_a_document_of_stories_with_anything_in_any_place_is_refused_or_played(flow, data):
    program = compile_flow(read_flow(flow), NODE_TYPES)
    stories = spoilt(data, deepcopy(stories_of("acaso", EXCHANGES, WORLD)))
    try:
        prove_stories(stories, STORY_SCHEMA)
    except InvalidFlow as refused:
        assert all(finding.message["pt-BR"] and finding.message["en"] for finding in refused.findings)
        return
    told = play_stories(program, stories)
    assert all(failure.message("pt-BR") and failure.message("en") for each in told for failure in each.failures)
    once = updated(program, stories)
    assert updated(program, once) == once


@SOME
@given(bodies())
def test_garbage_is_refused_in_words(garbage):
    with pytest.raises(InvalidFlow):
        prove_stories(garbage, STORY_SCHEMA)
