"""Which of an account's live events a member is told of: those of conversations they may see, or saw until then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from builder_ui.feed import Entry
from flowengine.desk.people import person_of, sight_of
from flowengine.store.inbox import Sight, Standing
from flowengine.store.live import LiveEvent
from flowengine.store.unit import Unit

OF_ALL = ("flow", "team", "account")  # kinds that everybody in the account may hear of
OF_CONTACTS = "contact"  # without a conversation: for those who see all contacts


@dataclass(frozen=True, slots=True)
class Told:
    """What a screen hears. `before` is how the conversation stood until then, where this has changed it."""

    name: str
    content: dict[str, Any]
    before: Standing | None = None

    @property
    def conversation(self) -> UUID | None:
        """The conversation it is about; None for what is about none."""
        if self.name == "session" or self.name == "change" and self.content["kind"] in OF_ALL:
            return None
        if self.of_contacts:
            return None
        return UUID(self.content.get("conversation") or self.content["id"])

    @property
    def of_contacts(self) -> bool:
        """Whether it is about a contact, seen from no conversation."""
        return self.content.get("kind") == OF_CONTACTS and "conversation" not in self.content

    @property
    def as_farewell(self) -> Told:
        """For those who see the conversation no more: the id that they knew, not who did it."""
        return Told(self.name, {name: told for name, told in self.content.items() if name != "actor"})


def entry(event: LiveEvent) -> Entry:
    """A live event as a screen hears of it; `ref` may hold more than screens are told."""
    if event.kind == "session":
        return Entry(event.position, Told("session", {"id": event.ref["id"]}))
    told = {name: event.ref[name] for name in ("id", "conversation", "actor") if event.ref.get(name) is not None}
    return Entry(event.position, Told("change", {"kind": event.kind, **told}, _standing(event)))


def visible(unit: Unit, member_id: UUID, entries: Sequence[Entry]) -> list[Entry]:
    """The entries that this member is told of."""
    member = unit.members.get(member_id)
    if member is None or member.removed_at:
        return []
    sight = sight_of(person_of(unit, member))
    if sight.own_only:  # such a person sees no list of contacts either
        entries = [each for each in entries if not each.value.of_contacts]
    seen = _seen(unit, sight, entries)
    lost = _lost(unit, sight, (each for each in entries if each.value.conversation not in seen))
    return [told for each in entries if (told := _for(member_id, each, seen, lost))]


def _for(member_id: UUID, each: Entry, seen: set[UUID], lost: set[Standing]) -> Entry | None:
    told: Told = each.value
    if told.name == "session":
        return each if told.content["id"] == str(member_id) else None
    if told.conversation is None:
        return each
    if told.conversation in seen:
        return None if _is_by(member_id, told) else each
    return Entry(each.position, told.as_farewell) if told.before in lost else None


def _is_by(member_id: UUID, told: Told) -> bool:
    """Whether this says that the member types, which is no news to them."""
    return told.name == "typing" and told.content.get("member") == str(member_id)


def _seen(unit: Unit, sight: Sight, entries: Iterable[Entry]) -> set[UUID]:
    wanted = {each.value.conversation for each in entries} - {None}
    return unit.inbox.seen_by(sight, wanted) if wanted else set()


def _lost(unit: Unit, sight: Sight, entries: Iterable[Entry]) -> set[Standing]:
    """How conversations stood when the person could still see them."""
    standings = list({each.value.before for each in entries} - {None})
    return unit.inbox.could_see(sight, standings) if standings else set()


def _standing(event: LiveEvent) -> Standing | None:
    before = event.ref.get("before")
    if not before:
        return None
    owner = UUID(before["owner"]) if before["owner"] else None
    return Standing(UUID(before["team"]), owner, before["state"])
