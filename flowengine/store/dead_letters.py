"""Dead letters: what could not be done after all tries, kept until somebody tries it again or lets it go."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, names, text
from flowengine.store.intake import WAKE


@dataclass(frozen=True, slots=True)
class DeadLetter:
    """`kind` is "event" for what could not be taken, else that of an order; `was` is its row, where that is known."""

    id: UUID
    kind: str
    payload: dict[str, Any]
    error: str
    at: datetime
    was: dict[str, Any] | None


_ALL = text(f"select {names(DeadLetter)} from dead_letter where account_id = :account order by at, id limit :most")
_GET = text(f"select {names(DeadLetter)} from dead_letter where account_id = :account and id = :id for update")
_REMOVE = text("delete from dead_letter where account_id = :account and id = :id")
_EVENT_AGAIN = text(f"""
    with given as (
        select id, payload as event, cast(was ->> 'lane_id' as uuid) as lane_id,
               cast(was ->> 'priority' as smallint) as priority, was
        from dead_letter where account_id = :account and id = :id
    ), {WAKE}
    insert into intake (account_id, id, lane_id, priority, kind, event, channel_id, identity_id, generation,
                        unheard, at)
    select :account, id, lane_id, priority, was ->> 'kind', event, cast(was ->> 'channel_id' as uuid),
           cast(was ->> 'identity_id' as uuid), cast(was ->> 'generation' as smallint),
           lane_id not in (select id from free), :now
    from given""")
_SENT_AGAIN = text("""
    update message set status = 'queued', error = null, status_at = :now
    where account_id = :account and id = cast(:message as uuid) and status = 'failed'""")
# The deadline has passed, or it would not be here: whoever tries again means now.
_ORDER_AGAIN = text("""
    insert into outbox (account_id, id, kind, lane_id, run_id, contact_id, channel_id, conversation_id, number, payload,
                        due_at, owner_epoch, at)
    select :account, w.id, d.kind, w.lane_id, w.run_id, w.contact_id, w.channel_id, w.conversation_id, w.number,
           d.payload - 'recorded', :now, w.owner_epoch, :now
    from dead_letter d cross join lateral jsonb_to_record(d.was) as w(
        id text, lane_id uuid, run_id uuid, contact_id uuid, channel_id uuid, conversation_id uuid, number bigint,
        owner_epoch integer)
    where d.account_id = :account and d.id = :id
    on conflict do nothing""")


class DeadLetters(Area):
    def all(self, most: int = 1000) -> Sequence[DeadLetter]:
        """The oldest first."""
        return self._all(DeadLetter, _ALL, most=most)

    def get(self, letter_id: UUID) -> DeadLetter | None:
        """Locked until the transaction ends, so that nobody tries it again at the same time."""
        return self._first(DeadLetter, _GET, id=letter_id)

    def try_again(self, letter: DeadLetter) -> None:
        """Back to where it was, as if it had just come; its `was` must be known."""
        if letter.kind == "event":
            self._run(_EVENT_AGAIN, id=letter.id, now=self._now)
        else:
            self._run(_SENT_AGAIN, message=letter.payload.get("message"), now=self._now)
            self._run(_ORDER_AGAIN, id=letter.id, now=self._now)
        self.remove(letter.id)

    def remove(self, letter_id: UUID) -> None:
        self._run(_REMOVE, id=letter_id)
