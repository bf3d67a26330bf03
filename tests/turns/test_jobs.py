"""Hints and work: nudges may be lost or repeated, several workers may work at once, each contact's order holds."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from redis import Redis
from rq import Callback
from sqlalchemy import Engine

from flowengine import turns
from flowengine.effects.outside import Outside
from flowengine.jobs import process
from flowengine.jobs.drain import serve
from flowengine.jobs.queue import DRAIN, MARK_MS, Turns, Unfinished, nudge, queue
from flowengine.jobs.rq_workers import Hint, HotWorker
from flowengine.jobs.sweeper import Sweeper, sweep
from flowengine.jobs.tidy import tidy
from flowengine.settings import Settings
from flowengine.store.receive import Inbound
from flowengine.turns.hands import Hands
from flowengine.turns.programs import Programs
from tests.turns.shop import RECEPTION, Shop, flow, wire

ECHO = flow(
    [
        {"id": "first", "type": "question", "params": {"text": "Diga.", "answer_type": "text", "save_to": "dito"}},
        {
            "id": "more",
            "type": "question",
            "params": {"text": "{{ vars.dito }}", "answer_type": "text", "save_to": "dito"},
        },
    ],
    wire("start.next>first", "first.answered>more", "more.answered>more"),
)


@pytest.fixture
def shop(engine: Engine) -> Shop:
    shop = Shop(engine)
    shop.publish(RECEPTION)
    return shop


@pytest.fixture
def rq(engine: Engine, redis: Redis) -> HotWorker:
    """The worker of the hot queue, in this process."""
    here = process.Process(engine, redis, Programs(), Outside(), "a secret", Hands())
    process.begin(here)
    return HotWorker.on(queue(redis, "hot"), here.stopping)


def test_however_many_hints_are_given_one_job_is_enqueued_and_each_account_waits_once(redis: Redis) -> None:
    accounts = [uuid4() for _ in range(3)]
    assert [nudge(redis, account) for account in accounts * 2] == [True, *[False] * 5]
    assert queue(redis, "hot").count == 1
    turns = Turns(redis, "hot", "a drain")
    assert [turns.next(0.01) for _ in range(4)] == [*accounts, None]


def test_while_a_drain_is_there_a_hint_costs_no_job(redis: Redis) -> None:
    turns, account = Turns(redis, "hot", "a drain"), uuid4()
    assert turns.next(0.01) is None
    assert nudge(redis, account) is False
    assert (queue(redis, "hot").count, turns.next(0.01)) == (0, account)


def test_a_drain_goes_only_when_nobody_waits_and_the_next_hint_brings_a_job(redis: Redis) -> None:
    turns, account = Turns(redis, "hot", "a drain"), uuid4()
    turns.next(0.01)
    nudge(redis, account)
    assert not turns.leave()
    turns.next(0.01)
    assert turns.leave()
    assert nudge(redis, account)


def test_a_drain_that_died_is_not_waited_for(redis: Redis) -> None:
    Turns(redis, "hot", "killed").next(0.01)
    time.sleep(MARK_MS / 1000 + 0.05)
    assert nudge(redis, uuid4())


def test_an_account_with_more_left_goes_behind_those_that_are_hinted_at(redis: Redis) -> None:
    turns = Turns(redis, "hot", "a drain")
    large, small, late = uuid4(), uuid4(), uuid4()
    nudge(redis, large)
    nudge(redis, small)
    assert turns.next(0.01) == large
    assert turns.next(0.01, Unfinished(large)) == small
    nudge(redis, late)
    assert [turns.next(0.01), turns.next(0.01)] == [late, large]


def test_a_drain_with_more_than_it_can_do_at_once_calls_another_and_both_serve_the_account(redis: Redis) -> None:
    one, two, account = Turns(redis, "hot", "one"), Turns(redis, "hot", "two"), uuid4()
    nudge(redis, account)
    queue(redis, "hot").empty()
    assert one.next(0.01) == account
    assert one.next(0.01, Unfinished(account)) == account
    assert queue(redis, "hot").count == 1
    assert two.next(0.01) == account


def test_bulk_of_an_account_is_walked_by_one_drain_and_calls_no_other(redis: Redis) -> None:
    one, two, account = Turns(redis, "hot", "one"), Turns(redis, "hot", "two"), uuid4()
    nudge(redis, account)
    queue(redis, "hot").empty()
    left = Unfinished(account, is_bulk=True)
    assert [one.next(0.01), one.next(0.01, left), one.next(0.01, left)] == [account] * 3
    assert (queue(redis, "hot").count, two.next(0.01)) == (0, None)
    nudge(redis, account)  # as a sweep does: the other takes a claim, and leaves the rest to the first
    assert two.next(0.01) == account
    assert two.next(0.01, left) is None
    assert one.next(0.01, left) == account


def test_who_writes_passes_an_accounts_bulk(redis: Redis) -> None:
    turns, busy, small = Turns(redis, "hot", "a drain"), uuid4(), uuid4()
    nudge(redis, busy)
    assert turns.next(0.01) == busy
    nudge(redis, small)
    assert turns.next(0.01, Unfinished(busy, is_bulk=True)) == small
    assert turns.next(0.01) == busy


def test_a_job_takes_all_that_waits(shop: Shop, redis: Redis, rq: HotWorker) -> None:
    for number in range(7):
        shop.receive("oi", sender=f"c{number}")
    nudge(redis, shop.account)
    rq.work(burst=True, logging_level="ERROR")
    assert [len(shop.replies(f"c{number}")) for number in range(7)] == [2] * 7


def test_messages_one_after_the_other_cost_no_job_each(shop: Shop, redis: Redis, rq: HotWorker) -> None:
    """They come while the drain stays on: hints alone wake it."""

    def write() -> None:
        for number in range(10):
            shop.receive("oi", sender=f"c{number}")
            nudge(redis, shop.account)
            eventually(lambda number=number: len(shop.replies(f"c{number}")) == 2)

    nudge(redis, shop.account)
    with ThreadPoolExecutor(1) as pool:
        written = pool.submit(write)
        rq.work(burst=True, logging_level="ERROR")
        written.result()
    assert queue(redis, "hot").finished_job_registry.count == 1


def test_a_drain_ends_when_its_time_is_over_and_another_goes_on(shop: Shop, redis: Redis, rq: HotWorker) -> None:
    shop.receive("oi")
    nudge(redis, shop.account)
    queue(redis, "hot").empty()
    serve(process.current(), "hot", seconds=0)
    assert (shop.replies(), queue(redis, "hot").count) == ([], 1)


def test_a_worker_that_is_told_to_stop_takes_no_more_and_leaves_the_rest_to_others(
    shop: Shop, redis: Redis, rq: HotWorker
) -> None:
    rq.stopping.set()
    shop.receive("oi")
    nudge(redis, shop.account)
    rq.work(burst=True, max_jobs=1, logging_level="ERROR")
    assert (shop.replies(), queue(redis, "hot").count) == ([], 1)


def test_a_worker_runs_no_function_that_is_no_hint(engine: Engine, redis: Redis, tmp_path: Path) -> None:
    hints = queue(redis, "hot")
    hints.enqueue("os.mkdir", str(tmp_path / "asked"))
    hints.enqueue(DRAIN, "no queue", on_failure=Callback("os.mkdir"))
    process.begin(process.Process(engine, redis, Programs(), Outside(), "a secret", Hands()))
    worker = HotWorker.on(hints, threading.Event())
    worker.work(burst=True, logging_level="CRITICAL")
    assert hints.count == 0
    assert not list(tmp_path.iterdir())
    assert Hint.fetch(hints.failed_job_registry.get_job_ids()[0], redis, hints.serializer).failure_callback is None


def test_what_a_lost_hint_left_is_found_by_the_sweep(shop: Shop, engine: Engine, redis: Redis, rq: HotWorker) -> None:
    shop.receive("oi")
    nudge(redis, shop.account)
    redis.flushall()
    assert sweep(engine, redis, "hot") == 1
    rq.work(burst=True, logging_level="ERROR")
    assert len(shop.replies()) == 2
    assert sweep(engine, redis, "hot") == 0


def test_a_redis_that_is_away_stops_nobody_who_hands_in_work(shop: Shop) -> None:
    away = Redis.from_url("unix:///nowhere/at-all.sock")
    assert nudge(away, shop.account) is False


def test_while_redis_is_away_the_sweep_does_the_work_itself(shop: Shop, engine: Engine) -> None:
    away = Redis.from_url("unix:///nowhere/at-all.sock")
    process.begin(process.Process(engine, away, Programs(), Outside(), "a secret", Hands()))
    shop.receive("oi")
    with Sweeper(engine, away, "hot", period=0.02):
        eventually(lambda: len(shop.replies()) == 2)
    assert shop.replies() == ["Olá, Renata!", "Como podemos ajudar?"]


def test_a_worker_that_finds_no_redis_works_all_the_same(shop: Shop, settings: Settings) -> None:
    environ = {
        **os.environ,
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": "unix:///nowhere/at-all.sock",
        "FLOWENGINE_DATA": str(settings.data),
        "FLOWENGINE_SECRET": settings.secret,
    }
    shop.receive("oi")
    command = [sys.executable, "-m", "flowengine.cli", "work", "--queue", "hot"]
    with subprocess.Popen(command, env=environ) as worker:
        try:
            eventually(lambda: len(shop.replies()) == 2, seconds=60)
        finally:
            worker.terminate()
    assert shop.replies() == ["Olá, Renata!", "Como podemos ajudar?"]


def eventually(holds: Callable[[], bool], seconds: float = 15) -> None:
    until = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_several_workers_at_once_keep_each_contacts_order_and_answer_each_message_once(engine: Engine) -> None:
    shop = Shop(engine)
    shop.publish(ECHO)
    contacts, messages = 6, 12
    done = threading.Event()

    def write(contact: int) -> None:
        for number in range(messages):
            event = {"kind": "message_received", "at": datetime.now(UTC).isoformat(), "text": f"{contact}.{number}"}
            sent = Inbound(shop.channel.id, f"c{contact}", f"{contact}-{number}", {**event, "provider_id": "p"})
            with shop.unit() as unit:
                unit.intake.receive([sent])

    def work(account: UUID) -> None:
        programs = Programs()
        while not done.is_set() or turns.take_waiting(engine, account, programs):
            turns.take_waiting(engine, account, programs)

    with ThreadPoolExecutor(contacts + 3) as pool:
        workers = [pool.submit(work, shop.account) for _ in range(3)]
        for writer in [pool.submit(write, contact) for contact in range(contacts)]:
            writer.result()
        done.set()
        for one in workers:
            one.result()
    for contact in range(contacts):
        assert shop.replies(f"c{contact}") == ["Diga.", *[f"{contact}.{number}" for number in range(1, messages)]]


def test_what_has_served_its_time_is_forgotten_and_nothing_else(shop: Shop, engine: Engine) -> None:
    shop.hear("oi", id="m1")
    assert tidy(engine, shop.now + timedelta(days=1)) == 0
    assert tidy(engine, shop.now + timedelta(days=31)) > 0
    assert shop.replies() == []
    assert len(shop.hear("oi", id="m1")) == 1
