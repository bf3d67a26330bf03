"""Stories: each kind of exchange and of expectation, come true and failed in words."""

import json
from pathlib import Path

import pytest

from flowengine.core.program import compile_flow
from flowengine.core.stories.failure import differing
from flowengine.core.stories.judge import fits
from flowengine.core.stories.play import play_stories
from flowengine.core.stories.shape import prove_stories
from flowengine.nodes import NODE_TYPES, STORY_SCHEMA
from tests.core.story_flows import flow, stories_of

TABLE = json.loads(Path(__file__).with_name("stories.json").read_text(encoding="utf-8"))
FLOW = flow("conversa", **TABLE["flows"]["conversa"])


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_a_story_comes_true_or_says_what_did_not(case):
    stories = stories_of("conversa", case["exchanges"])
    prove_stories(stories, STORY_SCHEMA)

    (told,) = play_stories(compile_flow(FLOW, NODE_TYPES), stories)

    assert [[each.place, each.code] for each in told.failures] == case.get("failures", [])
    first = told.failures[0] if told.failures else None
    said = [first.message("pt-BR"), first.message("en")] if first else []
    assert said == case.get("told", said)
    diff = [sign + text for sign, text in first.diff] if first else []
    assert diff == case.get("diff", diff)


@pytest.mark.parametrize("case", TABLE["cases"], ids=lambda case: case["name"])
def test_every_failure_has_words_in_both_languages_and_is_plain_data(case):
    (told,) = play_stories(compile_flow(FLOW, NODE_TYPES), stories_of("conversa", case["exchanges"]))
    shown = json.loads(json.dumps([each.as_data() for each in told.failures]))
    assert all(each["message"]["pt-BR"] and each["message"]["en"] for each in shown)
    assert [set(each) for each in shown] == [{"code", "exchange", "message", "diff"}] * len(shown)


@pytest.mark.parametrize(
    ("expected", "came", "lines"),
    [
        ([], [], ""),
        (["a", "b"], ["a", "b"], " a b"),
        (["a"], [], "-a"),
        ([], ["a"], "+a"),
        (["a", "b", "c"], ["a", "c"], " a-b c"),
        (["a", "c"], ["a", "b", "c"], " a+b c"),
        (["a…"], ["abc"], " abc"),
        (["x", "b"], ["y", "b"], "-x+y b"),
    ],
)
def test_two_lists_lie_beside_each_other_with_as_much_in_common_as_can_be(expected, came, lines):
    assert "".join(sign + text for sign, text in differing(expected, came, fits)) == lines


def test_long_lists_are_shown_in_part_and_at_once():
    lines = differing(["x"] * 20_000, ["y"] * 20_000, fits)
    assert (len(lines), lines[0], lines[-1]) == (100, ("-", "x"), ("+", "y"))
