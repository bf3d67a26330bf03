"""Accounts, logins, the people who work in an account, and the contacts they talk to."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

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

account = Table(
    "account",
    metadata,
    uid("id"),
    words("slug"),
    words("name"),
    words("language", "'pt-BR'"),
    words("timezone", "'America/Sao_Paulo'"),
    document("settings", "'{}'"),
    time("created_at", "now()"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("slug"),
)

login = Table(
    "login",
    metadata,
    uid("id"),
    personal("email", Text),
    words("password_hash"),
    personal("name", Text),
    words("language", "'pt-BR'"),
    plain("session_epoch", Integer, "0"),  # raised to end all sessions of an older one
    time("created_at", "now()"),
    PrimaryKeyConstraint("id"),
    UniqueConstraint("email"),
    CheckConstraint("email = lower(email)", name="email"),
)

installation = Table(
    "installation",
    metadata,
    uid("id"),
    words("gate", "'open'"),
    time("created_at", "now()"),
    words("home", null=True),  # the place it was last started from
    time("held_since", null=True),
    words("held_why", null=True),
    plain("scarce", Boolean, "false"),  # the disk is nearly full: replies go on, bulk work and traces do not
    PrimaryKeyConstraint("id"),
    one_of("gate", ("open", "held")),
)

# A hook's address names no account: this leads there. The key is unique in the installation.
channel_address = Table(
    "channel_address",
    metadata,
    words("kind"),
    words("key"),
    account_id(),
    uid("channel_id"),
    PrimaryKeyConstraint("kind", "key"),
)

login_account = Table(
    "login_account",
    metadata,
    uid("login_id"),
    account_id(),
    uid("member_id"),
    PrimaryKeyConstraint("login_id", "account_id"),
)

ROLES = ("administrator", "supervisor", "agent", "restricted", "builder", "viewer")

member = Table(
    "member",
    metadata,
    account_id(),
    uid("id"),
    uid("login_id", null=True),
    words("slug"),  # how documents name the person; made from the name once
    personal("name", Text),
    words("role"),
    words("presence", "'offline'"),
    plain("capacity", Integer, "5"),
    time("created_at", "now()"),
    time("removed_at", null=True),
    key(),
    UniqueConstraint("account_id", "login_id"),
    UniqueConstraint("account_id", "slug"),
    one_of("role", ROLES),
    one_of("presence", ("online", "away", "offline")),
    Index("member_present_idx", "account_id", "id", postgresql_where=text("presence <> 'offline'")),
)

business_hours = Table(
    "business_hours",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("timezone"),
    document("week", "'{}'"),
    document("holidays", "'[]'"),
    plain("is_account_default", Boolean, "false"),
    key(),
    UniqueConstraint("account_id", "slug"),
    Index(
        "business_hours_account_default_idx",
        "account_id",
        unique=True,
        postgresql_where=text("is_account_default"),
    ),
)

team = Table(
    "team",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("access", "'team'"),
    uid("hours_id", null=True),
    document("texts", "'{}'"),
    words("distribution", "'by_hand'"),
    plain("is_default", Boolean, "false"),
    time("created_at", "now()"),
    time("archived_at", null=True),
    key(),
    UniqueConstraint("account_id", "slug"),
    belongs("hours_id", "business_hours"),
    one_of("access", ("everyone", "team", "agent")),
    one_of("distribution", ("by_hand",)),
    Index("team_default_idx", "account_id", unique=True, postgresql_where=text("is_default")),
)

team_member = Table(
    "team_member",
    metadata,
    account_id(),
    uid("team_id"),
    uid("member_id"),
    plain("agent", Boolean, "true"),
    plain("supervisor", Boolean, "false"),
    key("team_id", "member_id"),
    belongs("team_id", "team"),
    belongs("member_id", "member"),
    Index(None, "account_id", "member_id"),
)

contact = Table(
    "contact",
    metadata,
    account_id(),
    uid("id"),
    personal("name", Text, null=True),
    personal("email", Text, null=True),
    personal("phone", Text, null=True),
    words("language", null=True),
    words("timezone", null=True),
    plain("score", Integer, "0"),
    uid("owner_id", null=True),
    time("owner_at", null=True),  # since when: whoever was given a contact longest ago is next
    time("created_at"),
    time("updated_at"),
    time("last_seen_at", null=True),
    time("erased_at", null=True),  # nothing is known of the person any more; what is left counts
    key(),
    belongs("owner_id", "member"),
    Index(
        "contact_owner_idx",
        "account_id",
        "owner_id",
        "owner_at",
        postgresql_where=text("owner_id is not null"),
    ),
)

contact_identity = Table(
    "contact_identity",
    metadata,
    account_id(),
    uid("id"),
    uid("contact_id"),
    uid("channel_id"),
    personal("external_id", Text),
    personal("name", Text, null=True),
    plain("out_number", BigInteger, "0"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "channel_id", "external_id"),
    belongs("contact_id", "contact"),
    Index(None, "account_id", "contact_id"),
)
