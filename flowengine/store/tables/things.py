"""What flows name of their account besides its people and contacts: templates, pipelines, constants, secrets …"""

from sqlalchemy import Date, Index, Integer, LargeBinary, Table, UniqueConstraint

from flowengine.store.tables.columns import (
    account_id,
    belongs,
    document,
    key,
    metadata,
    one_of,
    plain,
    time,
    uid,
    words,
)

TEMPLATE_CATEGORIES = ("marketing", "utility", "authentication")
TEMPLATE_STATUSES = ("draft", "pending", "approved", "paused", "rejected")
VISIBLE_TO = ("me", "team", "everyone")
STAGE_KINDS = ("open", "won", "lost")
CONSTANT_TYPES = ("text", "number", "yes_no", "date", "list")
REASON_KINDS = ("resolved", "lost", "other")

# A second slug of a thing: what documents name by `alias` is `target`. `kind` is that of x-ref.
alias = Table(
    "alias",
    metadata,
    account_id(),
    words("kind"),
    words("alias"),
    words("target"),
    time("created_at"),
    key("kind", "alias"),
    Index(None, "account_id", "kind", "target"),
)

template = Table(
    "template",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    uid("channel_id", null=True),
    words("language"),
    words("category"),
    words("status"),
    words("header"),
    words("body"),
    words("footer"),
    document("buttons"),
    document("parameters"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
    belongs("channel_id", "channel"),
    one_of("category", TEMPLATE_CATEGORIES),
    one_of("status", TEMPLATE_STATUSES),
)

snippet = Table(
    "snippet",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("text"),
    words("visible_to"),
    uid("team_id", null=True),
    uid("owner_id", null=True),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
    belongs("team_id", "team"),
    belongs("owner_id", "member"),
    one_of("visible_to", VISIBLE_TO),
)

pipeline = Table(
    "pipeline",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
)

stage = Table(
    "stage",
    metadata,
    account_id(),
    uid("id"),
    uid("pipeline_id"),
    words("slug"),
    words("name"),
    words("kind"),
    plain("probability", Integer),  # percent
    plain("position", Integer),
    key(),
    UniqueConstraint("account_id", "pipeline_id", "slug"),
    belongs("pipeline_id", "pipeline"),
    one_of("kind", STAGE_KINDS),
)

# A typed value of the account, account.vars.<slug> in templates.
constant = Table(
    "constant",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("type"),
    document("value"),
    words("description"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
    one_of("type", CONSTANT_TYPES),
)

secret = Table(
    "secret",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("description"),
    plain("sealed", LargeBinary),  # under the installation's own secret; never plain text
    time("created_at"),
    time("rotated_at", null=True),
    time("used_at", null=True),
    plain("expires_on", Date, null=True),  # as its owner says; told ahead
    time("refused_at", null=True),  # since when whoever is called takes it no more
    words("refused_by", null=True),  # a host
    key(),
    UniqueConstraint("account_id", "slug"),
)

ai_endpoint = Table(
    "ai_endpoint",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("url"),
    words("model"),
    words("secret", null=True),  # its slug
    plain("max_tokens", Integer),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
)

reason = Table(
    "reason",
    metadata,
    account_id(),
    uid("id"),
    words("slug"),
    words("name"),
    words("kind"),
    time("created_at"),
    key(),
    UniqueConstraint("account_id", "slug"),
    one_of("kind", REASON_KINDS),
)
