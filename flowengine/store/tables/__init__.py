"""Every table the product remembers in; the migrations make them, a test holds the two together."""

from flowengine.store.tables.columns import metadata
from flowengine.store.tables.flows import binding, flow, flow_version, run, turn
from flowengine.store.tables.people import (
    account,
    business_hours,
    channel_address,
    contact,
    contact_identity,
    installation,
    login,
    login_account,
    member,
    team,
    team_member,
)
from flowengine.store.tables.talks import (
    channel,
    client_message,
    conversation,
    conversation_event,
    message,
    note,
    outgoing,
)
from flowengine.store.tables.work import (
    answer,
    audit,
    dead_letter,
    intake,
    lane,
    live_event,
    outbox,
    seen,
    stream,
)

# The one short list of tables that belong to no account. The last two lead from a public
# address and from a login to the accounts behind them, before any account is known.
GLOBAL = (account, login, installation, channel_address, login_account)

__all__ = [
    "GLOBAL",
    "account",
    "answer",
    "audit",
    "binding",
    "business_hours",
    "channel",
    "channel_address",
    "client_message",
    "contact",
    "contact_identity",
    "conversation",
    "conversation_event",
    "dead_letter",
    "flow",
    "flow_version",
    "installation",
    "intake",
    "lane",
    "live_event",
    "login",
    "login_account",
    "member",
    "message",
    "metadata",
    "note",
    "outbox",
    "outgoing",
    "run",
    "seen",
    "stream",
    "team",
    "team_member",
    "turn",
]
