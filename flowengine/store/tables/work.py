"""What is still to be done: events to take, effects owed, streams to be read."""

from sqlalchemy import BigInteger, Boolean, Index, Integer, LargeBinary, SmallInteger, Table, Text, text
from sqlalchemy.dialects.postgresql import JSONB

from flowengine.store.tables.columns import (
    account_id,
    document,
    key,
    metadata,
    personal,
    plain,
    time,
    uid,
    words,
)

seen = Table(
    "seen",
    metadata,
    account_id(),
    uid("channel_id"),
    words("provider_id"),
    uid("event_id"),
    time("at"),
    key("channel_id", "provider_id"),
    Index(None, "account_id", "at"),
)

# No foreign key to contact or lane: writing an event never waits for a turn.
intake = Table(
    "intake",
    metadata,
    account_id(),
    uid("id"),
    uid("lane_id"),
    plain("arrival", BigInteger, number=True),
    plain("priority", SmallInteger, "0"),
    words("kind"),
    personal("event", JSONB(none_as_null=True)),
    uid("channel_id", null=True),
    uid("identity_id", null=True),
    plain("generation", SmallInteger, "0"),
    plain("attempts", SmallInteger, "0"),
    plain("unheard", Boolean, "false"),  # its lane was locked by a turn and so could not be woken
    time("at"),
    key(),
    Index(None, "account_id", "lane_id", "priority", "arrival"),
    Index("intake_unheard_idx", "account_id", "lane_id", postgresql_where=text("unheard")),
)

# What is walked one event at a time. Its id is the contact's.
lane = Table(
    "lane",
    metadata,
    account_id(),
    uid("id"),
    time("due_at", null=True),  # work waits from then on; null: none does
    plain("priority", SmallInteger, "0"),
    key(),
    Index(
        "lane_due_idx",
        "account_id",
        "priority",
        "due_at",
        postgresql_where=text("due_at is not null"),
    ),
)

# An effect owed. A timer is one that is due later. While leased, `due_at` is the lease's end,
# so that one index finds what is due and what a dead worker left.
outbox = Table(
    "outbox",
    metadata,
    account_id(),
    words("id"),
    words("kind"),
    uid("lane_id", null=True),
    uid("run_id", null=True),
    uid("contact_id", null=True),
    uid("channel_id", null=True),
    uid("conversation_id", null=True),
    plain("number", BigInteger, null=True),
    personal("payload", JSONB(none_as_null=True)),
    time("due_at"),
    uid("lease_token", null=True),
    time("lease_until", null=True),
    plain("attempts", Integer, "0"),
    time("deadline", null=True),
    plain("owner_epoch", Integer, null=True),
    words("last_error", null=True),
    time("at"),
    key(),
    Index("outbox_timer_idx", "account_id", "due_at", postgresql_where=text("kind = 'timer'")),
    Index("outbox_order_idx", "account_id", "due_at", postgresql_where=text("kind <> 'timer'")),
    Index(
        "outbox_line_idx",
        "account_id",
        "channel_id",
        "contact_id",
        "number",
        postgresql_where=text("number is not null"),
    ),
    Index("outbox_run_idx", "account_id", "run_id", postgresql_where=text("run_id is not null")),
    Index(
        "outbox_conversation_idx",
        "account_id",
        "conversation_id",
        postgresql_where=text("conversation_id is not null"),
    ),
)

dead_letter = Table(
    "dead_letter",
    metadata,
    account_id(),
    uid("id"),
    words("kind"),
    personal("payload", JSONB(none_as_null=True)),
    words("error"),
    time("at"),
    personal("was", JSONB(none_as_null=True), null=True),  # the row it was, without the payload
    key(),
    Index(None, "account_id", "at"),
)

live_event = Table(
    "live_event",
    metadata,
    account_id(),
    uid("id"),
    plain("position", BigInteger, null=True),
    words("kind"),
    document("ref"),
    time("at"),
    key(),
    Index("live_event_unnumbered_idx", "account_id", "id", postgresql_where=text("position is null")),
    Index(None, "account_id", "position"),
    postgresql_partition_by="RANGE (id)",
)

stream = Table(
    "stream",
    metadata,
    account_id(),
    words("key"),
    plain("last", BigInteger, "0"),
    key("key"),
)

# What a write was answered, by the key its client gave it: a repeat is answered alike and changes nothing.
answer = Table(
    "answer",
    metadata,
    account_id(),
    uid("member_id"),
    words("key"),
    plain("request_hash", LargeBinary),
    plain("status", Integer),
    personal("body", Text),
    time("at"),
    key("member_id", "key"),
    Index(None, "account_id", "at"),
)

audit = Table(
    "audit",
    metadata,
    account_id(),
    uid("id"),
    uid("member_id", null=True),
    words("what"),
    words("object_kind"),
    words("object_id", null=True),
    words("where_done"),
    personal("data", JSONB(none_as_null=True), "'{}'"),
    time("at"),
    key(),
    Index(None, "account_id", "at"),
    Index(None, "account_id", "object_kind", "object_id"),
)
