"""Who is responsible for a contact: one user, or one of a team's in turn or with the least to do."""

from dataclasses import replace
from datetime import UTC, datetime

from flowengine.core.errors import Invalid
from flowengine.crm.actor import Actor, leave_traces
from flowengine.store.contacts import Contact
from flowengine.store.members import Member
from flowengine.store.teams import Teammate
from flowengine.store.unit import Unit

_NEVER = datetime.min.replace(tzinfo=UTC)


def set_owner(unit: Unit, contact: Contact, slug: str | None, actor: Actor) -> Contact:
    """The user of this slug, or nobody."""
    return assign(unit, contact, None if slug is None else _user(unit, slug), actor)


def assign(unit: Unit, contact: Contact, owner: Member | None, actor: Actor) -> Contact:
    """Who has the contact already keeps the time since when."""
    if contact.owner_id == (None if owner is None else owner.id):
        return contact
    owner_id, since = (None, None) if owner is None else (owner.id, unit.now)
    unit.contacts.change(contact.id, owner_id=owner_id, owner_at=since)
    named = None if owner is None else {"slug": owner.slug, "name": owner.name}
    data = {"from": contact.owner and contact.owner["slug"], "to": named and named["slug"]}
    leave_traces(unit, contact.id, actor, "owner_changed", data)
    return replace(contact, owner_id=owner_id, owner=named)


def next_in_turn(unit: Unit, team: str | None) -> Member | None:
    """Whoever of the team's agents was given a contact longest ago; None where it has none.

    Nothing is locked: two turns at one moment may come upon the same person, and the next evens it out.
    """
    mates = _agents(unit, team)
    last = unit.contacts.last_assigned([mate.member_id for mate in mates])
    return _first(unit, sorted(mates, key=lambda mate: (last.get(mate.member_id) or _NEVER, mate.name, mate.member_id)))


def least_busy(unit: Unit, team: str | None) -> Member | None:
    """Whoever of the team's agents has the fewest open conversations; those online come first."""
    mates = _agents(unit, team)
    last = unit.contacts.last_assigned([mate.member_id for mate in mates])
    order = sorted(
        mates,
        key=lambda mate: (
            mate.presence != "online",
            mate.open_conversations,
            last.get(mate.member_id) or _NEVER,
            mate.member_id,
        ),
    )
    return _first(unit, order)


def _agents(unit: Unit, slug: str | None) -> list[Teammate]:
    """Of a team, or without one of all teams."""
    team = None if slug is None else unit.teams.by_slug(slug)
    if slug is not None and team is None:
        raise Invalid(f"there is no team {slug!r}", detail={"pointer": "/team"})
    agents = [mate for mate in unit.teams.teammates(None if team is None else team.id) if mate.agent]
    return list({mate.member_id: mate for mate in agents}.values())


def _first(unit: Unit, mates: list[Teammate]) -> Member | None:
    return unit.members.get(mates[0].member_id) if mates else None


def _user(unit: Unit, slug: str) -> Member:
    member = unit.members.by_slug(slug)
    if member is None:
        raise Invalid(f"there is no user {slug!r}", detail={"pointer": "/owner"})
    return member
