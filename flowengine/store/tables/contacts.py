"""What an account knows of its contacts: tags, fields of its own, consent, notes, segments, portfolios."""

from sqlalchemy import Boolean, Date, Index, Numeric, Table, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB

from flowengine.store.tables.columns import (
    TIME,
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

FIELD_TYPES = (
    "text",
    "long_text",
    "number",
    "integer",
    "money",
    "date",
    "date_time",
    "time",
    "yes_no",
    "choice",
    "choices",
    "user",
    "url",
)

tag = Table(
    "tag",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("color"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
)

contact_tag = Table(
    "contact_tag",
    metadata,
    account_id(),
    uid("contact_id"),
    uid("tag_id"),
    time("at"),
    key("contact_id", "tag_id"),
    belongs("contact_id", "contact"),
    belongs("tag_id", "tag"),
    Index(None, "account_id", "tag_id", "contact_id"),
)

conversation_tag = Table(
    "conversation_tag",
    metadata,
    account_id(),
    uid("conversation_id"),
    uid("tag_id"),
    time("at"),
    key("conversation_id", "tag_id"),
    belongs("conversation_id", "conversation"),
    belongs("tag_id", "tag"),
    Index(None, "account_id", "tag_id", "conversation_id"),
)

# A field that the account made itself. What it holds is a typed row a thing: `contact_field`.
field = Table(
    "field",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("of"),
    words("type"),
    document("choices", "'[]'"),  # [{slug, name}]
    plain("required", Boolean, "false"),
    plain("is_unique", Boolean, "false"),
    plain("in_form", Boolean, "true"),
    words("description", "''"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "of", "slug"),
    one_of("of", ("contact", "deal")),
    one_of("type", FIELD_TYPES),
)

# One of the typed columns holds the value. `unique_key` is its canonical text while the field is unique.
contact_field = Table(
    "contact_field",
    metadata,
    account_id(),
    uid("contact_id"),
    uid("field_id"),
    personal("as_text", Text, null=True),
    personal("as_number", Numeric, null=True),
    personal("as_date", Date, null=True),
    personal("as_moment", TIME, null=True),
    personal("as_yes_no", Boolean, null=True),
    personal("as_list", JSONB(none_as_null=True), null=True),
    personal("unique_key", Text, null=True),
    time("at"),
    key("contact_id", "field_id"),
    belongs("contact_id", "contact"),
    belongs("field_id", "field"),
    Index(None, "account_id", "field_id", "contact_id"),
    Index(
        "contact_field_unique_idx",
        "account_id",
        "field_id",
        "unique_key",
        unique=True,
        postgresql_where=text("unique_key is not null"),
    ),
)

# Whether a contact wants messages of a kind of channel; without a row nobody has asked.
consent = Table(
    "consent",
    metadata,
    account_id(),
    uid("contact_id"),
    words("channel_kind"),
    words("state"),
    words("source"),
    uid("member_id", null=True),
    time("at"),
    key("contact_id", "channel_kind"),
    belongs("contact_id", "contact"),
    one_of("state", ("in", "out")),
)

contact_note = Table(
    "contact_note",
    metadata,
    account_id(),
    uid("id"),
    uid("contact_id"),
    uid("member_id", null=True),
    personal("text", Text),
    time("at"),
    key(),
    belongs("contact_id", "contact"),
    Index(None, "account_id", "contact_id", "id"),
)

# What happened to a contact, for look-backs; 400 days of it are kept. Which flows took it is told by their turns.
happened = Table(
    "happened",
    metadata,
    account_id(),
    uid("id"),
    uid("lane_id"),
    words("name"),
    personal("data", JSONB(none_as_null=True)),
    time("at"),
    key(),
    Index(None, "account_id", "lane_id", "name", "at"),
    Index(None, "account_id", "at"),
)

segment = Table(
    "segment",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("description", "''"),
    document("definition"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
)

portfolio = Table(
    "portfolio",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("kind"),
    uid("owner_id", null=True),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
    belongs("owner_id", "member"),
    one_of("kind", ("one", "several")),
)

portfolio_team = Table(
    "portfolio_team",
    metadata,
    account_id(),
    uid("portfolio_id"),
    uid("team_id"),
    key("portfolio_id", "team_id"),
    belongs("portfolio_id", "portfolio"),
    belongs("team_id", "team"),
)

portfolio_contact = Table(
    "portfolio_contact",
    metadata,
    account_id(),
    uid("portfolio_id"),
    uid("contact_id"),
    time("at"),
    key("portfolio_id", "contact_id"),
    belongs("portfolio_id", "portfolio"),
    belongs("contact_id", "contact"),
    Index(None, "account_id", "contact_id"),
)

# Who was erased, and by whom: kept for good, and beside backups, so that none of them brings a person back.
erasure = Table(
    "erasure",
    metadata,
    account_id(),
    uid("contact_id"),
    uid("member_id", null=True),
    time("at"),
    key("contact_id"),
)
