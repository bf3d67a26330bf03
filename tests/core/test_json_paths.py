"""Paths into JSON: what they find, what they refuse, and that they are quick whatever they are given."""

import time

import pytest

from flowengine.core.errors import BadParameter
from flowengine.core.json_paths import MOST_FOUND, compile_path

ORDER = {
    "order": {"status": "sent", "items": [{"id": 7, "price": 1.5, "paid": True}, {"id": 8, "price": 2, "paid": False}]},
    "full name": "Ana",
    "price": 9,
}


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("$", [ORDER]),
        ("$.order.status", ["sent"]),
        ("$['full name']", ["Ana"]),
        ('$["order"]["items"][-1].id', [8]),
        ("$.order.items[0:1].id", [7]),
        ("$.order.items[*].id", [7, 8]),
        ("$..price", [9, 1.5, 2]),
        ("$..[0].id", [7]),
        ("$.order.items[?@.id == 7].price", [1.5]),
        ("$.order.items[?(@.price > 1.7)].id", [8]),
        ("$.order.items[?@.paid == false].id", [8]),
        ("$.order.items[?@.id != 7].id", [8]),
        ("$.order.items[?@.paid].id", [7, 8]),
        ("$.order.items[?@.paid == 1].id", []),
        ("$.order.items[9].id", []),
        ("$.nothing.there", []),
    ],
)
def test_a_path_finds_what_it_leads_to(path, found):
    assert compile_path(path).found(ORDER) == found


@pytest.mark.parametrize(
    "path",
    [
        *("", "order", "$.", "$..", "$.a b", "$[", "$['a", "$[?(@.a == 1]", "$[?@.a == 1)]", "$.a..b..c", "$[0,1]"),
        *("$['a','b']", "$[?@.a =~ /x/]", "$[?match(@.a, 'x')]", "$[?@..a]", "$[?$.a]", "$." + "a" * 400),
    ],
)
def test_what_is_no_path_is_refused_in_both_languages(path):
    with pytest.raises(BadParameter) as refused:
        compile_path(path)
    assert set(refused.value.words) == {"pt-BR", "en"}


def test_only_a_path_of_names_and_places_leads_to_one_value():
    assert compile_path("$.a[0]['b']").leads_to_one
    assert not any(compile_path(path).leads_to_one for path in ("$..a", "$[*]", "$[0:2]", "$[?@.a]"))


def test_a_path_finds_only_as_much_as_can_be_used():
    assert len(compile_path("$[*]").found(list(range(100_000)))) == MOST_FOUND


def test_a_path_takes_linear_time_through_deep_and_wide_documents():
    deep = 0
    for _ in range(50_000):
        deep = [deep]
    wide = [[{"a": number} for number in range(100)] for _ in range(1_000)]
    begun = time.process_time()
    assert compile_path("$..a").found(deep) == []
    assert compile_path("$..[?@.b == 1]").found(wide) == []
    assert time.process_time() - begun < 3
