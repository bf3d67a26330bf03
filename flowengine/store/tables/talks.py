"""Channels, the conversations that run over them, and what was said."""

from sqlalchemy import BigInteger, Index, Integer, LargeBinary, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

from flowengine.store.tables.columns import (
    account_id,
    belongs,
    document,
    key,
    metadata,
    one_of,
    personal,
    plain,
    time,
    uid,
    words,
)

STATES = ("bot", "queued", "open", "pending", "finished")

channel = Table(
    "channel",
    metadata,
    account_id(),
    uid("id"),
    words("key"),
    words("kind"),
    words("name"),
    document("config", "'{}'"),
    plain("token_hash", LargeBinary, null=True),
    words("callback_url", null=True),
    plain("callback_secret", LargeBinary, null=True),  # sealed by whoever sets it; never plain text
    uid("team_id"),
    time("created_at"),
    time("archived_at", null=True),
    key(),
    UniqueConstraint("account_id", "key"),
    belongs("team_id", "team"),
    one_of("kind", ("webchat", "http")),
)

conversation = Table(
    "conversation",
    metadata,
    account_id(),
    uid("id"),
    uid("contact_id"),
    uid("channel_id"),
    uid("identity_id"),
    words("state"),
    uid("team_id"),
    uid("owner_id", null=True),
    plain("version", Integer, "1"),
    plain("owner_epoch", Integer, "0"),  # raised by a take-over: bot messages of an older one are not sent
    uid("floor_run_id", null=True),
    personal("handoff", JSONB(none_as_null=True), null=True),  # {run, turn, goes_on, note}
    personal("closing", JSONB(none_as_null=True), null=True),  # a person's finish while the flow goes on
    words("priority", "'normal'"),
    personal("subject", Text, null=True),  # what it is about, in a few words
    time("opened_at"),
    time("queued_at", null=True),
    time("taken_at", null=True),
    time("finished_at", null=True),
    uid("finished_by", null=True),  # null: a flow or time finished it
    words("finish_reason", null=True),
    time("last_message_at", null=True),
    personal("last_message", JSONB(none_as_null=True), null=True),  # {text, author}
    time("last_inbound_at", null=True),
    plain("unread", Integer, "0"),
    time("waiting_since", null=True),
    personal("transferred", JSONB(none_as_null=True), null=True),  # {by, to, note}
    time("updated_at"),
    key(),
    belongs("contact_id", "contact"),
    belongs("channel_id", "channel"),
    belongs("team_id", "team"),
    one_of("state", STATES),
    one_of("priority", ("normal", "high")),
    Index(
        "conversation_unfinished_idx",
        "account_id",
        "contact_id",
        "channel_id",
        unique=True,
        postgresql_where=text("state <> 'finished'"),
    ),
    Index(None, "account_id", "state", "updated_at", "id"),
    Index(None, "account_id", "contact_id", "opened_at"),
    Index(
        "conversation_agent_idx",
        "account_id",
        "contact_id",
        text("taken_at desc nulls last"),
        postgresql_where=text("owner_id is not null"),
    ),
    Index(
        "conversation_owner_idx",
        "account_id",
        "owner_id",
        "state",
        postgresql_where=text("owner_id is not null"),
    ),
)

# Partitioned by the time in its id: old months can be moved or dropped whole.
message = Table(
    "message",
    metadata,
    account_id(),
    uid("id"),
    uid("conversation_id"),
    uid("contact_id"),
    uid("channel_id"),
    uid("identity_id"),
    words("direction"),
    words("author"),
    uid("member_id", null=True),
    personal("body", JSONB(none_as_null=True)),  # {text?, options?, attachments?}
    words("provider_id", null=True),
    words("client_id", null=True),
    words("in_reply_to", null=True),
    words("status"),
    words("error", null=True),
    plain("number", BigInteger, null=True),
    words("effect_id", null=True),
    uid("run_id", null=True),
    words("node", null=True),
    time("created_at"),
    time("status_at"),
    key(),
    one_of("direction", ("in", "out")),
    one_of("author", ("contact", "bot", "agent")),
    one_of("status", ("received", "queued", "sent", "delivered", "read", "failed", "cancelled")),
    Index(None, "account_id", "conversation_id", "id"),
    Index(
        "message_provider_idx",
        "account_id",
        "channel_id",
        "provider_id",
        postgresql_where=text("provider_id is not null"),
    ),
    postgresql_partition_by="RANGE (id)",
)

# A partitioned table cannot hold this key, so a double click is caught here.
client_message = Table(
    "client_message",
    metadata,
    account_id(),
    uid("conversation_id"),
    words("client_id"),
    uid("message_id"),
    time("at"),
    key("conversation_id", "client_id"),
    Index(None, "account_id", "at"),
)

# A channel's outgoing stream: whoever fetches it gives the positions (order.py).
outgoing = Table(
    "outgoing",
    metadata,
    account_id(),
    uid("channel_id"),
    uid("message_id"),
    uid("identity_id"),
    plain("number", BigInteger),
    plain("position", BigInteger, null=True),
    time("at"),
    key("channel_id", "message_id"),
    Index(
        "outgoing_unnumbered_idx",
        "account_id",
        "channel_id",
        "identity_id",
        postgresql_where=text("position is null"),
    ),
    Index(
        "outgoing_position_idx",
        "account_id",
        "channel_id",
        "position",
        unique=True,
        postgresql_where=text("position is not null"),
    ),
    Index(None, "account_id", "channel_id", "identity_id", "position"),
    Index(None, "account_id", "at"),
)

note = Table(
    "note",
    metadata,
    account_id(),
    uid("id"),
    uid("conversation_id"),
    uid("member_id", null=True),
    personal("text", Text),
    time("at"),
    key(),
    belongs("conversation_id", "conversation"),
    Index(None, "account_id", "conversation_id", "id"),
)

conversation_event = Table(
    "conversation_event",
    metadata,
    account_id(),
    uid("id"),
    uid("conversation_id"),
    words("what"),
    uid("member_id", null=True),
    words("where_done"),
    personal("data", JSONB(none_as_null=True), "'{}'"),
    time("at"),
    key(),
    belongs("conversation_id", "conversation"),
    one_of("where_done", ("flow", "inbox", "list", "api", "channel", "distribution", "overflow", "time")),
    Index(None, "account_id", "conversation_id", "id"),
)
