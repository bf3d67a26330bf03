"""Waits that end: how fast due timers become events, how fast runs go on, what looking costs while none is due.

The contacts of an account of the bench's own all wait in a delay. "Claimed" is `fire_timers` in this process, batch by
batch, each committed; "walked" is from the moment all are due until the workers have taken the last to the end of its
flow. At the end every contact must have exactly one message more.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from statistics import median
from time import perf_counter, process_time

import psycopg

from flowengine.bench import account, copies, talks
from flowengine.bench.account import Account
from flowengine.bench.copies import Ids, await_taken, copy_people, copy_rows, new_ids, prove_told, session, timer_values
from flowengine.bench.figures import Figures, Plan
from flowengine.bench.installation import BenchFailed, Installation
from flowengine.bench.usage import Processes, used_ms
from flowengine.store.engine import Engine, make_engine
from flowengine.store.unit import Unit
from flowengine.turns.taking import MOST_TIMERS

SIZE = 20_000
LOOKS = 50
AHEAD = timedelta(hours=1)  # when the timers are due at first: no worker cares yet
_ARMED = "select from outbox where account_id = %s and kind = 'timer'"


def measure(installation: Installation, plan: Plan) -> list[Figures]:
    """A set of figures a run."""
    size = plan.size or SIZE
    return [{**_claimed(installation, size), **_walked(installation, size), "timers": size} for _ in range(plan.runs)]


def _claimed(installation: Installation, size: int) -> dict[str, float]:
    """With a clock that is ahead of everybody else's, so that no worker helps."""
    engine = make_engine(installation.settings.database_url)
    processes = Processes(installation)
    waiting, of = _waiting(installation)
    with session(installation.settings, waiting.id) as connection:
        _arm(connection, waiting, of, size)
        looks = [_fire(engine, waiting, datetime.now(UTC))[1] for _ in range(LOOKS)]
        then = datetime.now(UTC) + 2 * AHEAD
        before, own = processes.cpu_s(), process_time()
        batches = [_fire(engine, waiting, then)]
        while batches[-1][0]:
            batches.append(_fire(engine, waiting, then))
        spent = used_ms(before, processes.cpu_s()).get("postgres", 0.0) + (process_time() - own) * 1000
        for table in ("intake", "lane"):
            connection.execute(f"delete from {table} where account_id = %s".encode(), [waiting.id])
    engine.dispose()
    fired = sum(count for count, _ in batches)
    if fired != size + 1:  # the model's among them
        raise BenchFailed(f"{fired} of {size + 1} timers were fired")
    tenth = max(1, len(batches) // 10)
    seconds = [took for _, took in batches]
    return {
        "claimed_per_s": fired / sum(seconds),
        "claimed_last_tenth_slower_by": sum(seconds[-tenth - 1 : -1]) / sum(seconds[:tenth]),
        "cpu_us_per_claim": spent * 1000 / fired,
        "idle_poll_ms": median(looks) * 1000,
    }


def _walked(installation: Installation, size: int) -> dict[str, float]:
    """By the installation's own workers, claiming included."""
    processes = Processes(installation)
    waiting, of = _waiting(installation)
    with session(installation.settings, waiting.id) as connection:
        _arm(connection, waiting, of, size)
        before, begun = processes.cpu_s(), perf_counter()
        connection.execute("update outbox set due_at = now() where account_id = %s and kind = 'timer'", [waiting.id])
        await_taken(connection, waiting, size)
        took = perf_counter() - begun
        spent = used_ms(before, processes.cpu_s())
        prove_told(connection, waiting, size)
    return {"walked_per_s": size / took, "cpu_ms_per_walk": sum(spent.values()) / size}


def _waiting(installation: Installation) -> tuple[Account, Ids]:
    """A new account, and the one contact in it who waits."""
    made = account.make(installation.settings, flows=[talks.wait(account.TEAM, hours=1)])
    with session(installation.settings, made.id) as connection:
        return made, copies.model(installation, connection, made, [talks.WAIT], until=_ARMED)


def _arm(connection: psycopg.Connection, waiting: Account, of: Ids, size: int) -> None:
    new_ids(connection, size)
    copy_people(connection, waiting, of)
    copy_rows(connection, "outbox", f"t.account_id = '{waiting.id}' and t.run_id = '{of.run}'", timer_values(of))
    connection.execute("analyze outbox, lane, run, contact, contact_identity, conversation")


def _fire(engine: Engine, waiting: Account, now: datetime) -> tuple[int, float]:
    """How many became events, and the seconds that took, the commit included."""
    begun = perf_counter()
    with Unit.open(engine, waiting.id, now=now) as unit:
        fired = unit.outbox.fire_timers(MOST_TIMERS)
    return fired, perf_counter() - begun
