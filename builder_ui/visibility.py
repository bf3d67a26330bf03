"""Which of an account's live events a member is told of: those of conversations they may see."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from uuid import UUID

from builder_ui.feed import Entry
from flowengine.desk.people import person_of, sight_of
from flowengine.store.live import LiveEvent
from flowengine.store.unit import Unit

REMEMBERED = 1000  # conversations a member's screens may be showing

OF_ALL = ("flow", "team")  # kinds that everybody in the account may hear of


def entry(event: LiveEvent) -> Entry:
    """A live event as a screen hears of it; `ref` may hold more than screens are told."""
    told = {name: event.ref[name] for name in ("id", "conversation", "actor") if event.ref.get(name) is not None}
    return Entry(event.position, ("change", {"kind": event.kind, **told}))


class Sights:
    """What each listening member was last able to see, so that they also hear when something leaves their sight."""

    def __init__(self) -> None:
        self._seen: dict[UUID, OrderedDict[UUID, None]] = {}

    def visible(self, unit: Unit, member_id: UUID, entries: Sequence[Entry]) -> list[Entry]:
        """The entries that this member is told of."""
        member = unit.members.get(member_id)
        if member is None or member.removed_at:
            return []
        about = [(each, _conversation(each)) for each in entries if not _types(each, member_id)]
        wanted = {id for _, id in about if id is not None}
        now = unit.inbox.seen_by(sight_of(person_of(unit, member)), wanted) if wanted else set()
        before = self._seen.setdefault(member_id, OrderedDict())
        told = [each for each, id in about if id is None or id in now or id in before]
        for id in wanted:
            before.pop(id, None)
            if id in now:
                before[id] = None
        while len(before) > REMEMBERED:
            before.popitem(last=False)
        return told


def _types(entry: Entry, member_id: UUID) -> bool:
    """Whether this says that the member types, which is no news to them."""
    name, told = entry.value
    return name == "typing" and told.get("member") == str(member_id)


def _conversation(entry: Entry) -> UUID | None:
    """The conversation an entry is about; None for what everybody may hear of."""
    name, told = entry.value
    if name == "change" and told["kind"] in OF_ALL:
        return None
    return UUID(told.get("conversation") or told["id"])
