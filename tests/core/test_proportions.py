"""Shares of people: intervals and sample sizes as the books have them, and nothing said too soon."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flowengine.core.proportions import Counted, compare, interval, needed


@pytest.mark.parametrize(
    ("reached", "of", "low", "high"),
    [
        (15, 50, 0.1910, 0.4375),
        (81, 263, 0.2553, 0.3662),  # Newcombe (1998), table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (0, 0, 0.0, 1.0),
    ],
)
def test_an_interval_is_wilsons(reached, of, low, high):
    assert interval(Counted(reached, of)) == pytest.approx((low, high), abs=0.00006)


@pytest.mark.parametrize(
    ("share", "worth", "people"),
    [
        (0.10, 0.05, 686),  # Fleiss, Statistical Methods for Rates and Proportions (1981)
        (0.50, 0.10, 388),
        (0.25, 0.15, 152),
        (1.00, 0.05, 152),  # nothing lies above: the difference is one downwards
    ],
)
def test_so_many_people_are_needed_to_see_a_difference(share, worth, people):
    assert needed(share, worth) == people


def test_more_comparisons_need_more_people():
    assert needed(0.1, 0.05, comparisons=3) > needed(0.1, 0.05)


def test_nothing_is_said_before_enough_people_have_passed_however_far_apart_they_look():
    early = compare([Counted(0, 60), Counted(40, 60)], worth=0.05)

    assert (early.verdict, early.best, early.behind) == ("too_few", None, ())
    assert early.needed > 1_500


def test_all_variants_must_have_been_seen_by_enough():
    assert compare([Counted(300, 3_000), Counted(10, 40)], worth=0.05).verdict == "too_few"


def test_a_few_early_people_do_not_make_the_sample_small():
    none, few, many = (compare([Counted(0, of), Counted(0, of)], worth=0.05).needed for of in (0, 2, 500))

    assert (none, few, many) == (1_565, 1_568, 175)


def test_a_variant_that_is_behind_by_more_than_chance_is_named():
    found = compare([Counted(300, 3_000), Counted(450, 3_000)], worth=0.05)

    assert (found.verdict, found.best, found.behind) == ("differ", 1, (0,))


def test_shares_that_chance_explains_are_alike_once_enough_people_have_passed():
    assert compare([Counted(300, 3_000), Counted(310, 3_000)], worth=0.05).verdict == "alike"


def test_of_three_only_those_are_behind_that_are():
    found = compare([Counted(600, 4_000), Counted(590, 4_000), Counted(400, 4_000)], worth=0.05)

    assert (found.verdict, found.best, found.behind) == ("differ", 0, (2,))


def test_one_variant_alone_is_compared_with_nothing():
    assert compare([Counted(5, 10)], worth=0.05).verdict == "alone"


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_share_lies_in_its_interval(reached, more):
    counted = Counted(reached, reached + more)
    low, high = interval(counted)

    assert 0 <= low <= counted.share <= high <= 1
