"""What writes were answered, by the keys that their clients gave them: a repeat is answered alike."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flowengine.store.area import Area, names, text

KEPT_FOR = timedelta(hours=24)  # the same key later is a new write


@dataclass(frozen=True, slots=True)
class Answer:
    """`request_hash` is of what was asked, so that a key is not used for two things."""

    request_hash: bytes
    status: int
    body: str


_FIND = text(f"""
    select {names(Answer)} from answer
    where account_id = :account and member_id = :member and key = :key and at >= :since""")
_KEEP = text("""
    insert into answer (account_id, member_id, key, request_hash, status, body, at)
    values (:account, :member, :key, :request_hash, :status, :body, :now)
    on conflict (account_id, member_id, key) do update
        set request_hash = excluded.request_hash, status = excluded.status, body = excluded.body, at = excluded.at
        where answer.at < :since""")
_FORGET = text("delete from answer where account_id = :account and at < :before")


class Answers(Area):
    def find(self, member_id: UUID, key: str) -> Answer | None:
        """What the member's write of that key was answered."""
        return self._first(Answer, _FIND, member=member_id, key=key, since=self._now - KEPT_FOR)

    def keep(self, member_id: UUID, key: str, answer: Answer) -> bool:
        """False: another write of that key was first, and this one must not be committed. Waits for one under way."""
        return bool(
            self._run(
                _KEEP,
                member=member_id,
                key=key,
                request_hash=answer.request_hash,
                status=answer.status,
                body=answer.body,
                now=self._now,
                since=self._now - KEPT_FOR,
            )
        )

    def forget(self, before: datetime) -> int:
        return self._run(_FORGET, before=before)
