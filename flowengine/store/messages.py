"""Messages: what was said, and what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text
from flowengine.store.partitions import span


@dataclass(frozen=True, slots=True)
class Message:
    """`body` is {text?, options?, attachments?}; `number` counts what was sent to one identity."""

    id: UUID
    conversation_id: UUID
    contact_id: UUID
    channel_id: UUID
    identity_id: UUID
    direction: str
    author: str
    member_id: UUID | None
    body: dict[str, Any]
    provider_id: str | None
    client_id: str | None
    in_reply_to: str | None
    status: str
    error: str | None
    number: int | None
    effect_id: str | None
    run_id: UUID | None
    node: str | None
    created_at: datetime
    status_at: datetime


@dataclass(frozen=True, slots=True)
class NewMessage:
    """`author`: "contact", "bot" or "agent". One of the contact's comes in, all others go out and are numbered."""

    conversation_id: UUID
    contact_id: UUID
    channel_id: UUID
    identity_id: UUID
    author: str
    body: Mapping[str, Any] = field(default_factory=dict)
    id: UUID | None = None
    member_id: UUID | None = None
    provider_id: str | None = None
    client_id: str | None = None
    in_reply_to: str | None = None
    status: str | None = None  # None: "received" or "queued", by author
    effect_id: str | None = None
    run_id: UUID | None = None
    node: str | None = None


_GIVEN = {
    "id": "uuid",
    "conversation_id": "uuid",
    "contact_id": "uuid",
    "channel_id": "uuid",
    "identity_id": "uuid",
    "direction": "text",
    "author": "text",
    "member_id": "uuid",
    "body": "text",
    "provider_id": "text",
    "client_id": "text",
    "in_reply_to": "text",
    "status": "text",
    "effect_id": "text",
    "run_id": "uuid",
    "node": "text",
}
_PLAIN = ", ".join(f"given.{name}" for name in _GIVEN if name != "body")
_NAMES = ", ".join(name for name in _GIVEN if name != "body")
_UNNEST = ", ".join(f"cast(:{name} as {kind}[])" for name, kind in _GIVEN.items())
# Numbers are given by the identity's row, whose lock is held until the commit: so a higher number never
# becomes visible before a lower one.
_ADD = text(f"""
    with given as (
        select * from unnest({_UNNEST}) with ordinality as g({", ".join(_GIVEN)}, place)
    ), counted as (
        update contact_identity i set out_number = i.out_number + g.more
        from (select identity_id, count(*) as more from given where direction = 'out' group by identity_id) g
        where i.account_id = :account and i.id = g.identity_id
        returning i.id, i.out_number - g.more as before
    )
    insert into message (account_id, {_NAMES}, body, number, created_at, status_at)
    select :account, {_PLAIN}, cast(given.body as jsonb),
        case when given.direction = 'out' then counted.before
            + row_number() over (partition by given.identity_id, given.direction order by given.place) end,
        :now, :now
    from given left join counted on counted.id = given.identity_id
    returning {names(Message)}""")
_GET = text(f"select {names(Message)} from message where account_id = :account and id = :id")
_MANY = text(f"select {names(Message)} from message where account_id = :account and id = any(cast(:ids as uuid[]))")
_OF = text(f"""
    select {names(Message)} from message
    where account_id = :account and conversation_id = :conversation and id >= :since and id < :until
    order by id desc limit :most""")
_OF_IDENTITY = text(f"""
    select {names(Message)} from message
    where account_id = :account and conversation_id = any(array(
        select c.id from contact_identity i
        join conversation c on c.account_id = i.account_id and c.contact_id = i.contact_id and c.identity_id = i.id
        where i.account_id = :account and i.id = :identity))
      and id >= :since and id < :until
    order by id desc limit :most""")
_BY_PROVIDER = text(f"""
    select {names(Message)} from message
    where account_id = :account and channel_id = :channel and provider_id = :provider order by id limit 1""")
# A status only moves on: "read" does not become "delivered" by a receipt that comes late.
_MOVES_ON = """
    and array_position(array['queued', 'sent', 'delivered', 'read', 'failed', 'cancelled'], status)
      < case :status when 'failed' then 3 when 'cancelled' then 2
             else array_position(array['queued', 'sent', 'delivered', 'read'], :status) end"""
_MARK = text(f"""
    update message set status = :status, error = :error, provider_id = coalesce(:provider, provider_id),
        status_at = :now
    where account_id = :account and id = any(cast(:ids as uuid[])) and direction = 'out' {_MOVES_ON}
    returning {names(Message)}""")
