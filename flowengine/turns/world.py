"""What surrounds a run, read in the turn's own snapshot and handed to the core as plain values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from flowengine.core.steps import Query, World
from flowengine.desk.hours import hours_as_data
from flowengine.desk.teams import facts_of_team
from flowengine.store.accounts import Account
from flowengine.store.channels import Channel
from flowengine.store.contacts import Contact
from flowengine.store.conversations import Conversation
from flowengine.store.unit import Unit

HOLIDAYS_AHEAD = timedelta(days=400)  # how far a wait for the next opening may have to look


def world_of(account: Account, contact: Contact, channel: Channel, conversation: Conversation) -> World:
    """The usual world: what nearly every turn reads. The rest is asked for."""
    return World(
        contact={
            "id": str(contact.id),
            "name": contact.name,
            "email": contact.email,
            "phone": contact.phone,
            "language": contact.language,
            "timezone": contact.timezone,
        },
        conversation={"id": str(conversation.id), "state": conversation.state, "priority": conversation.priority},
        account={
            "name": account.name,
            "language": account.language,
            "timezone": account.timezone,
            "vars": account.settings.get("vars", {}),
        },
        channel={"kind": channel.kind, "key": channel.key, "name": channel.name},
    )


def look_up(unit: Unit, queries: Iterable[Query]) -> dict[Query, Any]:
    """The answers to what a turn needs; None for what the account does not have."""
    return {query: _ANSWERS[query[0]](unit, query[1]) for query in queries}


def _hours(unit: Unit, key: str) -> Any:
    kind, _, slug = key.partition(":")
    hours = unit.hours.of_team(slug) if kind == "team" else unit.hours.of_account()
    return None if hours is None else hours_as_data(hours, unit.now)


_ANSWERS = {"hours": _hours, "team": facts_of_team}
