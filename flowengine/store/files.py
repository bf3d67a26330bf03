"""What an account knows of its files: their names, media types and sizes by their content."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flowengine.store.area import Area, names, text


@dataclass(frozen=True, slots=True)
class File:
    """`name` is what whoever sent it in called it; `mime` was told by its bytes; `sent_at`: first in a message."""

    sha256: str
    name: str
    mime: str
    size: int
    made_by: UUID | None
    made_at: datetime
    sent_at: datetime | None


_ROW = names(File)
_PUT = text(f"""
    insert into file (account_id, sha256, name, mime, size, made_by, made_at)
    values (:account, :sha256, :name, :mime, :size, :by, :now)
    on conflict (account_id, sha256)
    do update set name = excluded.name, mime = excluded.mime, made_by = excluded.made_by, made_at = excluded.made_at
    returning {_ROW}""")
_MANY = text(f"select {_ROW} from file where account_id = :account and sha256 = any(:contents)")
_SENT = text("""
    update file set sent_at = :now where account_id = :account and sha256 = any(:contents) and sent_at is null""")
# Whatever was sent stays, since messages are kept; else all that anybody could still open is looked at.
_FORGET = text("""
    delete from file f where f.account_id = :account and f.sent_at is null and f.made_at < :before
    and f.sha256 not in (
        select found[1] from (
            select draft as document from flow where account_id = :account
            union all select document from flow_version where account_id = :account
            union all select document from flow_point where account_id = :account
        ) kept, regexp_matches(kept.document::text, 'file:([0-9a-f]{64})', 'g') found)
    returning f.sha256""")


class Files(Area):
    apart = True

    def put(self, sha256: str, *, name: str, mime: str, size: int, by: UUID | None) -> File:
        """Note it down; the same content is the same file. Until the end of the unit nobody else removes it."""
        (row,) = self._rows(_PUT, sha256=sha256, name=name, mime=mime, size=size, by=by, now=self._now)
        return File(*row)

    def get(self, sha256: str) -> File | None:
        return self.many([sha256]).get(sha256)

    def many(self, contents: Collection[str]) -> dict[str, File]:
        """Those of these contents that the account has."""
        if not contents:
            return {}
        return {file.sha256: file for file in self._all(File, _MANY, contents=list(contents))}

    def sent(self, contents: Collection[str]) -> None:
        """A message has them from now on."""
        if contents:
            self._run(_SENT, contents=list(contents), now=self._now)

    def forget(self, *, unused_for: timedelta) -> list[str]:
        """Forget those that came so long ago, were never sent and that no flow names; their contents."""
        return [sha256 for (sha256,) in self._rows(_FORGET, before=self._now - unused_for)]
