"""Flows, their published versions, and the runs and turns that walk them."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Computed,
    Index,
    Integer,
    SmallInteger,
    Table,
    UniqueConstraint,
    text,
)
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

# What a flow lies in, in the list of flows.
flow_folder = Table(
    "flow_folder",
    metadata,
    account_id(),
    uid("id"),
    words("name"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "name"),
)

flow = Table(
    "flow",
    metadata,
    account_id(),
    uid("id"),
    words("key"),
    words("name"),
    words("kind"),
    document("draft"),
    plain("draft_revision", Integer, "1"),
    words("draft_hash"),
    uid("draft_by", null=True),
    uid("live_version_id", null=True),
    time("created_at"),
    time("updated_at"),
    time("archived_at", null=True),
    document("origin", null=True),
    uid("folder_id", null=True),
    document("tags", "'[]'::jsonb"),
    uid("test_of", null=True),
    time("stopped_at", null=True),  # nobody begins it from then on
    key(),
    belongs("folder_id", "flow_folder"),
    belongs("test_of", "flow"),
    Index("flow_test_of_idx", "account_id", "test_of", unique=True, postgresql_where=text("test_of is not null")),
    Index(None, "account_id", "folder_id", postgresql_where=text("folder_id is not null")),
    Index(
        "flow_key_idx",
        "account_id",
        "key",
        unique=True,
        postgresql_where=text("archived_at is null"),
    ),
)

# Every event that a version's document names anywhere: a start's, a wait's, a goal's. A fact that no live flow and no
# open run of its subject names is not put into the intake.
_EVENTS = Column(
    "events",
    JSONB,
    Computed("jsonb_path_query_array(document, '$.**.event')", persisted=True),
    nullable=False,
    info={"personal": False},
)

# What was published never changes: the application may only add rows here.
flow_version = Table(
    "flow_version",
    metadata,
    account_id(),
    uid("id"),
    uid("flow_id"),
    plain("number", Integer),
    document("document"),
    words("hash"),
    words("note", "''"),
    uid("published_by", null=True),
    time("published_at"),
    _EVENTS,
    key(),
    UniqueConstraint("account_id", "flow_id", "number"),
    belongs("flow_id", "flow"),
)

# The stories are those of the draft: they are told to whoever publishes it.
flow_story = Table(
    "flow_story",
    metadata,
    account_id(),
    uid("flow_id"),
    document("document"),
    plain("revision", Integer, "1"),
    uid("updated_by", null=True),
    time("updated_at"),
    key("flow_id"),
    belongs("flow_id", "flow"),
)

# How the draft stood after each sitting of one person, and where somebody has named it.
flow_point = Table(
    "flow_point",
    metadata,
    account_id(),
    uid("flow_id"),
    plain("revision", Integer),
    document("document"),
    words("name", "''"),
    uid("saved_by", null=True),
    time("begun_at"),
    time("saved_at"),
    key("flow_id", "revision"),
    belongs("flow_id", "flow"),
)

# A file that flows send, by its content; the bytes lie in the folder of files.
file = Table(
    "file",
    metadata,
    account_id(),
    words("sha256"),
    words("name"),
    words("mime"),
    plain("size", BigInteger),
    uid("made_by", null=True),
    time("made_at"),
    time("sent_at", null=True),
    key("sha256"),
)

# The code by which whoever writes it talks to the draft. `shadow_id` is the flow whose versions are those of tests.
flow_test = Table(
    "flow_test",
    metadata,
    account_id(),
    uid("flow_id"),
    words("code"),
    uid("shadow_id"),
    time("ends_at"),
    uid("made_by", null=True),
    time("made_at"),
    key("flow_id"),
    UniqueConstraint("account_id", "code"),
    belongs("flow_id", "flow"),
    belongs("shadow_id", "flow"),
)

binding = Table(
    "binding",
    metadata,
    account_id(),
    uid("channel_id"),
    uid("flow_id"),
    plain("position", Integer, "0"),
    words("hours", "'always'"),
    plain("any_message", Boolean, "true"),
    document("keywords", "'[]'::jsonb"),
    key("channel_id", "flow_id"),
    one_of("hours", ("always", "inside", "outside")),
    belongs("channel_id", "channel"),
    belongs("flow_id", "flow"),
    Index(None, "account_id", "flow_id"),
)

run = Table(
    "run",
    metadata,
    account_id(),
    uid("id"),
    uid("flow_id"),
    uid("version_id"),
    uid("contact_id"),
    uid("conversation_id", null=True),
    words("entry_key", "''"),
    personal("state", JSONB(none_as_null=True)),
    plain("state_version", SmallInteger, "1"),
    plain("turn", Integer, "0"),
    words("status", "'open'"),
    words("reason", null=True),
    personal("error", JSONB(none_as_null=True), null=True),
    uid("started_event_id", null=True),
    time("started_at"),
    time("ended_at", null=True),
    key(),
    one_of("status", ("open", "completed", "failed", "ended")),
    Index(
        "run_open_idx",
        "account_id",
        "contact_id",
        "flow_id",
        "entry_key",
        unique=True,
        postgresql_where=text("status = 'open'"),
    ),
    Index(None, "account_id", "flow_id", "started_at"),
    Index(None, "account_id", "conversation_id"),
)

turn = Table(
    "turn",
    metadata,
    account_id(),
    uid("run_id"),
    plain("number", Integer),
    personal("event", JSONB(none_as_null=True)),
    personal("read", JSONB(none_as_null=True)),
    personal("trace", JSONB(none_as_null=True)),
    personal("effects", JSONB(none_as_null=True)),
    time("at"),
    key("run_id", "number"),
    postgresql_partition_by="RANGE (run_id)",
)
