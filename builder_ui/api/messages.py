"""What people do with a conversation: take, transfer, finish, write, note, type, read."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from apiflask import APIBlueprint
from pydantic import Field

from builder_ui import signs
from builder_ui.api import talks
from builder_ui.api.shapes import Body, MessageItem, NoteItem, Slug
from builder_ui.api.timeline import message_item
from builder_ui.api.viewer import Viewer, after_act, found, viewer
from builder_ui.auth import allowed
from builder_ui.process import here
from builder_ui.units import reading, writing
from flowengine.channels import webchat
from flowengine.core.errors import Conflict, Invalid
from flowengine.desk import acts
from flowengine.effects.deliver import deliver
from flowengine.store.unit import Unit

messages = APIBlueprint("messages", __name__, tag="Conversations")

ClientId = Annotated[str, Field(min_length=8, max_length=64, pattern=r"^[\w.:-]+$")]
LOOKED_BACK = 50  # messages searched for a colleague's reply


class Seen(Body):
    """The version that the person's screen showed."""

    version: int = Field(ge=1)


class Transfer(Seen):
    """To a team's queue, or straight to one of its people."""

    team: Slug
    member: Annotated[str, Field(max_length=36)] | None = None
    note: Annotated[str, Field(max_length=4000)] = ""


class Finish(Seen):
    """People are done."""

    reason: Annotated[str, Field(max_length=200)] | None = None


class NewMessage(Body):
    """A message to the contact; the same `client_id` again is the same message.

    `seen` is the last message that the person's screen showed.
    """

    text: Annotated[str, Field(min_length=1, max_length=4000)]
    client_id: ClientId
    seen: Annotated[str, Field(max_length=100)] | None = None


class NewNote(Body):
    """A private note."""

    text: Annotated[str, Field(min_length=1, max_length=4000)]


@messages.post("/conversations/<uuid:conversation_id>/take")
@allowed("work on conversations")
@messages.input(Seen)
@messages.output(talks.Detail)
def take(conversation_id: UUID, json_data: Seen) -> Any:
    """Own it; 409 with the owner where somebody was first."""
    who = viewer()
    with writing(who.account_id) as unit:
        acts.take(unit, conversation_id, who.person(unit), version=json_data.version)
        _note(unit, who, conversation_id, "conversation_taken")
        return after_act(unit, who, conversation_id)


@messages.post("/conversations/<uuid:conversation_id>/transfer")
@allowed("work on conversations")
@messages.input(Transfer)
@messages.output(talks.Detail)
def transfer(conversation_id: UUID, json_data: Transfer) -> Any:
    """Give it to a team or to a person."""
    who = viewer()
    with writing(who.account_id) as unit:
        by, version, note = who.person(unit), json_data.version, json_data.note.strip()
        if json_data.member is None:
            acts.transfer_to_team(unit, conversation_id, by, team=json_data.team, version=version, note=note)
        else:
            member = _uuid(json_data.member, "/member")
            acts.transfer_to_member(
                unit, conversation_id, by, team=json_data.team, member_id=member, version=version, note=note
            )
        _note(unit, who, conversation_id, "conversation_transferred", team=json_data.team, member=json_data.member)
        return after_act(unit, who, conversation_id)


@messages.post("/conversations/<uuid:conversation_id>/finish")
@allowed("work on conversations")
@messages.input(Finish)
@messages.output(talks.Detail)
def finish(conversation_id: UUID, json_data: Finish) -> Any:
    """End it, or give it back to the flow that waits for that."""
    who = viewer()
    with writing(who.account_id) as unit:
        acts.finish(unit, conversation_id, who.person(unit), version=json_data.version, reason=json_data.reason or None)
        _note(unit, who, conversation_id, "conversation_finished", reason=json_data.reason)
        return after_act(unit, who, conversation_id)


