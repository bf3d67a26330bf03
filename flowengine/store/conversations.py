"""Conversations: their state by compare-and-set."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict
from flowengine.store.area import assignments, json, names, text, values
from flowengine.store.conversation_story import ConversationStory


@dataclass(frozen=True, slots=True)
class Conversation:
    """`version` counts changes of state and owner, not messages: it is what a change must have seen.

    `handoff` {run, turn, goes_on, note}: the run that waits for people to finish. `closing` {by, at, reason}: a
    person has finished while the flow goes on. `transferred` {by, name, to, note}: the last transfer by a person.
    `last_message` {text, author}.
    """

    id: UUID
    contact_id: UUID
    channel_id: UUID
    identity_id: UUID
    state: str
    team_id: UUID
    owner_id: UUID | None
    version: int
    owner_epoch: int
    floor_run_id: UUID | None
    handoff: dict[str, Any] | None
    closing: dict[str, Any] | None
    priority: str
    subject: str | None
    opened_at: datetime
    queued_at: datetime | None
    taken_at: datetime | None
    finished_at: datetime | None
    finished_by: UUID | None
    finish_reason: str | None
    last_message_at: datetime | None
    last_message: dict[str, Any] | None
    last_inbound_at: datetime | None
    unread: int
    waiting_since: datetime | None
    transferred: dict[str, Any] | None
    updated_at: datetime


MAY_CHANGE = {
    "state": "text",
    "team_id": "uuid",
    "owner_id": "uuid",
    "owner_epoch": "integer",
    "floor_run_id": "uuid",
    "handoff": "jsonb",
    "closing": "jsonb",
    "priority": "text",
    "subject": "text",
    "queued_at": "timestamptz",
    "taken_at": "timestamptz",
    "finished_at": "timestamptz",
    "finished_by": "uuid",
    "finish_reason": "text",
    "transferred": "jsonb",
    "unread": "integer",
    "waiting_since": "timestamptz",
}

_OPEN = text(f"""
    insert into conversation (account_id, id, contact_id, channel_id, identity_id, state, team_id,
                              opened_at, updated_at)
    values (:account, :id, :contact, :channel, :identity, 'bot', :team, :now, :now)
    on conflict (account_id, contact_id, channel_id) where state <> 'finished' do nothing
    returning {names(Conversation)}""")
_GET = text(f"select {names(Conversation)} from conversation where account_id = :account and id = :id")
_LOCK = text(f"""
    select {names(Conversation)} from conversation where account_id = :account and id = :id for no key update""")
# The one that is not over, else the last: two looks into indexes, however many talks a contact has had. By `any`, since
# row-level security keeps a bare `coalesce` from being looked up in the key.
_LATEST = text(f"""
    select {names(Conversation)} from conversation
    where account_id = :account and id = any(array(select coalesce(
        (select id from conversation
         where account_id = :account and contact_id = :contact and channel_id = :channel and state <> 'finished'),
        (select id from conversation
         where account_id = :account and contact_id = :contact and channel_id = :channel
         order by opened_at desc, id desc limit 1))))""")
_LOCK_LATEST = text(f"{_LATEST.text} for no key update")
_OF_CONTACT = text(f"""
    select {names(Conversation)} from conversation
    where account_id = :account and contact_id = :contact order by opened_at desc, id desc limit :most""")
_UNFINISHED = text(f"""
    select {names(Conversation)} from conversation
    where account_id = :account and contact_id = any(cast(:contacts as uuid[])) and state <> 'finished'
    order by contact_id, opened_at""")
_UNFINISHED_OF_TEAM = text(f"""
    select {names(Conversation)} from conversation
    where account_id = :account and team_id = :team and state <> 'finished' order by id for no key update""")
_SAID = text("""
    update conversation
    set last_message_at = :now, updated_at = :now, last_message = cast(:last as jsonb),
        last_inbound_at = cast(:inbound as timestamptz), unread = :unread,
        waiting_since = cast(:waiting as timestamptz)
    where account_id = :account and id = :id""")
_READ = text("update conversation set unread = 0 where account_id = :account and id = :id and unread > 0")


class Conversations(ConversationStory):
    def open(self, *, contact_id: UUID, channel_id: UUID, identity_id: UUID, team_id: UUID) -> Conversation | None:
        """A new one in `bot`; None where the contact has an unfinished one on that channel."""
        return self._first(
            Conversation,
            _OPEN,
            id=self._new_id(),
            contact=contact_id,
            channel=channel_id,
            identity=identity_id,
            team=team_id,
            now=self._now,
        )

    def get(self, conversation_id: UUID) -> Conversation | None:
        return self._first(Conversation, _GET, id=conversation_id)

    def lock(self, conversation_id: UUID) -> Conversation | None:
        """The conversation as it is once nobody else holds it. Lanes come first, teams and agents after."""
        return self._first(Conversation, _LOCK, id=conversation_id)

    def latest(self, contact_id: UUID, channel_id: UUID) -> Conversation | None:
        """The unfinished one of a contact on a channel, else the last."""
        return self._first(Conversation, _LATEST, contact=contact_id, channel=channel_id)

    def lock_latest(self, contact_id: UUID, channel_id: UUID) -> Conversation | None:
        """The same, as it is once nobody else holds it."""
        return self._first(Conversation, _LOCK_LATEST, contact=contact_id, channel=channel_id)

    def unfinished(self, contact_ids: Sequence[UUID]) -> list[Conversation]:
        """Of these contacts, on any channel."""
        return self._all(Conversation, _UNFINISHED, contacts=list(contact_ids))

    def unfinished_of_team(self, team_id: UUID) -> list[Conversation]:
        """All of a team that are not over, as they are once nobody else holds them."""
        return self._all(Conversation, _UNFINISHED_OF_TEAM, team=team_id)

    def of_contact(self, contact_id: UUID, most: int = 50) -> list[Conversation]:
        """Newest first."""
        return self._all(Conversation, _OF_CONTACT, contact=contact_id, most=most)

    def change(self, conversation: Conversation, **new: Any) -> Conversation:
        """Set these columns and raise the version; Conflict where it is no longer the one that was seen."""
        statement = text(f"""
            update conversation set {assignments(new, MAY_CHANGE)}, version = version + 1, updated_at = :now
            where account_id = :account and id = :id and version = :seen
            returning {names(Conversation)}""")
        changed = self._first(
            Conversation,
            statement,
            id=conversation.id,
            seen=conversation.version,
            now=self._now,
            **values(new, MAY_CHANGE),
        )
        if changed is None:
            raise Conflict("somebody else was first", detail={"conversation": str(conversation.id)})
        return changed

    def said(self, conversation_id: UUID, *, text: str, author: str) -> Conversation | None:
        """The last thing said, by "contact", "bot" or "agent"; counts what is unread. The version stays."""
        locked = self.lock(conversation_id)
        if locked is None:
            return None
        said = after(locked, text=text, author=author, now=self._now)
        self._run(
            _SAID,
            id=said.id,
            last=json(said.last_message),
            inbound=said.last_inbound_at,
            unread=said.unread,
            waiting=said.waiting_since,
            now=self._now,
        )
        return said

    def read(self, conversation_id: UUID) -> bool:
        """An agent has seen what was unread; whether anything was."""
        return bool(self._run(_READ, id=conversation_id))


def after(talk: Conversation, *, text: str, author: str, now: datetime) -> Conversation:
    """The conversation once this was said in it: who waits since when, and what its agent has not read."""
    said = replace(talk, last_message_at=now, updated_at=now, last_message={"text": text[:200], "author": author})
    if author != "contact":
        return replace(said, waiting_since=None, unread=0 if author == "agent" else talk.unread)
    waits = None if talk.state == "finished" else talk.waiting_since or now
    unread = talk.unread if talk.state in ("bot", "finished") else talk.unread + 1
    return replace(said, last_inbound_at=now, waiting_since=waits, unread=unread)
