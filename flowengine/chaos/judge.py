"""Gathers the evidence once the work is done: what is left over, what the channels give, what is written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

import psycopg

from flowengine.chaos.account import Account
from flowengine.chaos.calls import calls_of, wrong_calls
from flowengine.chaos.checker import differences
from flowengine.chaos.crowd import Crowd, Talk
from flowengine.chaos.door import Door
from flowengine.chaos.peer import Peer
from flowengine.chaos.record import Record, left_over, read_record
from flowengine.chaos.site import Site

RECOVER_S = 40.0  # for a worker to be started again and to give a sign of life
DRAIN_S = 120.0  # longer than a lease, and than a call's

Messages = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class Evidence:
    """Everybody who saw something."""

    site: Site
    account: Account
    crowd: Crowd
    peer: Peer
    seed: int


@dataclass(frozen=True)
class Judged:
    called: int
    failed: int
    wrong: tuple[str, ...]


def judge(evidence: Evidence) -> Judged:
    """Wait until all work is done, then look at everything."""
    url = evidence.site.environment["DATABASE_URL"]
    wrong = [f"{count} {name} are left over" for name, count in _drained(url, evidence.account).items()]
    wrong += [f"the doctor finds: {what}" for what in _ills(evidence.site)]
    record = read_record(url, evidence.account.id)
    delivered: list[Mapping[str, Any]] = []
    for channel in evidence.account.channels:
        found, other = (_read_all(evidence, channel, host=host) for host in range(len(evidence.site.hosts)))
        wrong += _wrong_streams(channel, found, other, evidence.crowd.heard[channel])
        delivered += found
    calls = calls_of(record)
    wrong += differences(record, evidence.crowd.talks, evidence.account.programs, delivered)
    wrong += wrong_calls(calls, evidence.peer)
    wrong += wrong_pushes(record, evidence.crowd.talks, evidence.peer.pushed)
    return Judged(len(calls), sum(not call.ok for call in calls), tuple(wrong))


def _wrong_streams(channel: str, found: Messages, other: Messages, heard: Sequence[str]) -> Iterator[str]:
    """Whoever reads from the beginning gets the same everywhere; who read along by cursor got it too, each once."""
    ids = [message["id"] for message in found]
    if ids != [message["id"] for message in other]:
        yield f"the two hosts do not give the same messages of {channel} in the same order"
    if ids != list(heard):
        twice = [id for id, count in Counter(heard).items() if count > 1]
        missed, more = [id for id in ids if id not in {*heard}], [id for id in heard if id not in {*ids}]
        yield f"who read {channel} along by cursor got it otherwise: missed {missed}, too many {more}, twice {twice}"


def wrong_pushes(record: Record, talks: Mapping[str, Talk], messages: Messages) -> Iterator[str]:
    """Each contact's messages were pushed in order, and none is missing but what a person recalled."""
    pushed: dict[str, list[str]] = {}
    for message in messages:
        pushed.setdefault(message["to"], []).append(message["id"])
    for contact, talk in talks.items():
        if talk.script.channel == "push":
            said = [each for each in record.messages if each.contact == contact and each.direction == "out"]
            got = pushed.get(contact, [])
            stored = [
                str(each.id)
                for each in sorted(said, key=lambda each: each.number or 0)
                if str(each.id) in got or not each.recalled
            ]
            if stored != got:
                yield f"{contact}: pushed were {got}, expected {stored}"


def _read_all(evidence: Evidence, channel: str, *, host: int) -> list[dict[str, Any]]:
    place = evidence.account.channels[channel]
    with Door(evidence.site.addresses, place.key, place.token, seed=evidence.seed) as door:
        return door.read_all(host=host)


def _ills(site: Site) -> list[str]:
    """What is broken for longer than the last fault can explain."""
    until = monotonic() + RECOVER_S
    while (found := site.hosts[0].broken()) and monotonic() < until:
        sleep(2)
    return found


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
