"""Draws without chance: sticky, in proportion, and moved as little as possible by a changed weight."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from flowengine.core.draws import Variant, drawn

KEYS = [f"contact-{number}|split" for number in range(2_000)]
weights = st.lists(st.integers(0, 100), min_size=2, max_size=6).filter(any)


def _variants(given_weights):
    return [Variant(f"v{place}", weight) for place, weight in enumerate(given_weights)]


def _all_drawn(given_weights):
    return {key: drawn(_variants(given_weights), key) for key in KEYS}


@given(weights)
@settings(max_examples=20, deadline=None)
def test_each_variant_gets_its_part(given_weights):
    counted, whole = Counter(_all_drawn(given_weights).values()), sum(given_weights)
    for variant in _variants(given_weights):
        # Five standard deviations of a binomial draw of 2,000.
        assert abs(counted[variant.id] - len(KEYS) * variant.weight / whole) <= 5 * (len(KEYS) / 4) ** 0.5


@given(weights, st.data())
@settings(max_examples=20, deadline=None)
def test_a_changed_weight_moves_keys_only_to_or_from_its_variant(given_weights, data):
    place = data.draw(st.integers(0, len(given_weights) - 1))
    more = data.draw(st.integers(given_weights[place] + 1, 200))
    changed = [*given_weights[:place], more, *given_weights[place + 1 :]]
    before, after = _all_drawn(given_weights), _all_drawn(changed)
    assert {after[key] for key in KEYS if before[key] != after[key]} <= {f"v{place}"}


@given(weights, st.randoms(use_true_random=False))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_variants_does_not_matter(given_weights, random):
    variants = _variants(given_weights)
    shuffled = random.sample(variants, len(variants))
    assert [drawn(variants, key) for key in KEYS[:100]] == [drawn(shuffled, key) for key in KEYS[:100]]


def test_two_splits_draw_independently():
    variants = _variants([50, 50])
    both = Counter((drawn(variants, f"{n}|one"), drawn(variants, f"{n}|other")) for n in range(2_000))
    assert min(both.values()) > 400
