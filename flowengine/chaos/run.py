"""A whole fault run: the installation, the contacts, the faults, and at the end what the checker says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from flowengine.chaos import plan
from flowengine.chaos.account import make_account
from flowengine.chaos.agent import Agent
from flowengine.chaos.crowd import Crowd
from flowengine.chaos.door import Door
from flowengine.chaos.faults import Faults
from flowengine.chaos.flows import documents
from flowengine.chaos.judge import Evidence, judge
from flowengine.chaos.peer import PUSH, Peer, open_peer
from flowengine.chaos.site import Site, open_site

PATIENCE_S = 150.0  # without a word heard, longer than any lease: then something is stuck


@dataclass(frozen=True)
class Wish:
    """What to do: `visits` and `faults` name flows (flows.py) and kinds (plan.py)."""

    seed: int
    messages: int
    visits: tuple[str, ...] = tuple(plan.VISITS)
    faults: tuple[str, ...] = plan.FAULTS
    keep: Path | None = None  # a folder for the installation, which then stays


@dataclass(frozen=True)
class Result:
    """What came of it: how much was done, and everything that was not as it should be, in words.

    `repeats` counts what the peer would have done again, did it not look at the keys, `broken_off` the requests to it
    that ended in the middle; `failed` are calls that came to nothing; `refusals` the tries of senders that were not
    taken, by what was answered.
    """

    contacts: int
    sent: int
    heard: int
    pushed: int
    called: int
    failed: int
    repeats: int
    broken_off: int
    seconds: float
    faults: Mapping[str, int]
    refusals: Mapping[str, int]
    wrong: tuple[str, ...]


def run(wish: Wish, say: Callable[[str], None]) -> Result:
    """Do it; DidNotStart where there is no installation to do it to."""
    with open_peer(wish.seed) as peer:
        allowed = {"FLOWENGINE_ALLOW_CALLBACKS_TO": peer.url.removeprefix("http://")}
        with open_site(allowed, wish.keep) as site:
            return _run(wish, site, peer, say)


def _run(wish: Wish, site: Site, peer: Peer, say: Callable[[str], None]) -> Result:
    account = make_account(site.environment, site.secret, documents(peer.url), push_to=peer.url + PUSH)
    scripts = plan.scripts(wish.seed, wish.messages, wish.visits)
    begun = monotonic()
    with ExitStack() as stack:
        doors = {
            name: stack.enter_context(Door(site.addresses, channel.key, channel.token, seed=wish.seed))
            for name, channel in account.channels.items()
        }
        crowd = Crowd(doors, scripts, seed=wish.seed)
        stack.enter_context(Agent(site.addresses, account.email, account.password, seed=wish.seed))
        faults = stack.enter_context(Faults(site, plan.faults(wish.seed, wish.faults), say, seed=wish.seed))
        went_through = crowd.talk(patience=PATIENCE_S)
    seconds = monotonic() - begun
    wrong = [] if went_through else [f"nothing was heard for {PATIENCE_S:.0f} s, and scripts are not at their end"]
    judged = judge(Evidence(site, account, crowd, peer, wish.seed))
    return Result(
        contacts=len(scripts),
        sent=sum(len(wave) for talk in crowd.talks.values() for wave in talk.waves),
        heard=sum(map(len, crowd.heard.values())),
        pushed=len(peer.pushed),
        called=judged.called,
        failed=judged.failed,
        repeats=peer.repeats(),
        broken_off=peer.broken_off,
        seconds=seconds,
        faults=faults.struck,
        refusals=_summed([door.refusals for door in doors.values()]),
        wrong=(*wrong, *judged.wrong),
    )


def _summed(counts: list[dict[str, int]]) -> dict[str, int]:
    return {name: sum(count.get(name, 0) for count in counts) for name in sorted({n for c in counts for n in c})}
