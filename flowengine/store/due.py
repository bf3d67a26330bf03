"""The few questions that are asked before an account is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Engine, text

Work = Literal["hot", "outbox"]

_ACCOUNTS = {
    "hot": text("select account_id from accounts_with_lanes(:now, :most)"),
    "outbox": text("select account_id from accounts_with_orders(:now, :most)"),
}
_EVERY_ACCOUNT = text("select account_id from every_account()")
_STANDINGS = text("select account, queue, waiting, oldest from standings(:now, :most)")
_PRESENT = text("select account_id, member_id from find_present()")
_CHANNEL = text("select account_id, channel_id from find_channel(:kind, :key)")
_ACCOUNT = text("select find_account(:slug)")
_MEMBERSHIPS = text("select account_id, member_id, slug, name, role from find_memberships(:login)")


@dataclass(frozen=True, slots=True)
class ChannelPlace:
    """Where a hook's address leads."""

    account_id: UUID
    channel_id: UUID


@dataclass(frozen=True, slots=True)
class MembershipPlace:
    """An account that a login may enter, and who it is there."""

    account_id: UUID
    member_id: UUID
    slug: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How much is due in a queue of an account ("events", "timers", "orders", "dead_letters"), and since when."""

    account: str
    queue: str
    waiting: int
    oldest: datetime


def standings(engine: Engine, now: datetime, most: int = 10_000) -> list[Standing]:
    """The queues in which anything is due; none is counted further than `most`."""
    with engine.connect() as connection:
        return [Standing(*row) for row in connection.execute(_STANDINGS, {"now": now, "most": most})]


def next_accounts(engine: Engine, work: Work, *, most: int, now: datetime | None = None) -> Sequence[UUID]:
    """Accounts with events or timers to take ("hot") or orders to carry out ("outbox"), most urgent first."""
    with engine.connect() as connection:
        return connection.execute(_ACCOUNTS[work], {"now": now or datetime.now(UTC), "most": most}).scalars().all()


def every_account(engine: Engine) -> Sequence[UUID]:
    """For what is done to all of them in turn, like tidying."""
    with engine.connect() as connection:
        return connection.execute(_EVERY_ACCOUNT).scalars().all()


def find_present(engine: Engine) -> list[tuple[UUID, UUID]]:
    """(account, member) of everybody whom the desk believes to be there, online or away."""
    with engine.connect() as connection:
        return [(account, member) for account, member in connection.execute(_PRESENT)]


def find_channel(engine: Engine, kind: str, key: str) -> ChannelPlace | None:
    """The account and channel behind a public key; None for a key nobody has."""
    with engine.connect() as connection:
        row = connection.execute(_CHANNEL, {"kind": kind, "key": key}).first()
    return None if row is None else ChannelPlace(*row)


def find_account(engine: Engine, slug: str) -> UUID | None:
    """The account of that short name."""
    with engine.connect() as connection:
        found: UUID | None = connection.execute(_ACCOUNT, {"slug": slug}).scalar()
    return found


def find_memberships(engine: Engine, login_id: UUID) -> list[MembershipPlace]:
    """The accounts a login may enter, by name; those it was removed from are not among them."""
    with engine.connect() as connection:
        return [MembershipPlace(*row) for row in connection.execute(_MEMBERSHIPS, {"login": login_id})]
