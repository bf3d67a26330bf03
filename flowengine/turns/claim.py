"""What all events of one claim share, read once: the account, its channels, the flows that answer there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from uuid import UUID

from flowengine.core.dispatch import Trigger, triggers_of
from flowengine.core.program import Program
from flowengine.desk.hours import open_now
from flowengine.store.accounts import Account
from flowengine.store.channels import Channel, LiveFlow
from flowengine.store.unit import Unit
from flowengine.turns.observed import Told
from flowengine.turns.programs import Programs, program_of


class Claim:
    """Lives for one transaction. Read committed: what an admin changes meanwhile counts from the next claim on.

    `told` is what its events and turns came to, for whoever counts once it is committed.
    """

    def __init__(self, unit: Unit, programs: Programs) -> None:
        self.unit = unit
        self.told: list[Told] = []
        self._programs = programs
        self._channels: dict[UUID, Channel | None] = {}
        self._live: dict[UUID, dict[str, LiveFlow]] = {}
        self._triggers: dict[UUID, list[Trigger]] = {}
        self._open: dict[UUID, bool] = {}

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """The unit's; what was told within is forgotten with it."""
        mark = len(self.told)
        try:
            with self.unit.savepoint():
                yield
        except BaseException:
            del self.told[mark:]
            raise

    @cached_property
    def account(self) -> Account:
        return self.unit.accounts.read()

    def channel(self, channel_id: UUID) -> Channel | None:
        if channel_id not in self._channels:
            self._channels[channel_id] = self.unit.channels.get(channel_id)
        return self._channels[channel_id]

    def live_flows(self, channel_id: UUID) -> dict[str, LiveFlow]:
        """By key, in the order in which they are asked."""
        if channel_id not in self._live:
            self._live[channel_id] = {flow.key: flow for flow in self.unit.channels.live_flows(channel_id)}
        return self._live[channel_id]

    def triggers(self, channel_id: UUID) -> list[Trigger]:
        """The start nodes of the flows that answer on a channel at this hour."""
        if channel_id not in self._triggers:
            self._triggers[channel_id] = [
                trigger
                for place, flow in enumerate(self.live_flows(channel_id).values())
                if flow.hours == "always" or self._is_open(channel_id) is (flow.hours == "inside")
                for trigger in triggers_of(
                    self.program(flow.version_id).flow,
                    flow.key,
                    place,
                    any_message=flow.any_message,
                    keywords=flow.keywords,
                )
            ]
        return self._triggers[channel_id]

    def _is_open(self, channel_id: UUID) -> bool:
        """Whether the team that the channel's conversations belong to is there now."""
        if channel_id not in self._open:
            self._open[channel_id] = open_now(self.unit.hours.of_channel(channel_id), self.unit.now)
        return self._open[channel_id]

    def program(self, version_id: UUID) -> Program:
        return program_of(self.unit, self._programs, version_id)
