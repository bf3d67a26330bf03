"""Whoever asks about conversations: what they may see, and how one looks to them alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from builder_ui.api import talks
from builder_ui.auth import me
from flowengine.core.errors import NotFound
from flowengine.desk.people import Person, person_of, rights, sight_of
from flowengine.store.inbox import Listed, Sight
from flowengine.store.members import Member
from flowengine.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Viewer:
    """The member who is signed in."""

    account_id: UUID
    member: Member

    @property
    def member_id(self) -> UUID:
        return self.member.id

    def person(self, unit: Unit) -> Person:
        """As the desk knows them."""
        return person_of(unit, self.member)

    def sight(self, unit: Unit) -> Sight:
        """What they may see."""
        return sight_of(self.person(unit))


def viewer() -> Viewer:
    """Who is signed in; 401 where nobody is."""
    person = me()
    return Viewer(person.account_id, person.member)


def found(unit: Unit, who: Viewer, conversation_id: UUID) -> Listed:
    """The conversation; NotFound also for who may not see it."""
    listed = unit.inbox.find(who.sight(unit), conversation_id)
    if listed is None:
        raise NotFound("There is no such conversation.")
    return listed


def after_act(unit: Unit, who: Viewer, conversation_id: UUID) -> dict[str, Any]:
    """The conversation as it is after one's own act, also where that has put it out of one's sight."""
    listed = unit.inbox.find(Sight(member_id=who.member_id, everything=True), conversation_id)
    if listed is None:
        raise NotFound("There is no such conversation.")
    return detail(unit, who, listed)


def detail(unit: Unit, who: Viewer, listed: Listed) -> dict[str, Any]:
    """A conversation alone: its contact, what the viewer may do, the flow that has the word."""
    talk = listed.conversation
    may = rights(talk, who.person(unit))
    return {
        **talks.row(listed, viewer=who.member_id),
        "contact": _contact(unit, who, talk.contact_id),
        "tags": unit.tags.of_conversation(talk.id),
        "may": {"take": may.take, "write": may.write, "transfer": may.transfer, "finish": may.finish},
        "flow": _flow(unit, talk.floor_run_id),
    }


def past(unit: Unit, who: Viewer, contact_id: UUID) -> list[dict[str, Any]]:
    """The contact's conversations that the viewer may see."""
    held = unit.conversations.of_contact(contact_id)
    visible = unit.inbox.seen_by(who.sight(unit), [talk.id for talk in held])
    return [
        {"id": talk.id, "state": talk.state, "opened_at": talk.opened_at, "finished_at": talk.finished_at}
        for talk in held
        if talk.id in visible
    ]


def _contact(unit: Unit, who: Viewer, contact_id: UUID) -> dict[str, Any]:
    contact = unit.contacts.get(contact_id)
    if contact is None:
        raise NotFound("There is no such contact.")
    channels = {channel.id: channel.name for channel in unit.channels.all()}
    return {
        "id": contact.id,
        "name": contact.name or "",
        "email": contact.email,
        "phone": contact.phone,
        "tags": contact.tags,
        "fields": contact.fields,
        "identities": [
            {"channel": channels.get(each.channel_id, ""), "external_id": each.external_id}
            for each in unit.contacts.identities(contact_id)
        ],
        "created_at": contact.created_at,
        "conversations": past(unit, who, contact_id),
    }


def _flow(unit: Unit, run_id: UUID | None) -> dict[str, Any] | None:
    run = unit.runs.get(run_id) if run_id else None
    flow = unit.flows.get(run.flow_id) if run and run.status == "open" else None
    version = unit.flows.version(run.version_id) if run and flow else None
    return {"name": flow.name, "number": version.number} if flow and version else None
