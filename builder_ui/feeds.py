"""The feeds of a process: one for each account whose screens are open, one for each channel that is listened to."""

from __future__ import annotations

from threading import Lock
from typing import Any
from uuid import UUID

from builder_ui.feed import Feed
from builder_ui.hints import Hints
from builder_ui.sources import AccountSource, ChannelSource


class Feeds:
    """Makes a feed when it is first listened to; one that nobody listens to costs no more than its name."""

    def __init__(self, engine: Any, hints: Hints) -> None:
        self._engine = engine
        self._hints = hints
        self._lock = Lock()
        self._accounts: dict[UUID, Feed[UUID]] = {}
        self._channels: dict[UUID, Feed[str | None]] = {}

    def close(self) -> None:
        """Let everybody who listens go."""
        with self._lock:
            for of_account in self._accounts.values():
                of_account.close()
            for of_channel in self._channels.values():
                of_channel.close()

    def of_account(self, account: UUID) -> Feed[UUID]:
        """The account's live events, by the member who listens."""
        with self._lock:
            if account not in self._accounts:
                self._accounts[account] = Feed(AccountSource(self._engine, account), self._hints)
            return self._accounts[account]

    def of_channel(self, account: UUID, channel: UUID) -> Feed[str | None]:
        """The channel's outgoing messages, by the contact they are for; None hears of all."""
        with self._lock:
            if channel not in self._channels:
                self._channels[channel] = Feed(ChannelSource(self._engine, account, channel), self._hints)
            return self._channels[channel]
