"""Who acts at the desk, and what they may do with a conversation."""

from dataclasses import dataclass
from uuid import UUID

from flowengine.store.conversations import Conversation
from flowengine.store.inbox import Sight
from flowengine.store.members import Member
from flowengine.store.unit import Unit

WORKERS = ("administrator", "supervisor", "agent", "restricted")  # who may own conversations
ALIVE = ("queued", "open", "pending")  # states in which people answer


@dataclass(frozen=True, slots=True)
class Person:
    """A member with the teams they are in (`teams`, by id) and those they lead."""

    id: UUID
    name: str
    role: str
    teams: frozenset[UUID] = frozenset()
    supervises: frozenset[UUID] = frozenset()

    def leads(self, team_id: UUID) -> bool:
        """Whether every conversation of the team is theirs to act in."""
        return self.role == "administrator" or self.role in WORKERS and team_id in self.supervises


@dataclass(frozen=True, slots=True)
class Rights:
    """What one person may do with one conversation as it is now."""

    take: bool
    write: bool
    transfer: bool
    finish: bool


def person_of(unit: Unit, member: Member) -> Person:
    """The member as the desk knows them."""
    memberships = unit.teams.memberships(member.id)
    return Person(
        id=member.id,
        name=member.name,
        role=member.role,
        teams=frozenset(each.team_id for each in memberships),
        supervises=frozenset(each.team_id for each in memberships if each.supervisor),
    )


def rights(conversation: Conversation, person: Person) -> Rights:
    """An agent acts in conversations of their own; who leads the team, and an administrator, in all of it."""
    if person.role not in WORKERS:
        return Rights(take=False, write=False, transfer=False, finish=False)
    state, team = conversation.state, conversation.team_id
    leads = person.leads(team)
    owns = conversation.owner_id == person.id
    may_take = leads or team in person.teams and person.role != "restricted"
    acts = state in ALIVE and (owns or leads) or state == "bot" and leads
    return Rights(
        take=state in ("queued", "bot") and may_take or state == "pending" and owns,
        write=state in ("open", "pending") and owns or state in ALIVE and leads,
        transfer=acts,
        finish=acts,
    )


def sight_of(person: Person) -> Sight:
    """What the person may see: the one filter of all lists, counts and look-ups takes this (store.inbox)."""
    return Sight(
        member_id=person.id,
        everything=person.role == "administrator",
        own_only=person.role in ("restricted", "builder"),
        teams=tuple(sorted(person.teams)),
        supervises=tuple(sorted(person.supervises)) if person.role in WORKERS else (),
    )
