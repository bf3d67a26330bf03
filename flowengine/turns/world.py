"""What surrounds a run, read in the turn's own snapshot and handed to the core as plain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any

from flowengine.core.steps import Query, World
from flowengine.desk.hours import hours_as_data
from flowengine.desk.teams import facts_of_team
from flowengine.store.accounts import Account
from flowengine.store.channels import Channel
from flowengine.store.contacts import Contact
from flowengine.store.conversations import Conversation
from flowengine.store.surroundings import Surroundings
from flowengine.store.unit import Unit
from flowengine.turns import about_account, about_contact, about_conversation

HOLIDAYS_AHEAD = timedelta(days=400)  # how far a wait for the next opening may have to look


def world_of(
    account: Account, contact: Contact, channel: Channel, conversation: Conversation, around: Surroundings
) -> World:
    """The usual world: what nearly every turn reads. The rest is asked for."""
    return World(
        contact=about_contact.names_of(contact, account.settings.get("aliases", {})),
        conversation={
            "id": str(conversation.id),
            "state": conversation.state,
            "priority": conversation.priority,
            "team": around.team,
            "tags": about_contact.all_names(around.tags, account.settings.get("aliases", {})),
            "opened_at": conversation.opened_at.isoformat(),
        },
        account={
            "name": account.name,
            "language": account.language,
            "timezone": account.timezone,
            "vars": account.settings.get("vars", {}),
        },
        channel={"kind": channel.kind, "key": channel.key, "name": channel.name},
        agent={"name": contact.agent["name"]} if contact.agent else {},
    )


def look_up(unit: Unit, contact: Contact, queries: Iterable[Query]) -> dict[Query, Any]:
    """The answers to what a turn needs to know of this contact and its account; None for what is not there."""
    return {query: _ANSWERS[query[0]](unit, contact, query[1]) for query in queries}


def _hours(unit: Unit, _: Contact, key: str) -> Any:
    kind, slug = key.partition(":")[::2]
    hours = unit.hours.of_team(slug) if kind == "team" else unit.hours.of_account()
    return None if hours is None else hours_as_data(hours, unit.now)


def _team(unit: Unit, _: Contact, slug: str) -> Any:
    return facts_of_team(unit, slug)


def _flow(unit: Unit, _: Contact, key: str) -> Any:
    version = unit.flows.live_by_key(key)
    return None if version is None else {"version": str(version), "name": key}


_ANSWERS: Mapping[str, Callable[[Unit, Contact, str], Any]] = {
    **about_account.ANSWERS,
    **about_contact.ANSWERS,
    **about_conversation.ANSWERS,
    "flow": _flow,
    "hours": _hours,
    "team": _team,
}
