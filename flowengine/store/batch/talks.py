"""Conversations, what is said in them and what surrounds them, as a batch holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flowengine.core.errors import Conflict
from flowengine.store.area import text
from flowengine.store.batch.holding import Holding
from flowengine.store.conversation_story import ConversationEvent
from flowengine.store.conversations import MAY_CHANGE, Conversation, Conversations, after
from flowengine.store.live import Live
from flowengine.store.messages import Message, Messages, NewMessage
from flowengine.store.outgoing import Outgoing
from flowengine.store.surroundings import AroundConversations, Surroundings

_NUMBER = text("""
    select out_number from contact_identity where account_id = :account and id = :id for no key update""")
_SLUG = text("select slug from team where account_id = :account and id = :id")


class BatchConversations(Holding, Conversations):
    """One that is not held is locked as ever, and then held."""

    def open(self, *, contact_id: UUID, channel_id: UUID, identity_id: UUID, team_id: UUID) -> Conversation | None:
        latest = self.lock_latest(contact_id, channel_id)
        if latest is not None and latest.state != "finished":
            return None
        new = _new(self._new_id(), contact_id, channel_id, identity_id, team_id, self._now)
        rows = self._batch
        rows.held.talks[new.id] = new
        rows.held.latest[contact_id, channel_id] = new.id
        rows.held.tags[new.id] = []
        rows.kept.opened.add(new.id)
        return new

    def get(self, conversation_id: UUID) -> Conversation | None:
        return self._batch.held.talks.get(conversation_id) or super().get(conversation_id)

    def lock(self, conversation_id: UUID) -> Conversation | None:
        return self._batch.held.talks.get(conversation_id) or self._hold(super().lock(conversation_id))

    def lock_latest(self, contact_id: UUID, channel_id: UUID) -> Conversation | None:
        held = self._batch.held
        place = contact_id, channel_id
        if place in held.latest:
            known = held.latest[place]
            if known is None or known in held.talks:
                return held.talks[known] if known else None
        latest = self._hold(super().lock_latest(contact_id, channel_id))
        held.latest[place] = latest.id if latest else None
        return latest

    def change(self, conversation: Conversation, **new: Any) -> Conversation:
        if new.keys() - MAY_CHANGE.keys() or not new:
            raise TypeError(f"cannot change {sorted(new)}")
        now = self.lock(conversation.id)
        if now is None or now.version != conversation.version:
            raise Conflict("somebody else was first", detail={"conversation": str(conversation.id)})
        return self._keep(replace(now, **new, version=now.version + 1, updated_at=self._now))

    def said(self, conversation_id: UUID, *, text: str, author: str) -> Conversation | None:
        talk = self.lock(conversation_id)
        return None if talk is None else self._keep(after(talk, text=text, author=author, now=self._now))

    def record(
        self,
        conversation_id: UUID,
        what: str,
        *,
        where_done: str,
        member_id: UUID | None = None,
        data: Mapping[str, Any] | None = None,
    ) -> ConversationEvent:
        event = ConversationEvent(
            self._new_id(), conversation_id, what, member_id, where_done, dict(data or {}), self._now
        )
        self._batch.kept.story.append(event)
        return event

    def _hold(self, talk: Conversation | None) -> Conversation | None:
        if talk is not None:
            self._batch.held.talks[talk.id] = talk
        return talk

    def _keep(self, talk: Conversation) -> Conversation:
        self._batch.held.talks[talk.id] = talk
        self._batch.kept.changed.add(talk.id)
        return talk


class BatchMessages(Holding, Messages):
    """Numbers are given from the identity's row, which is locked with the first of them."""

    def add(self, messages: Sequence[NewMessage]) -> list[Message]:
        added = [self._made(message) for message in messages]
        self._batch.kept.messages += added
        return added

    def _made(self, new: NewMessage) -> Message:
        incoming = new.author == "contact"
        return Message(
            id=new.id or self._new_id(),
            conversation_id=new.conversation_id,
            contact_id=new.contact_id,
            channel_id=new.channel_id,
            identity_id=new.identity_id,
            direction="in" if incoming else "out",
            author=new.author,
            member_id=new.member_id,
            body=dict(new.body),
            provider_id=new.provider_id,
            client_id=new.client_id,
            in_reply_to=new.in_reply_to,
            status=new.status or ("received" if incoming else "queued"),
            error=None,
            number=None if incoming else self._next(new.identity_id),
            effect_id=new.effect_id,
            run_id=new.run_id,
            node=new.node,
            created_at=self._now,
            status_at=self._now,
        )

    def _next(self, identity_id: UUID) -> int:
        numbers = self._batch.held.numbers
        if identity_id not in numbers:
            numbers[identity_id] = self._value(_NUMBER, id=identity_id)
        numbers[identity_id] += 1
        return numbers[identity_id]


class BatchOutgoing(Holding, Outgoing):
    """Written with the messages themselves."""

    def put(self, messages: Sequence[Message]) -> None:
        self._batch.kept.put.update(message.id for message in messages)


class BatchLive(Holding, Live):
    def keep(self, events: Sequence[Mapping[str, Any]]) -> None:
        self._batch.kept.live += events


class BatchSurroundings(Holding, AroundConversations):
    """A team's slug is read once a batch; tags are those held, until somebody puts on or takes off."""

    def of(self, conversation_id: UUID, team_id: UUID) -> Surroundings:
        tags = self._batch.held.tags.get(conversation_id)
        if tags is None:
            return super().of(conversation_id, team_id)
        slugs = self._batch.shared.slugs
        if team_id not in slugs:
            slugs[team_id] = self._value(_SLUG, id=team_id)
        return Surroundings(slugs[team_id], tags)


def _new(id: UUID, contact: UUID, channel: UUID, identity: UUID, team: UUID, now: Any) -> Conversation:
    return Conversation(
        id=id,
        contact_id=contact,
        channel_id=channel,
        identity_id=identity,
        state="bot",
        team_id=team,
        owner_id=None,
        version=1,
        owner_epoch=0,
        floor_run_id=None,
        handoff=None,
        closing=None,
        priority="normal",
        subject=None,
        opened_at=now,
        queued_at=None,
        taken_at=None,
        finished_at=None,
        finished_by=None,
        finish_reason=None,
        last_message_at=None,
        last_message=None,
        last_inbound_at=None,
        unread=0,
        waiting_since=None,
        transferred=None,
        updated_at=now,
    )
