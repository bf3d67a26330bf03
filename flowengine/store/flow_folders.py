"""Where flows are found in their list: folders, one deep, and tags. Neither is part of a flow's document."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from flowengine.store.area import Area, names, text


@dataclass(frozen=True, slots=True)
class Folder:
    id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where one flow lies."""

    flow_id: UUID
    folder_id: UUID | None
    tags: list[str]


_ALL = text(f"select {names(Folder)} from flow_folder where account_id = :account order by lower(name), id")
_GET = text(f"select {names(Folder)} from flow_folder where account_id = :account and id = :id")
_NAMED = text(f"""
    select {names(Folder)} from flow_folder
    where account_id = :account and lower(name) = lower(:name) order by name limit 1""")
_ADD = text(f"""
    insert into flow_folder (account_id, id, name, created_at) values (:account, :id, :name, :now)
    on conflict do nothing returning {names(Folder)}""")
_RENAME = text("update flow_folder set name = :name where account_id = :account and id = :id")
_HOLDS = text("""
    select count(*) from flow where account_id = :account and folder_id = :id and archived_at is null""")
_EMPTY = text("update flow set folder_id = null where account_id = :account and folder_id = :id")
_REMOVE = text("delete from flow_folder where account_id = :account and id = :id")
_MOVE = text("""
    update flow set folder_id = cast(:folder as uuid)
    where account_id = :account and id = any(cast(:flows as uuid[]))""")
# In the order in which they were put on, each once.
_TAG = text("""
    update flow set tags = (
        select coalesce(jsonb_agg(tag order by first), '[]'::jsonb)
        from (
            select tag, min(place) as first
            from jsonb_array_elements_text(flow.tags || to_jsonb(cast(:added as text[])))
                 with ordinality as each (tag, place)
            where tag <> all(cast(:removed as text[])) group by tag) kept)
    where account_id = :account and id = any(cast(:flows as uuid[]))""")
_PLACES = text("""
    select id, folder_id, tags from flow
    where account_id = :account and id = any(cast(:flows as uuid[])) and archived_at is null order by id""")


class Folders(Area):
    apart = True

    def all(self) -> list[Folder]:
        """By name."""
        return self._all(Folder, _ALL)

    def get(self, folder_id: UUID) -> Folder | None:
        return self._first(Folder, _GET, id=folder_id)

    def named(self, name: str) -> Folder | None:
        """Whatever the case of its letters."""
        return self._first(Folder, _NAMED, name=name)

    def add(self, name: str) -> Folder | None:
        """None where one is called exactly so."""
        return self._first(Folder, _ADD, id=self._new_id(), name=name, now=self._now)

    def rename(self, folder_id: UUID, name: str) -> None:
        self._run(_RENAME, id=folder_id, name=name)

    def holds(self, folder_id: UUID) -> int:
        """How many flows lie in it, without those in the archive."""
        count: int = self._value(_HOLDS, id=folder_id)
        return count

    def remove(self, folder_id: UUID) -> None:
        """What lay in it lies in none from now on."""
        self._run(_EMPTY, id=folder_id)
        self._run(_REMOVE, id=folder_id)

    def move(self, flow_ids: Sequence[UUID], folder_id: UUID | None) -> None:
        """None: out of any folder."""
        self._run(_MOVE, flows=list(flow_ids), folder=folder_id)

    def tag(self, flow_ids: Sequence[UUID], *, added: Sequence[str], removed: Sequence[str]) -> None:
        """Put tags on flows and take others off; one that is in both is off."""
        self._run(_TAG, flows=list(flow_ids), added=list(added), removed=list(removed))

    def places(self, flow_ids: Sequence[UUID]) -> list[Place]:
        """Of those flows that are there and not in the archive."""
        return self._all(Place, _PLACES, flows=list(flow_ids))
