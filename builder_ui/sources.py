"""What feeds read: an account's live events as each member may see them, and a channel's outgoing messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import orjson

from builder_ui.feed import Entry, Source
from builder_ui.signs import signs_topic
from builder_ui.visibility import Told, entry, visible
from flowengine.jobs.announce import topic
from flowengine.store.unit import Unit

MOST = 500  # entries read at once; the feed looks again at once when there are more


class AccountSource(Source[UUID]):
    """Live events of one account and passing signs of who types and who draws; keys are members.

    Values are of the type Told.
    """

    most = MOST

    def __init__(self, engine: Any, account: UUID) -> None:
        self._engine = engine
        self._account = account
        self._looked: UUID | None = None  # the newest id when all had last been read
        self.topic = topic(account)
        self.signs = signs_topic(account)

    def latest(self) -> int:
        with Unit.open(self._engine, self._account) as unit:
            now = unit.new_id()
            position = unit.live.position()
        self._looked = now
        return position

    def after(self, position: int) -> Sequence[Entry]:
        with Unit.open(self._engine, self._account) as unit:
            now = unit.new_id()
            read = [entry(event) for event in unit.live.read(position, MOST, since=self._looked)]
        if len(read) < MOST:
            self._looked = now
        return read

    def sign(self, payload: bytes) -> Any:
        told = orjson.loads(payload)
        return Told("here" if "flow" in told else "typing", told)

    def share(self, entries: Sequence[Entry], keys: frozenset[UUID]) -> Mapping[UUID, Sequence[Entry]]:
        of_all = [each for each in entries if each.value.name == "here"]  # for everybody: nothing is looked up
        rest = [each for each in entries if each.value.name != "here"]
        if not rest:
            return dict.fromkeys(keys, of_all)
        with Unit.open(self._engine, self._account) as unit:
            return {member: [*of_all, *visible(unit, member, rest)] for member in keys}


class ChannelSource(Source[str | None]):
    """Outgoing messages of one channel and signs for its visitors; keys are contacts' ids there, None hears of all.

    The values of entries with a position are deliveries; signs are {"to", "event", "data"}.
    """

    most = MOST

    def __init__(self, engine: Any, account: UUID, channel: UUID) -> None:
        self._engine = engine
        self._account = account
        self._channel = channel
        self.topic = topic(account)
        self.signs = signs_topic(channel)

    def latest(self) -> int:
        with Unit.open(self._engine, self._account) as unit:
            return unit.outgoing.position(self._channel)

    def after(self, position: int) -> Sequence[Entry]:
        with Unit.open(self._engine, self._account) as unit:
            return [Entry(each.position, each) for each in unit.outgoing.read(self._channel, position, MOST)]

    def sign(self, payload: bytes) -> Any:
        return orjson.loads(payload)

    def share(self, entries: Sequence[Entry], keys: frozenset[str | None]) -> Mapping[str | None, Sequence[Entry]]:
        shares: dict[str | None, list[Entry]] = {key: list(entries) if key is None else [] for key in keys}
        for each in entries:
            if (to := _to(each)) in shares:
                shares[to].append(each)
        return shares


def _to(entry: Entry) -> str:
    to: str = entry.value["to"] if entry.position is None else entry.value.to
    return to
