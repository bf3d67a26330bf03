"""What an inbound message does to the conversation, before any flow is asked."""

import unicodedata
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from flowengine.core.text import fold
from flowengine.desk import states
from flowengine.desk.changes import apply, tell
from flowengine.desk.retiring import team_that_is_there
from flowengine.store.accounts import Account
from flowengine.store.channels import Channel
from flowengine.store.conversations import Conversation
from flowengine.store.unit import Unit

REOPENS = timedelta(hours=12)  # default of the account's `reopen_hours`
THANKS_FOR = timedelta(minutes=30)
THANKS = (
    "obrigado", "obrigada", "obg", "obgd", "brigado", "brigada", "muito obrigado", "muito obrigada", "valeu", "vlw",
    "grato", "grata", "agradeço", "de nada", "ok", "okay", "blz", "beleza", "certo", "perfeito", "tchau", "até mais",
    "thanks", "thank you", "thx", "ty", "bye", "great", "perfect",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Arrival:
    """`opened`: the message began the conversation. `quiet`: it is only shown; no flow and nobody is asked."""

    conversation: Conversation
    opened: bool = False
    quiet: bool = False


def arrive(
    unit: Unit, account: Account, channel: Channel, *, contact_id: UUID, identity_id: UUID, text: str
) -> Arrival:
    """The conversation that a message of this contact belongs to, locked. The contact's lane is locked already.

    `bot`, `queued` and `open` stay as they are; `pending` wakes; `finished` re-opens if a person finished it a short
    time ago and this is no mere thanks; else a new one begins with the bot.
    """
    latest = unit.conversations.lock_latest(contact_id, channel.id)
    if latest is None:
        return _open(unit, channel, contact_id, identity_id)
    if latest.state == "pending":
        change = states.wake(latest, unit.now, agent_is_there=_is_there(unit, latest))
        return Arrival(apply(unit, latest, change, by=None, where_done="channel"))
    if latest.state != "finished":
        return Arrival(latest)
    if not _is_recent(latest, unit.now, account):
        return _open(unit, channel, contact_id, identity_id)
    if latest.finished_at and unit.now - latest.finished_at <= THANKS_FOR and is_thanks(text, _thanks(account)):
        return Arrival(latest, quiet=True)
    change = states.reopen(latest, unit.now, agent_is_there=_is_there(unit, latest))
    goes_on = team_that_is_there(unit, latest)
    if goes_on is not None:
        change = replace(change, new={**change.new, "team_id": goes_on.id})
    return Arrival(apply(unit, latest, change, by=None, where_done="channel"))


def is_thanks(text: str, words: tuple[str, ...] = THANKS) -> bool:
    """Whether a text is nothing but thanks or emoji: it ends a talk, it does not begin one.

    >>> is_thanks("Obrigada!! 🙏"), is_thanks("👍🏽"), is_thanks("obrigada, e o boleto?")
    (True, True, False)
    """
    said = " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())
    if said:
        return fold(said) in {fold(word) for word in words}
    return any(unicodedata.category(letter) in ("So", "Sk") for letter in text)


def _open(unit: Unit, channel: Channel, contact_id: UUID, identity_id: UUID) -> Arrival:
    opened = unit.conversations.open(
        contact_id=contact_id, channel_id=channel.id, identity_id=identity_id, team_id=channel.team_id
    )
    if opened is None:
        raise LookupError("the contact has an unfinished conversation that the lane's lock did not show")
    unit.conversations.record(opened.id, "opened", where_done="channel", data={"channel": channel.name})
    tell(unit, opened)
    return Arrival(opened, opened=True)


def _is_recent(conversation: Conversation, now: datetime, account: Account) -> bool:
    """Whether a person finished it so lately that the contact goes on with them."""
    if conversation.finished_by is None or conversation.finished_at is None:
        return False
    hours = account.settings.get("reopen_hours")
    return now - conversation.finished_at <= (REOPENS if hours is None else timedelta(hours=hours))


def _thanks(account: Account) -> tuple[str, ...]:
    return tuple(account.settings.get("thanks") or THANKS)


def _is_there(unit: Unit, conversation: Conversation) -> bool:
    """Whether its agent is online and still of its team."""
    return is_available(unit, conversation.owner_id, conversation.team_id)


def is_available(unit: Unit, member_id: UUID | None, team_id: UUID) -> bool:
    return member_id is not None and any(
        mate.member_id == member_id and mate.presence == "online" for mate in unit.teams.teammates(team_id)
    )
