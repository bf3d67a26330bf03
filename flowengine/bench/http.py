"""How fast a whole installation answers: from a POST on the generic channel to the reply that its sender fetches.

Three loads: messages as fast as 64 connections bring them one by one; the same in batches; and a steady rate, whose
messages leave when they are due. Every message must be answered exactly as its flow says, or there are no figures.
"""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter, process_time, sleep

from uuid_utils.compat import uuid7

from flowengine.bench import account, counts, yardsticks
from flowengine.bench.account import Account
from flowengine.bench.figures import Figures, Plan
from flowengine.bench.installation import Installation
from flowengine.bench.load import Load, Shape
from flowengine.bench.people import People
from flowengine.bench.tally import Tally
from flowengine.bench.usage import Processes, used_ms

CONNECTIONS = 64
CONTACTS = 2_000
BATCH = 20
BATCHING = 16  # connections of senders that batch
WARM_UP_S = 2.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What a load took, from its first message to its last answer."""

    tally: Tally
    seconds: float
    posting: float  # of them, until the last message was taken in
    cpu: dict[str, float]  # milliseconds by part
    generator: float  # milliseconds of CPU
    transactions: float
    jobs: int


def measure(installation: Installation, plan: Plan) -> list[Figures]:
    """A set of figures a run; raises BenchFailed where a message was not answered as it should have been."""
    bench = Bench(installation, account.of(installation.settings, plan.account, CONTACTS))
    bench.load("warm", one_by_one(min(WARM_UP_S, plan.seconds)))
    background = bench.background_per_s(plan.lag)
    return [bench.run(place, plan, background) for place in range(plan.runs)]


def one_by_one(seconds: float) -> Shape:
    return Shape(lambda load: load.saturate(seconds), connections=CONNECTIONS)


def batched(seconds: float) -> Shape:
    return Shape(lambda load: load.saturate(seconds), connections=BATCHING, batch=BATCH)


def steady(plan: Plan) -> Shape:
    return Shape(lambda load: load.steady(plan.rate, plan.seconds), connections=CONNECTIONS, waiting=True)


class Bench:
    """Puts loads on an installation and takes account of what they cost."""

    def __init__(self, installation: Installation, sender: Account) -> None:
        self._installation = installation
        self._settings = installation.settings
        self._sender = sender
        self._processes = Processes(installation)
        self._begun = uuid7().hex[:12]  # of two benches on one account no message has the id of another
        # Those of a filled account go on where the load before has left them.
        self._known = People(self._begun, CONTACTS, sender=sender.people) if sender.people else None
        self._cursor = ""

    def background_per_s(self, lag: float) -> float:
        """Transactions a second of an installation that nobody writes to."""
        before, begun = counts.transactions(self._settings, lag), perf_counter()
        sleep(lag)
        return (counts.transactions(self._settings, lag) - before) / (perf_counter() - begun)

    def run(self, place: int, plan: Plan, background: float) -> Figures:
        """All loads once, and what the machine allows at this time."""
        fsync = yardsticks.fsync_ms(self._settings.data)
        limit = yardsticks.limit_per_s(self._settings, seconds=plan.seconds)
        one = self.cost(f"one{place}", one_by_one(plan.seconds), background, plan.lag)
        many = self.cost(f"many{place}", batched(plan.seconds), background, plan.lag)
        calm = self.cost(f"calm{place}", steady(plan), background, plan.lag)
        per_s = len(one.tally) / one.seconds
        return {
            "saturated_per_s": per_s,
            "batched_per_s": len(many.tally) / many.seconds,
            "p50_ms": calm.tally.wait_ms(0.5),
            "p99_ms": calm.tally.wait_ms(0.99),
            **_of("", one),
            "generator_cpu_ms_per_message": one.generator / len(one.tally),
            "taken_in_per_s": len(one.tally) / one.posting,
            **_of("batched_", many),
            **_of("steady_", calm),
            "messages": len(one.tally) + len(many.tally) + len(calm.tally),
            "background_transactions_per_s": background,
            "limit_transactions_per_s": limit,
            "share_of_limit": per_s / limit,
            "fsync_ms": fsync,
        }

    def cost(self, name: str, shape: Shape, background: float, lag: float) -> Cost:
        """Put a load on it and say what it took; `background` transactions a second are not the load's."""
        transactions, begun = counts.transactions(self._settings, lag), perf_counter()
        jobs, cpu, own, started = counts.jobs(self._settings), self._processes.cpu_s(), process_time(), perf_counter()
        posted, tally = self.load(name, shape)
        spent, generator = used_ms(cpu, self._processes.cpu_s()), process_time() - own
        queued = counts.jobs(self._settings) - jobs
        counted = counts.transactions(self._settings, lag) - transactions - background * (perf_counter() - begun)
        return Cost(tally, tally.last - started, posted - started, spent, generator * 1000, counted, queued)

    def load(self, name: str, shape: Shape) -> tuple[float, Tally]:
        """Put a load on it; when the last message was in, and how all were answered.

        Contacts are new ones, but on an account that was filled.
        """
        people = self._known or People(f"{self._begun}-{name}", CONTACTS)
        with Load(self._installation.address, self._sender, people, shape, after=self._cursor) as load:
            shape.post(load)
            posted = perf_counter()
            load.settle()
        self._cursor = load.cursor
        return posted, load.tally


def _of(prefix: str, cost: Cost) -> dict[str, float]:
    messages = len(cost.tally)
    return {
        f"{prefix}cpu_ms_per_message": sum(cost.cpu.values()) / messages,
        f"{prefix}transactions_per_message": cost.transactions / messages,
        f"{prefix}rq_jobs_per_message": cost.jobs / messages,
        **{f"{prefix}cpu_ms_{part}": spent / messages for part, spent in sorted(cost.cpu.items())},
    }
