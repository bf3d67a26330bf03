"""What a fault run does, all of it drawn from the seed: who says what, and what is broken when."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

MESSAGES_EACH = 8  # of a contact, and what the last visit adds: about ten
PUSHED = 0.3  # of the contacts
FETCH_ONLY = ("ajuda",)  # who takes a conversation over cancels what the bot has not yet got through
FAULTS = (
    "kill hot",
    "kill outbox",
    "kill web",
    "kill fleet",
    "empty valkey",
    "kill valkey",
    "restart postgres",
    "freeze hot",
    "freeze outbox",
)
# Longer than a worker's transaction may stand still (store.engine.FENCE), and than an order is leased
# (turns.settle.LEASE, and the call's own limit of 2 s).
FROZEN_S: Mapping[str, float] = {"freeze hot": 16, "freeze outbox": 48}


@dataclass(frozen=True, slots=True)
class Step:
    """What a contact says at once, in whatever order it arrives, and how many messages come of it.

    `presses` is an option of the last menu, instead of words; `after` are seconds of thought beforehand.
    """

    says: tuple[str, ...] = ()
    hears: int = 1
    presses: str | None = None
    after: float = 0

    @property
    def messages(self) -> int:
        return len(self.says) or 1


@dataclass(frozen=True, slots=True)
class Script:
    """All that one contact says on a channel, each step when the answer to the one before is there."""

    sender: str
    channel: str  # "fetch" or "push"
    steps: tuple[Step, ...]

    @property
    def messages(self) -> int:
        return sum(step.messages for step in self.steps)


@dataclass(frozen=True, slots=True)
class Fault:
    """`pause` seconds after the last one, `kind` strikes host 0 or 1; what is frozen stays so for `seconds`."""

    pause: float
    kind: str
    host: int
    seconds: float

    def __str__(self) -> str:
        where = (
            "" if self.kind.split()[1] in ("valkey", "postgres") else f" on host {'one' if self.host == 0 else 'two'}"
        )
        return f"{self.kind}{where}" + (f" for {self.seconds:.0f} s" if self.seconds else "")


def scripts(seed: int, messages: int, visits: tuple[str, ...]) -> list[Script]:
    """Contacts that together say at least so many messages, in visits to these flows."""
    draw, written = Random(f"{seed} scripts"), 0
    found: list[Script] = []
    while written < messages:
        steps: list[Step] = []
        channel = "push" if draw.random() < PUSHED else "fetch"
        fitting = [visit for visit in visits if channel == "fetch" or visit not in FETCH_ONLY] or visits
        while sum(step.messages for step in steps) < min(MESSAGES_EACH, messages - written):
            steps += VISITS[draw.choice(fitting)](draw)
        found.append(Script(f"c{seed}-{len(found)}", channel, tuple(steps)))
        written += found[-1].messages
    return found


def faults(seed: int, kinds: tuple[str, ...]) -> Iterator[Fault]:
    """One after the other, without end; each kind comes up equally often, in an order drawn anew each round."""
    draw = Random(f"{seed} faults")
    while True:
        for kind in draw.sample(kinds, len(kinds)):
            seconds = FROZEN_S.get(kind, 0) * draw.uniform(1.1, 1.4)
            yield Fault(draw.uniform(2, 5), kind, draw.randrange(2), seconds)


def _order(draw: Random) -> list[Step]:
    return [Step(("pedido",)), Step((f"P{draw.randrange(1000):03}",))]


def _reminder(_: Random) -> list[Step]:
    return [Step(("lembrete",), hears=3)]


def _notebook(draw: Random) -> list[Step]:
    bursts = [tuple(f"linha {draw.randrange(10_000)}" for _ in range(draw.randint(1, 4))) for _ in range(2)]
    return [Step(("caderno",)), *(Step(lines, hears=len(lines)) for lines in bursts), Step(("fim",))]


def _silence(_: Random) -> list[Step]:
    return [Step(("silencio",), hears=2)]


def _race(draw: Random) -> list[Step]:
    return [Step(("corrida",)), Step((f"vez {draw.randrange(100)}",), hears=2, after=draw.uniform(1.5, 2.5))]


def _people(draw: Random) -> list[Step]:
    return [Step(("ajuda",)), Step(presses="pessoa", hears=3), Step((str(draw.randint(1, 5)),))]


def _visit(draw: Random) -> list[Step]:
    return [Step(("visita",), hears=2), Step((draw.choice(("azul", "verde", "cinza")),))]


VISITS: Mapping[str, Callable[[Random], list[Step]]] = {
    "pedido": _order,
    "lembrete": _reminder,
    "caderno": _notebook,
    "silencio": _silence,
    "corrida": _race,
    "ajuda": _people,
    "visita": _visit,
}
