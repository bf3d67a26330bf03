"""A channel's outgoing stream: what it is to deliver, read by cursor, each message once and none skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, text
from flowengine.store.messages import Message
from flowengine.store.order import NUMBERING, last, number
from flowengine.store.partitions import span


@dataclass(frozen=True, slots=True)
class Delivery:
    """An outgoing message at its place in the stream; `to` is the contact's id on the channel."""

    position: int
    message_id: UUID
    identity_id: UUID
    to: str
    author: str
    member_id: UUID | None
    member_name: str | None
    body: dict[str, Any]
    in_reply_to: str | None
    status: str
    created_at: datetime


_PUT = text("""
    insert into outgoing (account_id, channel_id, message_id, identity_id, number, at)
    select :account, g.channel_id, g.message_id, g.identity_id, g.number, :now
    from unnest(cast(:channels as uuid[]), cast(:messages as uuid[]), cast(:identities as uuid[]),
                cast(:numbers as bigint[])) as g(channel_id, message_id, identity_id, number)
    on conflict do nothing""")
_WAITING = text("""
    select exists(
        select from outgoing where account_id = :account and channel_id = :channel and position is null)""")
# By time, but never a contact's message before one with a lower number: clocks of two machines differ.
_GIVE = text(f"""
    with timed as (
        select message_id, identity_id, number,
            max(at) over (partition by identity_id order by number) as not_before
        from outgoing where account_id = :account and channel_id = :channel and position is null
    ), fresh as (
        select message_id, row_number() over (order by not_before, identity_id, number) as place from timed
    ), {NUMBERING}
    update outgoing o set position = base.last + fresh.place
    from fresh, base
    where o.account_id = :account and o.channel_id = :channel and o.message_id = fresh.message_id
      and o.position is null""")
# Each message is looked up by its id, whatever is believed of how many an account has: `offset 0` keeps that apart.
_READ = text("""
    select o.position, m.id, o.identity_id, i.external_id, m.author, m.member_id, p.name, m.body, m.in_reply_to,
           m.status, m.created_at
    from outgoing o
    cross join lateral (
        select * from message
        where account_id = :account and id = o.message_id and id >= :since and id < :until and status <> 'cancelled'
        offset 0
    ) m
    cross join lateral (
        select external_id from contact_identity where account_id = :account and id = o.identity_id offset 0
    ) i
    left join member p on p.account_id = :account and p.id = m.member_id
    where o.account_id = :account and o.channel_id = :channel and o.position > :after
      and (cast(:identity as uuid) is null or o.identity_id = cast(:identity as uuid))
    order by o.position limit :most""")
KEPT_FOR = timedelta(days=30)  # cursors live as long as what they point past
_FORGET = text("delete from outgoing where account_id = :account and at < :before")


class Outgoing(Area):
    def put(self, messages: Sequence[Message]) -> None:
        """Outgoing messages that their channel's reader is to fetch."""
        if messages:
            self._run(
                _PUT,
                channels=[message.channel_id for message in messages],
                messages=[message.id for message in messages],
                identities=[message.identity_id for message in messages],
                numbers=[message.number for message in messages],
                now=self._now,
            )

    def read(self, channel_id: UUID, after: int, most: int = 100, *, identity_id: UUID | None = None) -> list[Delivery]:
        """What follows a position, to everybody or to one identity; numbers what has been committed."""
        number(self, _stream(channel_id), _WAITING, _GIVE, channel=channel_id)
        newest = self._new_id()
        bounds = span(newest, newest, KEPT_FOR)
        return self._all(Delivery, _READ, channel=channel_id, after=after, most=most, identity=identity_id, **bounds)

    def position(self, channel_id: UUID) -> int:
        """Where the stream stands now."""
        number(self, _stream(channel_id), _WAITING, _GIVE, channel=channel_id)
        return last(self, _stream(channel_id))

    def forget(self, before: datetime) -> int:
        return self._run(_FORGET, before=before)


def _stream(channel_id: UUID) -> str:
    return f"outgoing:{channel_id}"
