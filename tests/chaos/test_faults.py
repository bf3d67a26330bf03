"""Everything breaks, again and again, and no contact notices. `./run test` has one short run, `./run soak` the long."""

import os

import pytest

from flowengine.chaos.run import Result, Wish, run

SEEDS = [int(seed) for seed in os.environ.get("FLOWENGINE_SOAK_SEEDS", "1 2 3 4 5 6 7 8 9 10").split()]
MESSAGES = int(os.environ.get("FLOWENGINE_SOAK_MESSAGES", "20000"))


def told(result: Result) -> str:
    return "\n".join(result.wrong[:20])


@pytest.mark.timeout(900)
def test_no_contact_notices_what_breaks() -> None:
    result = run(Wish(seed=1, messages=500), print)
    assert not result.wrong, told(result)
    assert result.sent >= 500
    assert sum(result.faults.values()) >= 3  # however fast the machine is


@pytest.mark.soak
@pytest.mark.timeout(0)
@pytest.mark.parametrize("seed", SEEDS)
def test_no_contact_of_two_thousand_notices_what_breaks(seed: int) -> None:
    result = run(Wish(seed, MESSAGES), print)
    print(result)
    assert not result.wrong, told(result)
