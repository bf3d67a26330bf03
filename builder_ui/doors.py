"""Which channel a public address leads to, remembered for a few seconds: every message from outside asks."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from hmac import compare_digest
from threading import Lock
from time import monotonic
from typing import Any
from uuid import UUID

from flowengine.core.errors import NotFound
from flowengine.store.channels import Channel
from flowengine.store.due import find_channel
from flowengine.store.unit import Unit

KEPT_S = 5.0  # a changed token or a closed channel is noticed after this
MOST = 10_000  # addresses; whoever guesses addresses must not fill the memory


@dataclass(frozen=True, slots=True)
class Door:
    """A channel that can be reached from outside, and the account it is of."""

    account_id: UUID
    channel: Channel

    def opens_to(self, token: str) -> bool:
        """Whether this is the channel's token; none opens a channel that has none. Takes the same time for any."""
        kept = self.channel.token_hash or b""
        return compare_digest(sha256(token.encode()).digest(), kept)


class Doors:
    """The look-ups of one process."""

    def __init__(self, engine: Any) -> None:
        self._engine = engine
        self._lock = Lock()
        self._kept: dict[tuple[str, str], tuple[float, Door | None]] = {}

    def find(self, kind: str, key: str) -> Door:
        """The channel behind a public key; NotFound for a key that leads nowhere."""
        now = monotonic()
        kept = self._kept.get((kind, key))
        if kept is None or now - kept[0] > KEPT_S:
            kept = (now, self._look_up(kind, key))
            with self._lock:
                if len(self._kept) >= MOST:
                    self._kept.clear()
                self._kept[kind, key] = kept
        if kept[1] is None:
            raise NotFound("There is no such channel.")
        return kept[1]

    def _look_up(self, kind: str, key: str) -> Door | None:
        if "\x00" in key:  # PostgreSQL: text cannot hold U+0000
            return None
        place = find_channel(self._engine, kind, key)
        if place is None:
            return None
        with Unit.open(self._engine, place.account_id) as unit:
            channel = unit.channels.get(place.channel_id)
        return None if channel is None or channel.archived_at else Door(place.account_id, channel)
