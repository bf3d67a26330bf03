"""What is wrong with an installation: looked for in the database, in Redis and on the disk, and told as values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from redis import Redis
from redis.exceptions import RedisError

from flowengine.effects.resealing import unopened
from flowengine.jobs import alive, disk
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
BEHIND_THE_GATE = ("timers_waiting", "orders_waiting")  # `flowengine gate` tells of them
EXPIRY_TOLD, EXPIRY_URGENT = timedelta(days=14), timedelta(days=3)  # ahead: time to ask for another, and no more
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


Part = Callable[[Unit, str, Settings], Iterator[Symptom]]  # one look at an account, with its slug


def examine(engine: Engine, redis: Redis, settings: Settings, now: datetime | None = None) -> list[Symptom]:
    """Everything that is wrong, the installation's own first. Looks at every open run: not for probes."""
    return _look(engine, redis, settings, now or datetime.now(UTC), (_queues, _stuck, _failing, _secrets, _sealed))


def glance(engine: Engine, redis: Redis, settings: Settings, now: datetime | None = None) -> list[Symptom]:
    """What can be seen without looking at every run and every secret, for a look a minute."""
    return _look(engine, redis, settings, now or datetime.now(UTC), (_queues, _failing, _secrets))


def _look(engine: Engine, redis: Redis, settings: Settings, now: datetime, parts: Sequence[Part]) -> list[Symptom]:
    found = [*_disk(settings), *_redis(redis)]
    try:
        lacks = missing(engine)
        if lacks:
            return [*found, Symptom("migrations_missing", "broken", count=len(lacks), which=", ".join(lacks))]
        found += [*_clock(engine), *_gate(engine), *_pieces(engine, now)]
        for account in every_account(engine):
            with Unit.open(engine, account, now=now) as unit:
                slug = unit.accounts.read().slug
                found += [each for part in parts for each in part(unit, slug, settings)]
        if any(each.code == "gate_held" for each in found):
            found = [each for each in found if each.code not in BEHIND_THE_GATE]
    except StoreFault as fault:
        found.append(Symptom("no_database", "broken", why=str(fault).splitlines()[0]))
    return found


def _disk(settings: Settings) -> Iterator[Symptom]:
    free = disk.free_share(settings.data)
    if free < disk.LEAST:
        yield Symptom("disk_nearly_full", "broken", which=str(settings.data), why=f"{free:.0%}")


def _redis(redis: Redis) -> Iterator[Symptom]:
    try:
        workers = alive.count(redis)
    except RedisError as fault:
        yield Symptom("no_redis", "warning", why=str(fault))
        return
    for queue in ("long", "hot", "outbox"):
        if not workers[queue]:
            yield Symptom("no_worker", "warning" if queue == "long" else "broken", which=queue)


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


def _queues(unit: Unit, slug: str, _: Settings) -> Iterator[Symptom]:
    backlog = unit.standing.backlog()
    for code, count, since in (
        ("events_waiting", backlog.events, backlog.oldest_event),
        ("timers_waiting", backlog.timers, backlog.oldest_timer),
        ("orders_waiting", backlog.orders, backlog.oldest_order),
    ):
        if since is not None and since < unit.now - WAITED:
            yield Symptom(code, "broken", slug, count, since)
    if backlog.dead_letters:
        yield Symptom("dead_letters", "warning", slug, backlog.dead_letters)


def _stuck(unit: Unit, slug: str, _: Settings) -> Iterator[Symptom]:
    stuck = unit.standing.stuck(PATIENCE)
    if stuck.sleeping_events:
        yield Symptom("lane_asleep", "broken", slug, stuck.sleeping_events, which=str(stuck.sleeping_event))
    if stuck.lost_leases:
        yield Symptom("lease_lost", "broken", slug, stuck.lost_leases, which=str(stuck.lost_lease))
    if stuck.idle_runs:
        yield Symptom("run_idle", "warning", slug, stuck.idle_runs, which=str(stuck.idle_run))
    if stuck.silent_talks:
        yield Symptom("talk_silent", "warning", slug, stuck.silent_talks, which=str(stuck.silent_talk))


def _failing(unit: Unit, slug: str, _: Settings) -> Iterator[Symptom]:
    for channel in unit.standing.failing(TRIES):
        why = channel.last_error or ""
        yield Symptom("channel_failing", "broken", slug, channel.orders, channel.oldest, channel.name, why)


def _secrets(unit: Unit, slug: str, _: Settings) -> Iterator[Symptom]:
    for secret in unit.secrets.all():
        if secret.refused_at is not None:
            by = secret.refused_by or "?"
            yield Symptom("secret_refused", "warning", slug, since=secret.refused_at, which=secret.slug, why=by)
        if secret.expires_on is not None:
            left = secret.expires_on - unit.now.date()
            if left <= EXPIRY_TOLD:
                severity: Severity = "broken" if left <= EXPIRY_URGENT else "warning"
                yield Symptom("secret_expires", severity, slug, which=secret.slug, why=secret.expires_on.isoformat())


def _sealed(unit: Unit, slug: str, settings: Settings) -> Iterator[Symptom]:
    lost = unopened(unit, settings.secret)
    if lost:
        yield Symptom("secret_sealed", "broken", slug, len(lost), which=", ".join(lost))
