"""Whether one account's bulk work delays another's replies: B talks at a steady rate, alone and while A is busy.

A's contacts all have a run of one flow that stands ready; the events that begin them are put into the intake at the
priority of bulk work, as a campaign's are. At the end each of A's contacts must have had its one message, and every
message of B's its answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from time import perf_counter
from uuid import UUID

import orjson
import psycopg

from flowengine.bench import account, copies, http, talks
from flowengine.bench.account import Account
from flowengine.bench.copies import Ids, await_taken, copy_people, new_ids, prove_told, session
from flowengine.bench.figures import Figures, Plan
from flowengine.bench.http import Bench
from flowengine.bench.installation import Installation
from flowengine.core.run import STATE_VERSION, Run
from flowengine.store.engine import make_engine
from flowengine.store.intake import BULK, NewEvent
from flowengine.store.unit import Unit

SIZE = 10_000
CHUNK = 1_000  # events a transaction
MODEL = ("pedido", "bolo")  # what the first of A's contacts says
_ASKED = "select from run where account_id = %s and turn = 2"
_LEFT = "select count(*) from intake where account_id = %s"


@dataclass(frozen=True, slots=True)
class Busy:
    """Account A, and the contact all others are made after."""

    account: Account
    model: Ids


def measure(installation: Installation, plan: Plan) -> list[Figures]:
    """A set of figures a run."""
    bench = Bench(installation, account.of(installation.settings, plan.account, http.CONTACTS))
    bench.load("warm", http.one_by_one(min(http.WARM_UP_S, plan.seconds)))
    return [_run(installation, bench, plan, place) for place in range(plan.runs)]


def _run(installation: Installation, bench: Bench, plan: Plan, place: int) -> Figures:
    size = plan.size or SIZE
    busy = _busy(installation)
    _, idle = bench.load(f"idle{place}", http.steady(plan))
    with session(installation.settings, busy.account.id) as connection:
        begun = _begin_all(installation, connection, busy, size)
        _, during = bench.load(f"busy{place}", http.steady(plan))
        left = (connection.execute(_LEFT, [busy.account.id]).fetchone() or (0,))[0]
        await_taken(connection, busy.account, size)
        took = perf_counter() - begun
        prove_told(connection, busy.account, size)
    return {
        "idle_p50_ms": idle.wait_ms(0.5),
        "idle_p99_ms": idle.wait_ms(0.99),
        "busy_p50_ms": during.wait_ms(0.5),
        "busy_p99_ms": during.wait_ms(0.99),
        "p99_times_idle": during.wait_ms(0.99) / idle.wait_ms(0.99),
        "bulk_runs": size,
        "bulk_per_s": size / took,
        "bulk_left_after_busy": left,  # none: A was done before B's load was, and the figures are of both times
    }


def _busy(installation: Installation) -> Busy:
    made = account.make(installation.settings, flows=[talks.bulk(account.TEAM)])
    with session(installation.settings, made.id) as connection:
        return Busy(made, copies.model(installation, connection, made, MODEL, until=_ASKED))


def _begin_all(installation: Installation, connection: psycopg.Connection, busy: Busy, size: int) -> float:
    """Let `size` runs begin; when the first of them could."""
    version = busy.account.versions[-1]
    fresh = orjson.dumps(Run("RUN").as_data()).decode().replace("'", "''")
    new_ids(connection, size)
    copy_people(
        connection,
        busy.account,
        busy.model,
        flow_id=f"'{version.flow_id}'",
        version_id=f"'{version.id}'",
        state=f"replace('{fresh}', 'RUN', run::text)::jsonb",
        state_version=str(STATE_VERSION),
        entry_key="run::text",
        turn="0",
    )
    rows = connection.execute("select contact, run from given").fetchall()
    engine = make_engine(installation.settings.database_url)
    begun = perf_counter()
    for first in range(0, size, CHUNK):
        now = datetime.now(UTC)
        with Unit.open(engine, busy.account.id, now=now) as unit:
            unit.intake.append([_started(contact, run, now) for contact, run in rows[first : first + CHUNK]])
    engine.dispose()
    return begun


def _started(contact: UUID, run: UUID, now: datetime) -> NewEvent:
    return NewEvent(contact, {"kind": "started", "at": now.isoformat(), "run": str(run)}, priority=BULK)