@messages.post("/conversations/<uuid:conversation_id>/messages")
@allowed("work on conversations")
@messages.input(NewMessage)
@messages.output(MessageItem, status_code=201)
def send(conversation_id: UUID, json_data: NewMessage) -> Any:
    """Write to the contact; 409 where a colleague has replied since `seen`."""
    who = viewer()
    with writing(who.account_id) as unit:
        if json_data.seen:
            _nobody_else_replied(unit, who, conversation_id, _uuid(json_data.seen, "/seen"), json_data.client_id)
        sent = acts.send(
            unit,
            conversation_id,
            who.person(unit),
            text=json_data.text,
            client_id=json_data.client_id,
            deliver=deliver,
        )
        _note(unit, who, conversation_id, "message_sent", message=str(sent.id))
        return message_item(
            id=sent.id,
            at=sent.created_at,
            author=sent.author,
            by={"id": who.member_id, "name": who.member.name},
            body=sent.body,
            status=sent.status,
            error=sent.error,
            client_id=sent.client_id,
        )


@messages.post("/conversations/<uuid:conversation_id>/notes")
@allowed("work on conversations")
@messages.input(NewNote)
@messages.output(NoteItem, status_code=201)
def note(conversation_id: UUID, json_data: NewNote) -> Any:
    """Leave a private note."""
    who = viewer()
    with writing(who.account_id) as unit:
        left = acts.add_note(unit, conversation_id, who.person(unit), json_data.text)
        _note(unit, who, conversation_id, "note_left", note=str(left.id))
        by = {"id": who.member_id, "name": who.member.name}
        return {"kind": "note", "id": left.id, "at": left.at, "by": by, "text": left.text}


@messages.post("/conversations/<uuid:conversation_id>/typing")
@allowed("work on conversations")
@messages.output({}, status_code=204)
def typing(conversation_id: UUID) -> Any:
    """The contact and the colleagues are shown that the person types."""
    who = viewer()
    with reading(who.account_id) as unit:
        talk = found(unit, who, conversation_id).conversation
        identity = unit.contacts.identity_by_id(talk.identity_id)
    name = who.member.name
    signs.to_screens(here().redis, who.account_id, conversation=talk.id, who=name, member=who.member_id)
    if identity and talk.owner_id == who.member_id:
        signs.to_visitor(here().redis, talk.channel_id, identity.external_id, "typing", {"who": "agent", "name": name})
    return ""


@messages.post("/conversations/<uuid:conversation_id>/read")
@allowed("work on conversations")
@messages.output({}, status_code=204)
def read(conversation_id: UUID) -> Any:
    """The person has seen what was unread; in the web chat, its visitor sees that they have."""
    who = viewer()
    with writing(who.account_id) as unit:
        seen = acts.read(unit, conversation_id, who.person(unit))
        channel = unit.channels.get(seen[0].channel_id) if seen else None
        identity = unit.contacts.identity_by_id(seen[0].identity_id) if seen else None
    if channel and identity and channel.kind == "webchat":
        for message in seen:
            told = {"id": webchat.client_id(message.provider_id), "status": message.status}
            signs.to_visitor(here().redis, channel.id, identity.external_id, "receipt", told)
    return ""


def _nobody_else_replied(unit: Unit, who: Viewer, conversation_id: UUID, seen: UUID, client_id: str) -> None:
    found(unit, who, conversation_id)
    for message in reversed(unit.messages.latest(conversation_id, LOOKED_BACK)):
        if message.client_id == client_id or message.id <= seen:
            return
        if message.author == "agent" and message.member_id not in (None, who.member_id):
            by = unit.members.get(message.member_id) if message.member_id else None
            name = by.name if by else ""
            detail = {"by": {"id": str(message.member_id), "name": name}}
            raise Conflict(f"{name} has replied meanwhile.", code="colleague_replied", detail=detail)


def _note(unit: Unit, who: Viewer, conversation_id: UUID, what: str, **data: Any) -> None:
    unit.audit.record(
        who.member_id, what, object_kind="conversation", object_id=conversation_id, where_done="inbox", data=data
    )


def _uuid(text: str, pointer: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid("This is no id.", detail={"pointer": pointer}) from None
