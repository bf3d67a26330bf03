"""What a turn asks of the conversation: what was said in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit

MOST = 50  # messages; a model is shown no more


def _messages(unit: Unit, contact: Contact, key: str) -> list[dict[str, str]]:
    """`key`: how many of the last, conversation; only of this contact's, and only what has words."""
    most, _, conversation = key.partition("|")
    said = unit.messages.latest(UUID(conversation), min(int(most), MOST))
    texts = [(each.author, str(each.body.get("text") or "")) for each in said if each.contact_id == contact.id]
    return [{"from": author, "text": text} for author, text in texts if text.strip()]


ANSWERS: Mapping[str, Callable[[Unit, Contact, str], Any]] = {"messages": _messages}
