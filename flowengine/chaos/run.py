"""A whole fault run: the installation, the contacts, the faults, and at the end what the checker says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import psycopg

from flowengine.chaos import plan
from flowengine.chaos.account import Account, make_account
from flowengine.chaos.checker import differences
from flowengine.chaos.crowd import Crowd
from flowengine.chaos.door import Door
from flowengine.chaos.faults import Faults
from flowengine.chaos.flows import documents
from flowengine.chaos.record import left_over, read_record
from flowengine.chaos.site import Site, open_site

PATIENCE_S = 150.0  # without a word heard, longer than any lease: then something is stuck
DRAIN_S = 60.0


@dataclass(frozen=True)
class Wish:
    """What to do: `visits` and `faults` name flows (flows.py) and kinds (plan.py)."""

    seed: int
    messages: int
    visits: tuple[str, ...]
    faults: tuple[str, ...]
    frozen: float = 16.0
    keep: Path | None = None  # a folder for the installation, which then stays


@dataclass(frozen=True)
class Result:
    """What came of it: how much was done, and everything that was not as it should be."""

    contacts: int
    sent: int
    heard: int
    seconds: float
    faults: Mapping[str, int]
    refusals: Mapping[str, int]
    wrong: tuple[str, ...]


def run(wish: Wish, say: Callable[[str], None]) -> Result:
    """Do it; DidNotStart where there is no installation to do it to."""
    with open_site({}, wish.keep) as site:
        account = make_account(site.environment, documents("http://127.0.0.1:9"))
        return _run(wish, site, account, say)


def _run(wish: Wish, site: Site, account: Account, say: Callable[[str], None]) -> Result:
    scripts = plan.scripts(wish.seed, wish.messages, wish.visits)
    door = Door(site.addresses, account.key, account.token, seed=wish.seed)
    crowd = Crowd(door, scripts, seed=wish.seed)
    begun = monotonic()
    with Faults(site, plan.faults(wish.seed, wish.faults, frozen=wish.frozen), say, seed=wish.seed) as faults:
        went_through = crowd.talk(patience=PATIENCE_S)
    seconds = monotonic() - begun
    door.close()
    wrong = [] if went_through else [f"nothing was heard for {PATIENCE_S:.0f} s, and scripts are not at their end"]
    wrong += _judge(site, account, crowd, wish.seed)
    return Result(
        contacts=len(scripts),
        sent=sum(len(wave) for talk in crowd.talks.values() for wave in talk.waves),
        heard=len(crowd.heard),
        seconds=seconds,
        faults=faults.struck,
        refusals=door.refusals,
        wrong=tuple(wrong),
    )


def _judge(site: Site, account: Account, crowd: Crowd, seed: int) -> list[str]:
    url = site.environment["DATABASE_URL"]
    wrong = [f"{count} {name} are left over" for name, count in _drained(url, account).items()]
    quiet = Door(site.addresses, account.key, account.token, seed=seed)
    try:
        delivered = quiet.read_all(host=0)
        other = quiet.read_all(host=1)
    finally:
        quiet.close()
    if [message["id"] for message in delivered] != [message["id"] for message in other]:
        wrong.append("the two hosts do not give the same messages in the same order")
    if [message["id"] for message in delivered] != crowd.heard:
        twice = [id for id, count in Counter(crowd.heard).items() if count > 1]
        missed = [message["id"] for message in delivered if message["id"] not in {*crowd.heard}]
        wrong.append(f"who read along by cursor got other messages than are there: missed {missed}, twice {twice}")
    record = read_record(url, account.id)
    return wrong + list(differences(record, crowd.talks, account.programs, delivered))


def _drained(url: str, account: Account) -> dict[str, int]:
    """What is left over once the work had time to be done."""
    until = monotonic() + DRAIN_S
    while True:
        try:
            left = left_over(url, account.id)
        except psycopg.OperationalError:  # coming up again from the last fault
            left = {"databases away": 1}
        if not left or monotonic() > until:
            return left
        sleep(0.5)
