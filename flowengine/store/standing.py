"""How an account stands: what waits to be done and for how long, and what is stuck."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flowengine.store.area import Area, names, text


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many wait, and since when the one that waits longest does; leased ones are in hand and not counted."""

    events: int
    oldest_event: datetime | None
    timers: int
    oldest_timer: datetime | None
    orders: int
    oldest_order: datetime | None
    dead_letters: int


@dataclass(frozen=True, slots=True)
class Stuck:
    """What will not go on by itself; each with the first of its kind."""

    sleeping_events: int  # their lane was never woken
    sleeping_event: UUID | None
    lost_leases: int  # claimed long ago by somebody who is gone, and not found again
    lost_lease: str | None
    idle_runs: int  # open, and nothing will ever reach them
    idle_run: UUID | None
    silent_talks: int  # with the bot, while no run listens
    silent_talk: UUID | None


@dataclass(frozen=True, slots=True)
class Failing:
    """A channel whose messages do not get through."""

    channel_id: UUID
    name: str
    orders: int
    oldest: datetime
    last_error: str | None


_BACKLOG = text("""
    select * from
        (select count(*), min(at) from intake where account_id = :account) events,
        (select count(*), min(due_at) from outbox
         where account_id = :account and kind = 'timer' and due_at <= :now) timers,
        (select count(*), min(due_at) from outbox
         where account_id = :account and kind <> 'timer' and due_at <= :now) orders,
        (select count(*) from dead_letter where account_id = :account) letters""")
# A walk that waits for what comes from outside waits well. Every other wait has a timer, an order that will be
# answered, or an event on its way; and a walk that waits for nothing would not be open.
_STUCK = text("""
    select * from
        (select count(*), (array_agg(i.id order by i.id))[1] from intake i
         join lane l on l.account_id = i.account_id and l.id = i.lane_id
         where i.account_id = :account and i.at < :then and not i.unheard and l.due_at is null) sleeping,
        (select count(*), min(id) from outbox
         where account_id = :account and lease_until < :then and due_at < :then) leases,
        (select count(*), (array_agg(r.id order by r.id))[1] from run r
         where r.account_id = :account and r.status = 'open' and r.started_at < :then
           and not coalesce(jsonb_path_exists(r.state, '$.wait.until[*] ? (@ == "message_received"
                                                      || @ == "human_finished" || @ == "happened")'), false)
           and not exists (select from outbox o where o.account_id = :account and o.run_id = r.id)
           and not exists (select from intake i where i.account_id = :account and i.lane_id = r.contact_id)) runs,
        (select count(*), (array_agg(c.id order by c.id))[1] from conversation c
         left join run r on r.account_id = c.account_id and r.id = c.floor_run_id
         where c.account_id = :account and c.state = 'bot' and c.updated_at < :then and c.floor_run_id is not null
           and r.status is distinct from 'open') talks""")
_FAILING = text(f"""
    select {names(Failing, "f")} from (
        select o.channel_id, c.name, count(*) as orders, min(o.at) as oldest,
               (array_agg(o.last_error order by o.attempts desc))[1] as last_error
        from outbox o join channel c on c.account_id = o.account_id and c.id = o.channel_id
        where o.account_id = :account and o.kind <> 'timer' and o.attempts >= :tries and o.last_error is not null
        group by o.channel_id, c.name) f
    order by f.oldest""")


# As an event that is new would wake it.
_WAKE = text("""
    update lane l set due_at = :now
    where l.account_id = :account and l.due_at is null and exists (
        select from intake i where i.account_id = :account and i.lane_id = l.id)""")


class Standing(Area):
    def wake(self) -> int:
        """Lanes with events that nobody would wake; how many."""
        return self._run(_WAKE, now=self._now)

    def backlog(self) -> Backlog:
        return Backlog(*self._rows(_BACKLOG, now=self._now)[0])

    def stuck(self, patience: timedelta) -> Stuck:
        """What has not moved for so long; looks at every open run."""
        return Stuck(*self._rows(_STUCK, then=self._now - patience)[0])

    def failing(self, tries: int) -> list[Failing]:
        """Channels with messages that were tried so many times in vain, the longest first."""
        return self._all(Failing, _FAILING, tries=tries)
