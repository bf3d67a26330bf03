"""What a run keeps of an answer from outside: enough, and never too much."""

import orjson
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.kept import LONGEST_TEXT, MOST, kept

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(st.text(), inner, max_size=5),
    max_leaves=30,
)


@given(VALUES)
def test_a_small_value_is_kept_as_it_is(value):
    assert kept(value) == value or len(orjson.dumps(value)) > 1_000 or _depth(value) > 10


def test_a_long_text_is_cut():
    assert kept({"text": "x" * 9_000}) == {"text": "x" * LONGEST_TEXT}


def test_a_great_value_becomes_a_small_one():
    lists = [[{"a": number, "b": "text"} for number in range(100)] for _ in range(1_000)]
    names = {f"name {number}" * 20: "" for number in range(10_000)}
    for value in (lists, names, "x" * 10**6):
        assert len(orjson.dumps(kept(value))) < 2 * MOST


def test_what_lies_too_deep_is_left_out():
    deep = "here"
    for _ in range(1_000):
        deep = {"in": deep}
    assert "here" not in str(kept(deep))


def _depth(value):
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
