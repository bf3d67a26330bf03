"""The installation in figures, as Prometheus reads them (text format 0.0.4)."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime

from redis import Redis
from redis.exceptions import RedisError

from flowengine.jobs import alive
from flowengine.jobs.measures import series, together
from flowengine.store.due import standings
from flowengine.store.engine import Engine
from flowengine.store.installation import read_installation

MOST_ACCOUNTS = 20  # with figures of their own: those in whose queues most waits
MEANINGS = {
    "flowengine_queue_waiting": ("gauge", "What waits in all accounts; at most 10000 of each is counted."),
    "flowengine_queue_oldest_seconds": ("gauge", "For how long the one that waits longest has been due."),
    "flowengine_account_waiting": ("gauge", "The same of the accounts in which most waits."),
    "flowengine_account_oldest_seconds": ("gauge", "The same of the accounts in which most waits."),
    "flowengine_gate_open": ("gauge", "1 while anything is sent, 0 while the sending gate is held."),
    "flowengine_workers": ("gauge", "Workers alive."),
    "flowengine_redis_up": ("gauge", "1 while Redis answers."),
    "flowengine_events_taken_total": ("counter", "Events dealt with by workers."),
    "flowengine_event_seconds": ("histogram", "From an event's arrival until what came of it is stored."),
    "flowengine_events_failed_total": ("counter", "Tries to take an event that failed for a reason of ours."),
    "flowengine_turns_total": ("counter", "Turns of runs, by what they came to."),
    "flowengine_runs_failed_total": ("counter", "Runs that failed by a mistake in their flow, by its code."),
    "flowengine_orders_total": ("counter", "Tries to carry out an order to the outside world."),
    "flowengine_errors_total": ("counter", "Failures of ours, by who logged them."),
    "flowengine_take_seconds": ("histogram", "A transaction that takes what waits in an account."),
    "flowengine_http_seconds": ("histogram", "A request to the web, until its answer begins."),
}


def expose(engine: Engine, connection: Redis, now: datetime | None = None) -> str:
    """All series; raises StoreFault. Without Redis what processes count together is missing, and says so."""
    now = now or datetime.now(UTC)
    found = {**_queues(engine, now), "flowengine_gate_open": float(read_installation(engine).gate == "open")}
    try:
        found |= together(connection)
        for queue, number in alive.count(connection).items():
            found[series("flowengine_workers", queue=queue)] = number
        found["flowengine_redis_up"] = 1
    except RedisError:
        found["flowengine_redis_up"] = 0
    return _text(found)


def _queues(engine: Engine, now: datetime) -> dict[str, float]:
    waiting: dict[str, float] = {"events": 0, "timers": 0, "orders": 0, "dead_letters": 0}
    oldest = dict(waiting)
    standing = standings(engine, now)
    of_account: dict[str, int] = defaultdict(int)
    for each in standing:
        waiting[each.queue] += each.waiting
        oldest[each.queue] = max(oldest[each.queue], (now - each.oldest).total_seconds())
        of_account[each.account] += each.waiting
    shown = sorted(of_account, key=lambda account: -of_account[account])[:MOST_ACCOUNTS]
    found = {series("flowengine_queue_waiting", queue=queue): number for queue, number in waiting.items()}
    found |= {series("flowengine_queue_oldest_seconds", queue=queue): age for queue, age in oldest.items()}
    for each in standing:
        if each.account in shown:
            labels = {"queue": each.queue, "account": each.account}
            found[series("flowengine_account_waiting", **labels)] = each.waiting
            found[series("flowengine_account_oldest_seconds", **labels)] = (now - each.oldest).total_seconds()
    return found


def _text(found: dict[str, float]) -> str:
    lines = []
    for name, (kind, meaning) in MEANINGS.items():
        own = [field for field in found if _metric(field, kind) == name]
        if own:
            lines += [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}"]
            lines += [f"{field} {found[field]:.10g}" for field in sorted(own, key=_place)]
    return "\n".join(lines) + "\n"


def _metric(field: str, kind: str) -> str:
    name = field.split("{")[0]
    return name.rsplit("_", 1)[0] if kind == "histogram" else name


def _place(field: str) -> tuple[str, float]:
    """Buckets in the order of their bounds."""
    before, le, bound = field.partition('le="')
    return before, float(bound.split('"')[0]) if le else 0
