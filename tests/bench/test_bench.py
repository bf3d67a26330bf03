"""`flowengine bench` on an installation of its own, in short: every part finds what it is to find. Nothing is timed."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from flowengine.bench import http, live, memory, mixed, timers
from flowengine.bench.account import of
from flowengine.bench.copies import session
from flowengine.bench.figures import Plan, medians
from flowengine.bench.fill import Amount, fill
from flowengine.bench.installation import Installation
from flowengine.cli._measured import own
from flowengine.cli.bench import ALONE, INSTALLED, command

pytestmark = pytest.mark.timeout(240)  # a whole installation starts, and is put under load

_PIECES = """
    select tableoid::regclass::text, count(*) from message
    where account_id = %s and coalesce(provider_id, in_reply_to) like '%% %%' group by 1"""
SHORT = Plan(seconds=0.5, runs=1, rate=10, lag=0)


@pytest.fixture(scope="module")
def installation() -> Iterator[Installation]:
    with own() as started:
        yield started


def test_at_rest_memory_is_told_by_what_takes_it(installation: Installation):
    (found,) = memory.measure(installation, SHORT)
    assert 0 < found["web_mb"] + found["workers_mb"] == found["web_and_workers_mb"]
    assert found["with_servers_mb"] == sum(found[f"{part}_mb"] for part in ("web", "workers", "postgres", "valkey"))


def test_every_message_is_answered_and_its_cost_is_told(installation: Installation):
    found = medians(http.measure(installation, SHORT))
    assert {
        "saturated_per_s",
        "batched_per_s",
        "p50_ms",
        "p99_ms",
        "cpu_ms_per_message",
        "transactions_per_message",
        "rq_jobs_per_message",
    } <= set(found)
    assert 0 < found["p50_ms"] <= found["p99_ms"]
    assert 0 < found["share_of_limit"] < 1
    assert found["messages"] > 64 + 16 * 20


def test_every_timer_is_claimed_once_and_every_walk_comes_to_its_end(installation: Installation):
    found = medians(timers.measure(installation, Plan(runs=1, size=40)))
    assert found["claimed_per_s"] > 0 < found["walked_per_s"]


def test_every_screen_hears_of_every_change(installation: Installation):
    found = medians(live.measure(installation, Plan(runs=1, size=5)))
    assert 0 < found["first_p50_ms"] <= found["all_p50_ms"] <= found["all_p99_ms"]


def test_a_bulk_start_reaches_each_contact_once_while_others_are_answered(installation: Installation):
    found = medians(mixed.measure(installation, Plan(seconds=0.5, runs=1, rate=10, size=60)))
    assert found["bulk_per_s"] > 0 < found["busy_p99_ms"]


def test_what_is_filled_lies_in_the_months_it_is_of_and_its_contacts_go_on_writing(installation: Installation):
    fill(installation, "bench-filled", Amount(contacts=30, messages=240, months=3), say=lambda _: None)
    filled = of(installation.settings, "bench-filled", people=30)
    with session(installation.settings, filled.id) as connection:
        pieces = connection.execute(_PIECES, [filled.id]).fetchall()
    assert len(pieces) >= 3 and not any("default" in name for name, _ in pieces)
    assert sum(count for _, count in pieces) == 240
    assert medians(http.measure(installation, Plan(0.5, 1, 10, account="bench-filled", lag=0)))["saturated_per_s"] > 0


def test_programs_are_told_an_object_a_part():
    done = CliRunner().invoke(
        command, ["--part", "core", "--part", "checker", "--runs", "1", "--seconds", "0.1", "--json"]
    )
    told = json.loads(done.stdout)
    assert {"turn_ms", "steps_per_s"} <= set(told["core"])
    assert set(told) == {"core", "checker"}


@pytest.mark.parametrize("part", [*ALONE, *INSTALLED])
def test_every_part_is_explained(part: str):
    assert f"**`{part}`**" in Path("docs/bench.md").read_text(encoding="utf-8")
