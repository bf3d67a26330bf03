"""Who did what to what, and where: written with the deed, never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class AuditEntry:
    id: UUID
    member_id: UUID | None
    what: str
    object_kind: str
    object_id: str | None
    where_done: str
    data: dict[str, Any]
    at: datetime


_RECORD = text(f"""
    insert into audit (account_id, {names(AuditEntry)})
    values (:account, :id, :member, :what, :object_kind, :object_id, :where_done, cast(:data as jsonb), :now)""")
_LATEST = text(
    f"select {names(AuditEntry)} from audit where account_id = :account order by at desc, id desc limit :most"
)


class Audit(Area):
    def record(
        self,
        member_id: UUID | None,
        what: str,
        *,
        object_kind: str,
        object_id: object = None,
        where_done: str = "api",
        data: Mapping[str, Any] | None = None,
    ) -> None:
        """`member_id` None: the product itself did it."""
        self._run(
            _RECORD,
            id=self._new_id(),
            member=member_id,
            what=what,
            object_kind=object_kind,
            object_id=None if object_id is None else str(object_id),
            where_done=where_done,
            data=json(dict(data or {})),
            now=self._now,
        )

    def latest(self, most: int = 100) -> list[AuditEntry]:
        return self._all(AuditEntry, _LATEST, most=most)
