"""What a turn knows of its contact: what nearly every turn reads, and the answers to what it asks for besides."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from flowengine.core.events import Happened
from flowengine.core.steps import Query, World
from flowengine.crm import segments
from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit

LATEST_TALKS = 3  # in which a message is looked for


def names_of(contact: Contact, aliases: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """As templates and conditions know the contact: tags and fields by their slugs and by their aliases as well."""
    fields = {
        alias: contact.fields[field] for alias, field in aliases.get("field", {}).items() if field in contact.fields
    }
    return {
        "id": str(contact.id),
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "language": contact.language,
        "timezone": contact.timezone,
        "score": contact.score,
        "tags": all_names(contact.tags, aliases),
        "fields": {**contact.fields, **fields},
        "consent": contact.consent,
        "owner": contact.owner,
        "created_at": contact.created_at.isoformat(),
    }


def all_names(tags: Sequence[str], aliases: Mapping[str, Mapping[str, str]]) -> list[str]:
    """The slugs of tags, and what they are called besides."""
    return [*tags, *(alias for alias, tag in aliases.get("tag", {}).items() if tag in tags)]


def _segment(unit: Unit, contact: Contact, slug: str) -> bool | None:
    return _belongs(unit, contact, slug, segments.DEEPEST)


def _belongs(unit: Unit, contact: Contact, slug: str, levels: int) -> bool | None:
    """None for a segment that there is not."""
    segment = unit.segments.named(slug) if levels else None
    if segment is None:
        return None
    account = unit.accounts.read()
    world = World(
        contact=names_of(contact, account.settings.get("aliases", {})),
        account={"language": account.language, "timezone": account.timezone, "vars": {}},
    )

    def answer(query: Query) -> Any:
        kind, key = query
        return _belongs(unit, contact, key, levels - 1) if kind == "segment" else ANSWERS[kind](unit, contact, key)

    return segments.belongs(segment.definition, world, Happened(id="", at=unit.now), answer)


def _user(unit: Unit, _: Contact, slug: str) -> dict[str, Any] | None:
    member = unit.members.by_slug(slug)
    if member is None:
        return None
    mates = [mate for mate in unit.teams.teammates() if mate.member_id == member.id and mate.agent]
    free = any(mate.open_conversations < mate.capacity for mate in mates)
    return {
        "name": member.name,
        "presence": member.presence,
        "available": member.presence == "online" and free,
        "teams": [each.slug for each in unit.teams.memberships(member.id)],
    }


def _owner(_: Unit, contact: Contact, of: str) -> str | None:
    return contact.owner["slug"] if of == "contact" and contact.owner else None


def _last_agent(_: Unit, contact: Contact, __: str) -> str | None:
    return contact.agent["slug"] if contact.agent else None


def _portfolio(unit: Unit, contact: Contact, _: str) -> dict[str, Any] | None:
    found = next(iter(unit.portfolios.of_contact(contact.id)), None)
    return None if found is None else {"owner": found.owner, "teams": found.teams}


def _happened(unit: Unit, contact: Contact, key: str) -> list[dict[str, Any]]:
    """`key`: event, since when (ISO, or nothing), node (or nothing)."""
    event, since, node = [*key.split("|", 2), "", ""][:3]
    began = datetime.fromisoformat(since) if since else None
    if event == "message.received":
        return _written(unit, contact, began)
    facts = unit.facts.since(contact.id, event, began, node=node or None)
    return [{"at": fact.at.isoformat(), "data": fact.data} for fact in facts]


def _written(unit: Unit, contact: Contact, began: datetime | None) -> list[dict[str, Any]]:
    """What the contact wrote after that moment: the message of a turn belongs to the node that took it.

    Messages are no facts beside the others, they are kept once; of the latest conversations the latest are looked at.
    """
    said = [
        message
        for talk in unit.conversations.of_contact(contact.id, most=LATEST_TALKS)
        for message in unit.messages.latest(talk.id)
        if message.author == "contact" and (began is None or message.created_at > began)
    ]
    said.sort(key=lambda message: (message.created_at, message.id))
    return [{"at": each.created_at.isoformat(), "data": {"text": each.body.get("text", "")}} for each in said]


ANSWERS: Mapping[str, Callable[[Unit, Contact, str], Any]] = {
    "happened": _happened,
    "last_agent": _last_agent,
    "owner": _owner,
    "portfolio": _portfolio,
    "segment": _segment,
    "user": _user,
}
