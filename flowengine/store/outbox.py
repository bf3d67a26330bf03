"""The outbox: effects owed. A timer is one that is due later."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text
from flowengine.store.intake import TIMER, WAKE


@dataclass(frozen=True, slots=True)
class Owed:
    """`id` is `<origin>:<turn>:<index>`: owed twice, it is done once. A `number` puts it in its contact's line on the
    channel: it is not claimed before every lower one is decided. A timer's `payload` is the event it becomes.
    """

    id: str
    kind: str
    payload: Mapping[str, Any]
    due_at: datetime
    lane_id: UUID | None = None
    run_id: UUID | None = None
    contact_id: UUID | None = None
    channel_id: UUID | None = None
    conversation_id: UUID | None = None
    number: int | None = None
    deadline: datetime | None = None
    owner_epoch: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """An effect that was claimed: `lease_token` proves it, `attempts` counts this one."""

    id: str
    kind: str
    payload: dict[str, Any]
    lane_id: UUID | None
    run_id: UUID | None
    contact_id: UUID | None
    channel_id: UUID | None
    conversation_id: UUID | None
    number: int | None
    lease_token: UUID
    attempts: int
    deadline: datetime | None
    owner_epoch: int | None


_GIVEN = names(Owed)
_OWE = text(f"""
    insert into outbox (account_id, {_GIVEN}, at)
    select :account, {_GIVEN}, :now from jsonb_populate_recordset(null::outbox, cast(:orders as jsonb))
    on conflict do nothing""")
_FIRE = text(f"""
    with due as (
        select id from outbox where account_id = :account and kind = 'timer' and due_at <= :now
          and (select gate from installation) = 'open'
        order by due_at limit :most for update skip locked
    ), given as (
        delete from outbox o using due where o.account_id = :account and o.id = due.id
        returning o.id, o.lane_id, o.payload, o.due_at, cast(:priority as smallint) as priority,
                  gen_random_uuid() as event_id
    ), {WAKE}
    insert into intake (account_id, id, lane_id, priority, kind, event, unheard, at)
    select :account, event_id, lane_id, priority, payload ->> 'kind',
           payload || jsonb_build_object('id', event_id, 'at', to_jsonb(cast(:now as timestamptz))),
           lane_id not in (select id from free), :now
    from given order by due_at, id""")
# Leased rows are due again at the end of their lease, so the same index finds what a dead worker left. An order that
# brings a time limit of its own is leased for so much longer.
_CLAIM = text(f"""
    with due as (
        select id, :until + make_interval(secs => coalesce(cast(payload ->> 'time_limit' as float), 0)) as until
        from outbox o
        where account_id = :account and kind <> 'timer' and due_at <= :now
          and (cast(:channel as uuid) is null or channel_id = :channel)
          and (number is null or not exists (
                select from outbox ahead
                where ahead.account_id = :account and ahead.channel_id = o.channel_id
                  and ahead.contact_id = o.contact_id and ahead.number < o.number))
          and (select gate from installation) = 'open'
        order by due_at limit :most for update skip locked
    )
    update outbox o
    set lease_token = :token, lease_until = due.until, due_at = due.until, attempts = o.attempts + 1
    from due where o.account_id = :account and o.id = due.id
    returning {names(Order, "o")}""")
_DONE = text("""
    delete from outbox o using unnest(cast(:ids as text[]), cast(:tokens as uuid[])) as given(id, token)
    where o.account_id = :account and o.id = given.id and o.lease_token = given.token
    returning o.id""")
# Whoever stands behind one that is put off is not due before it: else each look for what is due would find them all.
_LINE = """
    behind as (
        update outbox o set due_at = later.due_at from later
        where o.account_id = :account and o.channel_id = later.channel_id and o.contact_id = later.contact_id
          and o.number > later.number and o.due_at < later.due_at
    )"""
# How many tries ended in a way that is known is put down: one more than that were begun, and one was lost.
_AGAIN = text(f"""
    with later as (
        update outbox
        set due_at = :due, lease_token = null, lease_until = null, last_error = :error,
            payload = payload - 'paced' || jsonb_build_object('recorded', attempts, 'alone', cast(:alone as boolean))
        where account_id = :account and id = :id and lease_token = :token
        returning channel_id, contact_id, number, due_at
    ), {_LINE}
    select true from later""")
# Not tried, and told when its turn is: it is asked no more.
_PACE = text(f"""
    with later as (
        update outbox o
        set due_at = given.due, lease_token = null, lease_until = null, attempts = attempts - 1,
            payload = payload || jsonb_build_object('paced', true)
        from unnest(cast(:ids as text[]), cast(:tokens as uuid[]), cast(:dues as timestamptz[]))
            as given(id, token, due)
        where o.account_id = :account and o.id = given.id and o.lease_token = given.token
        returning o.channel_id, o.contact_id, o.number, o.due_at
    ), {_LINE}
    select count(*) from later""")
_GIVE_UP = text("""
    with gone as (
        delete from outbox where account_id = :account and id = :id and lease_token = :token returning *
    )
    insert into dead_letter (account_id, id, kind, payload, error, at, was)
    select :account, :letter, kind, payload, :error, :now, to_jsonb(gone) - 'payload' from gone""")
# One that is being fired this moment is not waited for: its event comes late, and its run knows that.
_CANCEL_TIMERS = text("""
    delete from outbox where account_id = :account and id = any(array(
        select id from outbox
        where account_id = :account and kind = 'timer' and run_id = any(cast(:runs as uuid[]))
        for update skip locked))""")
_CANCEL_OLDER = text("""
    delete from outbox
    where account_id = :account and conversation_id = :conversation and owner_epoch < :epoch
      and (lease_token is null or lease_until <= :now)
    returning payload ->> 'message'""")
# After an outage of the whole: whatever was to come in so and so long still does.
_SHIFT = text("""
    update outbox set due_at = due_at + :by, deadline = deadline + :by, lease_token = null, lease_until = null
    where account_id = :account""")
_DROP_DUE = text(f"""
    delete from outbox where account_id = :account and kind <> 'timer' and due_at <= :now returning {names(Order)}""")
_PUT_OFF = text("""
    update outbox set due_at = due_at + :by where account_id = :account and kind = 'timer'""")
_DUE = text("""
    select kind, count(*), min(due_at) from outbox where account_id = :account and due_at <= :now
    group by kind order by kind""")
_NEXT = text("select min(due_at) from outbox where account_id = :account and kind <> 'timer'")
_PENDING = text("""
    select exists(select from outbox where account_id = :account and kind <> 'timer' and due_at <= :now)""")


class Outbox(Area):
    """`owed` says whether this transaction owes anything to the outside world: whoever does it is to be told."""

    owed = False

    def owe(self, orders: Sequence[Owed]) -> None:
        """To be done after the commit, each once."""
        self._note(orders)
        if orders:
            self._run(_OWE, orders=json(orders), now=self._now)

    def _note(self, orders: Sequence[Owed]) -> None:
        self.owed = self.owed or any(order.kind != "timer" for order in orders)

    def fire_timers(self, most: int) -> int:
        """Timers that are due become events of their lanes; how many did."""
        return self._run(_FIRE, now=self._now, most=most, priority=TIMER)

    def owes(self) -> bool:
        """Whether an order is due."""
        return bool(self._value(_PENDING, now=self._now))

    def next_due(self) -> datetime | None:
        due: datetime | None = self._value(_NEXT)
        return due

    def claim(self, most: int, *, lease: timedelta, channel: UUID | None = None) -> list[Order]:
        """Orders due, ours until the lease ends. Commit, then perform them with no transaction open."""
        until = self._now + lease
        claimed = self._all(Order, _CLAIM, now=self._now, most=most, token=self._new_id(), until=until, channel=channel)
        return sorted(claimed, key=lambda order: (order.number or 0, order.id))

    def done(self, order: Order) -> bool:
        """It has been performed; False: the lease was lost meanwhile, and the outcome is not ours to record."""
        return bool(self.all_done([order]))

    def all_done(self, orders: Sequence[Order]) -> list[Order]:
        """They have been performed; those whose lease was not lost meanwhile."""
        ids, tokens = [order.id for order in orders], [order.lease_token for order in orders]
        gone = {id for (id,) in self._rows(_DONE, ids=ids, tokens=tokens)}
        return [order for order in orders if order.id in gone]

    def again(self, order: Order, at: datetime, error: str, *, alone: bool = False) -> bool:
        """It failed in a way that passes: once more from `at`; `alone`: not together with others any more."""
        tried = self._value(_AGAIN, id=order.id, token=order.lease_token, due=at, error=error, alone=alone)
        return tried is not None

    def pace(self, orders: Sequence[Order], dues: Sequence[datetime]) -> None:
        """They were claimed too early: back they go, each for its time."""
        ids, tokens = [order.id for order in orders], [order.lease_token for order in orders]
        if orders:
            self._run(_PACE, ids=ids, tokens=tokens, dues=list(dues))

    def give_up(self, order: Order, error: str) -> bool:
        """It will not be done: to the dead letters, and the line goes on."""
        return bool(
            self._run(_GIVE_UP, id=order.id, token=order.lease_token, letter=self._new_id(), error=error, now=self._now)
        )

    def due(self) -> list[tuple[str, int, datetime]]:
        """What is due by its kind: how much, and since when."""
        return self._all(lambda kind, count, since: (kind, count, since), _DUE, now=self._now)

    def drop_due(self) -> list[Order]:
        """Orders that are due, timers apart, leave without being done; what comes of that is the caller's."""
        return self._all(Order, _DROP_DUE, now=self._now)

    def shift(self, by: timedelta) -> None:
        """All of it comes so much later; what was in somebody's hands is in nobody's."""
        self._run(_SHIFT, by=by)

    def shift_timers(self, by: timedelta) -> None:
        """Only the clocks of runs."""
        self._run(_PUT_OFF, by=by)

    def cancel_timers(self, run_ids: Sequence[UUID]) -> int:
        """Those of waits that are over."""
        return self._run(_CANCEL_TIMERS, runs=list(run_ids))

    def cancel_older(self, conversation_id: UUID, epoch: int) -> list[UUID]:
        """Orders that nobody had claimed when a person took the conversation over; the messages they were to send."""
        rows = self._rows(_CANCEL_OLDER, conversation=conversation_id, epoch=epoch, now=self._now)
        return [UUID(message) for (message,) in rows if message is not None]
