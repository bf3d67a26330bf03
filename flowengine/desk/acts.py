"""What people do at the desk. Each act checks who may, changes by compare-and-set, and tells the screens.

`version` is what the person's screen showed: an act on something older is a Conflict that says who has it now.
"""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict, Invalid, NotAllowed, NotFound
from flowengine.desk import states
from flowengine.desk.changes import apply, tell, who_has
from flowengine.desk.people import Person, person_of, rights, sight_of
from flowengine.store.channels import Channel
from flowengine.store.conversation_story import Note
from flowengine.store.conversations import Conversation
from flowengine.store.messages import Message, NewMessage
from flowengine.store.teams import Team
from flowengine.store.unit import Unit

Deliver = Callable[[Unit, Channel, Sequence[NewMessage]], list[Message]]


def take(unit: Unit, conversation_id: UUID, by: Person, *, version: int, where_done: str = "inbox") -> Conversation:
    """Own it. Of any number who press at once, one does."""
    conversation = _now(unit, conversation_id, by)
    if conversation.version != version and conversation.owner_id != by.id:
        raise Conflict("this conversation has changed meanwhile", detail=who_has(unit, conversation_id))
    try:
        change = states.take(conversation, by, unit.now)
    except Conflict as lost:
        raise Conflict(lost.message, detail=who_has(unit, conversation_id)) from lost
    if change is None:
        return conversation
    return _out_of_the_queue(unit, apply(unit, conversation, change, by=by, where_done=where_done))


def transfer_to_team(
    unit: Unit, conversation_id: UUID, by: Person, *, team: str, version: int, note: str = "", where_done: str = "inbox"
) -> Conversation:
    """To a team's queue, by its slug."""
    conversation = _as_seen(unit, conversation_id, by, version)
    change = states.transfer_to_team(conversation, _team(unit, team), by, unit.now, note)
    return _transferred(unit, conversation, change, by, note, where_done)


def transfer_to_member(
    unit: Unit,
    conversation_id: UUID,
    by: Person,
    *,
    team: str,
    member_id: UUID,
    version: int,
    note: str = "",
    where_done: str = "inbox",
) -> Conversation:
    """Straight to a person, booked under one of their teams."""
    conversation = _as_seen(unit, conversation_id, by, version)
    member = unit.members.get(member_id)
    if member is None or member.removed_at is not None:
        raise Invalid("there is no such person", detail={"pointer": "/member"})
    change = states.transfer_to_member(conversation, _team(unit, team), person_of(unit, member), by, unit.now, note)
    return _transferred(unit, conversation, change, by, note, where_done)


def finish(
    unit: Unit,
    conversation_id: UUID,
    by: Person,
    *,
    version: int,
    reason: str | None = None,
    where_done: str = "inbox",
) -> Conversation:
    """People are done; a flow that waits for that goes on, in a turn of its own."""
    conversation = _as_seen(unit, conversation_id, by, version)
    return apply(unit, conversation, states.finish(conversation, by, unit.now, reason), by=by, where_done=where_done)


def send(
    unit: Unit,
    conversation_id: UUID,
    by: Person,
    *,
    text: str,
    client_id: str,
    deliver: Deliver,
    attachments: Sequence[dict[str, Any]] = (),
) -> Message:
    """Write to the contact. The same `client_id` again gives back the message it made before."""
    # Locked before the contact's line, as a turn does; who had it a moment ago may no longer write in it.
    conversation = unit.conversations.lock(_now(unit, conversation_id, by).id)
    if conversation is None:
        raise NotFound("there is no such conversation")
    id = unit.new_id()
    earlier = unit.messages.once(conversation_id, client_id, id)
    if earlier is not None:
        return _sent(unit, earlier)
    if not rights(conversation, by).write:
        raise NotAllowed("take this conversation before writing in it")
    if not text.strip() and not attachments:
        raise Invalid("there is nothing to send", detail={"pointer": "/text"})
    channel = unit.channels.get(conversation.channel_id)
    if channel is None or channel.archived_at is not None:
        raise Invalid("its channel is closed", code="channel_closed", detail={"pointer": ""})
    body: dict[str, Any] = {"text": text}
    if attachments:
        body["attachments"] = list(attachments)
    message = NewMessage(
        conversation_id=conversation.id,
        contact_id=conversation.contact_id,
        channel_id=conversation.channel_id,
        identity_id=conversation.identity_id,
        author="agent",
        body=body,
        id=id,
        member_id=by.id,
        client_id=client_id,
        effect_id=f"{id}:0:0",
    )
    (sent,) = deliver(unit, channel, [message])
    tell(unit, conversation, by)
    return sent


def add_note(unit: Unit, conversation_id: UUID, by: Person, text: str) -> Note:
    """A private remark: whoever may see the conversation may leave one."""
    conversation = _now(unit, conversation_id, by)
    if not text.strip():
        raise Invalid("an empty note says nothing", detail={"pointer": "/text"})
    note = unit.conversations.add_note(conversation.id, by.id, text)
    tell(unit, conversation, by)
    return note


def read(unit: Unit, conversation_id: UUID, by: Person) -> list[Message]:
    """Its agent has seen what was unread: those messages. A supervisor's look leaves everything as it is."""
    conversation = _now(unit, conversation_id, by)
    if conversation.owner_id != by.id:
        return []
    seen = unit.messages.seen(conversation.id)
    if unit.conversations.read(conversation.id) or seen:
        tell(unit, conversation, by)
    return seen


def _now(unit: Unit, conversation_id: UUID, by: Person) -> Conversation:
    """The conversation as it is; NotFound also for who may not see it. One in `bot` comes with its lane locked."""
    listed = unit.inbox.find(sight_of(by), conversation_id)
    if listed is None:
        raise NotFound("there is no such conversation")
    conversation = listed.conversation
    if conversation.state != "bot":
        return conversation
    unit.lanes.lock([conversation.contact_id])  # its flow may be at work: what we read before may be old
    return unit.conversations.get(conversation_id) or conversation


def _as_seen(unit: Unit, conversation_id: UUID, by: Person, version: int) -> Conversation:
    conversation = _now(unit, conversation_id, by)
    if conversation.version != version:
        raise Conflict("this conversation has changed meanwhile", detail=who_has(unit, conversation_id))
    return conversation


def _team(unit: Unit, slug: str) -> Team:
    team = unit.teams.by_slug(slug)
    if team is None:
        raise Invalid(f"there is no team {slug!r}", detail={"pointer": "/team"})
    return team


def _transferred(
    unit: Unit, conversation: Conversation, change: states.Change, by: Person, note: str, where_done: str
) -> Conversation:
    if note:
        unit.conversations.add_note(conversation.id, by.id, note)
    return _out_of_the_queue(unit, apply(unit, conversation, change, by=by, where_done=where_done))


def _out_of_the_queue(unit: Unit, conversation: Conversation) -> Conversation:
    """Once somebody has it, the limit of time that its flow set for the queue is over."""
    if conversation.state == "open" and conversation.handoff:
        unit.outbox.cancel_timers([UUID(conversation.handoff["run"])])
    return conversation


def _sent(unit: Unit, message_id: UUID) -> Message:
    message = unit.messages.get(message_id)
    if message is None:
        raise NotFound("the message has been deleted")
    return message
