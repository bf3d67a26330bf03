"""What is wrong with an installation: looked for in the database, in Redis and on the disk, and told as values."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from uuid import UUID

from redis import Redis
from redis.exceptions import RedisError

from flowengine.effects.resealing import unopened
from flowengine.jobs import alive
from flowengine.settings import Settings
from flowengine.store.due import every_account
from flowengine.store.engine import Engine, StoreFault
from flowengine.store.installation import clock, read_installation
from flowengine.store.migrate import missing
from flowengine.store.partitions import read_partitions
from flowengine.store.unit import Unit

Severity = Literal["broken", "warning"]

WAITED = timedelta(seconds=30)  # the sweep finds everything within two
PATIENCE = timedelta(minutes=10)  # longer than any lease, and than a process takes to start
TRIES = 3
SKEW = timedelta(seconds=2)
LEAST_DISK = 0.10
BEHIND_THE_GATE = ("timers_waiting", "orders_waiting")  # `flowengine gate` tells of them
AHEAD = timedelta(hours=12)  # pieces for so long must be there


@dataclass(frozen=True, slots=True)
class Symptom:
    """`code` is what the words hang on; `which` names one of the `count`, `why` is what the machine itself said."""

    code: str
    severity: Severity
    account: str = ""
    count: int = 0
    since: datetime | None = None
    which: str = ""
    why: str = ""


def examine(engine: Engine, redis: Redis, settings: Settings, now: datetime | None = None) -> list[Symptom]:
    """Everything that is wrong, the installation's own first. Looks at every account: for operators, not for probes."""
    now = now or datetime.now(UTC)
    found = [*_disk(settings), *_redis(redis)]
    try:
        lacks = missing(engine)
        if lacks:
            return [*found, Symptom("migrations_missing", "broken", count=len(lacks), which=", ".join(lacks))]
        found += [*_clock(engine), *_gate(engine), *_pieces(engine, now)]
        for account in every_account(engine):
            found += _account(engine, account, settings, now)
        if any(each.code == "gate_held" for each in found):
            found = [each for each in found if each.code not in BEHIND_THE_GATE]
    except StoreFault as fault:
        found.append(Symptom("no_database", "broken", why=str(fault).splitlines()[0]))
    return found


def _disk(settings: Settings) -> Iterator[Symptom]:
    usage = shutil.disk_usage(settings.data)
    if usage.free < usage.total * LEAST_DISK:
        free = f"{usage.free / usage.total:.0%}"
        yield Symptom("disk_nearly_full", "broken", which=str(settings.data), why=free)


def _redis(redis: Redis) -> Iterator[Symptom]:
    try:
        workers = alive.count(redis)
    except RedisError as fault:
        yield Symptom("no_redis", "warning", why=str(fault))
        return
    for queue in ("hot", "outbox"):
        if not workers[queue]:
            yield Symptom("no_worker", "broken", which=queue)


def _clock(engine: Engine) -> Iterator[Symptom]:
    before = datetime.now(UTC)
    theirs = clock(engine)
    after = datetime.now(UTC)
    apart = max(theirs - after, before - theirs)
    if apart > SKEW:
        yield Symptom("clocks_apart", "broken", why=f"{apart.total_seconds():.0f} s")


def _gate(engine: Engine) -> Iterator[Symptom]:
    installation = read_installation(engine)
    if installation.gate == "held":
        yield Symptom("gate_held", "broken", since=installation.held_since, why=installation.held_why or "")


def _pieces(engine: Engine, now: datetime) -> Iterator[Symptom]:
    ends = {piece.parent: piece.ends for piece in read_partitions(engine)}  # the last of each counts
    for parent in ("message", "turn", "live_event"):
        if parent not in ends or ends[parent] < now + AHEAD:
            yield Symptom("partition_missing", "warning", which=parent, since=ends.get(parent))


def _account(engine: Engine, account: UUID, settings: Settings, now: datetime) -> Iterator[Symptom]:
    with Unit.open(engine, account, now=now) as unit:
        slug = unit.accounts.read().slug
        backlog, stuck, failing = unit.standing.backlog(), unit.standing.stuck(PATIENCE), unit.standing.failing(TRIES)
        lost = unopened(unit, settings.secret)
    for code, count, since in (
        ("events_waiting", backlog.events, backlog.oldest_event),
        ("timers_waiting", backlog.timers, backlog.oldest_timer),
        ("orders_waiting", backlog.orders, backlog.oldest_order),
    ):
        if since is not None and since < now - WAITED:
            yield Symptom(code, "broken", slug, count, since)
    for code, severity, count, which in (
        ("lane_asleep", "broken", stuck.sleeping_events, stuck.sleeping_event),
        ("lease_lost", "broken", stuck.lost_leases, stuck.lost_lease),
        ("run_idle", "warning", stuck.idle_runs, stuck.idle_run),
        ("talk_silent", "warning", stuck.silent_talks, stuck.silent_talk),
    ):
        if count:
            yield Symptom(code, severity, slug, count, which=str(which))  # type: ignore[arg-type]  # literals above
    for channel in failing:
        why = channel.last_error or ""
        yield Symptom("channel_failing", "broken", slug, channel.orders, channel.oldest, channel.name, why)
    if backlog.dead_letters:
        yield Symptom("dead_letters", "warning", slug, backlog.dead_letters)
    if lost:
        yield Symptom("secret_sealed", "broken", slug, len(lost), which=", ".join(lost))