_MARK_UP_TO = text(f"""
    update message set status = :status, status_at = :now
    where account_id = :account and conversation_id = :conversation and identity_id = :identity
      and id >= :since and id < :until and direction = 'out' and number <= :number {_MOVES_ON}
    returning {names(Message)}""")
_SEEN = text(f"""
    update message set status = 'read', status_at = :now
    where account_id = :account and conversation_id = :conversation and id >= :since and id < :until
      and direction = 'in' and status = 'received'
    returning {names(Message)}""")
_ONCE = text("""
    insert into client_message (account_id, conversation_id, client_id, message_id, at)
    values (:account, :conversation, :client, :message, :now)
    on conflict do nothing""")
_FIRST = text("""
    select message_id from client_message
    where account_id = :account and conversation_id = :conversation and client_id = :client""")


_FORGET_CLIENT_IDS = text("delete from client_message where account_id = :account and at < :before")


class Messages(Area):
    def add(self, messages: Sequence[NewMessage]) -> list[Message]:
        """In the order given, which is the order in which they are sent."""
        if not messages:
            return []
        rows = [_row(message, message.id or self._new_id()) for message in messages]
        columns = {name: [row[place] for row in rows] for place, name in enumerate(_GIVEN)}
        added = {message.id: message for message in self._all(Message, _ADD, **columns, now=self._now)}
        return [added[row[0]] for row in rows]

    def get(self, message_id: UUID) -> Message | None:
        return self._first(Message, _GET, id=message_id)

    def many(self, message_ids: Sequence[UUID]) -> dict[UUID, Message]:
        return {message.id: message for message in self._all(Message, _MANY, ids=list(message_ids))}

    def latest(self, conversation_id: UUID, most: int = 50) -> list[Message]:
        """Oldest first."""
        return self._all(Message, _OF, conversation=conversation_id, most=most, **self._since(conversation_id))[::-1]

    def latest_of_identity(self, identity_id: UUID, most: int = 50) -> list[Message]:
        """What was said with one identity over all its conversations, oldest first."""
        return self._all(Message, _OF_IDENTITY, identity=identity_id, most=most, **self._since(identity_id))[::-1]

    def by_provider(self, channel_id: UUID, provider_id: str) -> Message | None:
        """The message that the channel knows by this id."""
        return self._first(Message, _BY_PROVIDER, channel=channel_id, provider=provider_id)

    def mark(
        self, message_ids: Sequence[UUID], status: str, *, error: str | None = None, provider_id: str | None = None
    ) -> list[Message]:
        """What became of messages sent; those whose status moved on."""
        return self._all(
            Message,
            _MARK,
            ids=list(message_ids),
            status=status,
            error=error,
            provider=provider_id,
            now=self._now,
        )

    def mark_up_to(self, identity_id: UUID, message_id: UUID, status: str) -> list[Message]:
        """The contact has got, or read, everything up to this message of a conversation."""
        last = self.get(message_id)
        if last is None or last.identity_id != identity_id or last.number is None:
            return []
        return self._all(
            Message,
            _MARK_UP_TO,
            identity=identity_id,
            conversation=last.conversation_id,
            number=last.number,
            status=status,
            now=self._now,
            **self._since(last.conversation_id),
        )

    def seen(self, conversation_id: UUID) -> list[Message]:
        """Its agent has seen what the contact wrote; what was new to them, oldest first."""
        news = self._all(Message, _SEEN, conversation=conversation_id, now=self._now, **self._since(conversation_id))
        return sorted(news, key=lambda each: each.id)

    def once(self, conversation_id: UUID, client_id: str, message_id: UUID) -> UUID | None:
        """Keep a client's id of a message; the message that had it before, if this is a repeat."""
        if self._run(_ONCE, conversation=conversation_id, client=client_id, message=message_id, now=self._now):
            return None
        first: UUID = self._value(_FIRST, conversation=conversation_id, client=client_id)
        return first

    def forget_client_ids(self, before: datetime) -> int:
        """Double clicks of what came before then are no longer noticed."""
        return self._run(_FORGET_CLIENT_IDS, before=before)

    def _since(self, owner_id: UUID) -> dict[str, UUID]:
        """The messages of a conversation or an identity are younger than itself."""
        return span(owner_id, self._new_id())


def _row(message: NewMessage, id: UUID) -> tuple[Any, ...]:
    incoming = message.author == "contact"
    return (
        id,
        message.conversation_id,
        message.contact_id,
        message.channel_id,
        message.identity_id,
        "in" if incoming else "out",
        message.author,
        message.member_id,
        json(dict(message.body)),
        message.provider_id,
        message.client_id,
        message.in_reply_to,
        message.status or ("received" if incoming else "queued"),
        message.effect_id,
        message.run_id,
        message.node,
    )
