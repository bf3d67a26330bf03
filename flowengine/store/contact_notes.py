"""Notes on contacts: what people of the account remark among themselves; no channel ever sees one."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.area import Area, names, text


@dataclass(frozen=True, slots=True)
class ContactNote:
    """`member_id` None: a flow wrote it."""

    id: UUID
    contact_id: UUID
    member_id: UUID | None
    text: str
    at: datetime


_ADD = text(f"""
    insert into contact_note (account_id, {names(ContactNote)}) values (:account, :id, :contact, :member, :text, :now)
    returning {names(ContactNote)}""")
_OF = text(f"""
    select {names(ContactNote)} from contact_note
    where account_id = :account and contact_id = :contact order by id desc limit :most""")


class ContactNotes(Area):
    def add(self, contact_id: UUID, member_id: UUID | None, words: str) -> ContactNote:
        (row,) = self._rows(_ADD, id=self._new_id(), contact=contact_id, member=member_id, text=words, now=self._now)
        return ContactNote(*row)

    def of(self, contact_id: UUID, most: int = 200) -> list[ContactNote]:
        """The newest first."""
        return self._all(ContactNote, _OF, contact=contact_id, most=most)
