"""What a channel brought, as the store takes it in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from flowengine.channels.arrived import Arrived, event
from flowengine.store.receive import Inbound


def as_inbound(arrived: Arrived, *, channel: UUID, now: datetime) -> Inbound:
    """The store gives the event its id and the sender their identity."""
    fact = event(arrived, id="", channel=str(channel), identity="", now=now)
    return Inbound(
        channel_id=channel,
        external_id=arrived.contact,
        provider_id=arrived.id,
        event=fact.as_data(),
        name=arrived.name,
    )
