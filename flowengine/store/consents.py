"""Consent: whether a contact wants messages of a kind of channel, since when, and where that was said."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.area import Area, names, text


@dataclass(frozen=True, slots=True)
class Consent:
    """`state` is "in" or "out". `source` says where it was given: "flow", "api", "inbox", …; `member_id` by whom."""

    channel_kind: str
    state: str
    source: str
    member_id: UUID | None
    at: datetime


_OF = text(f"""
    select {names(Consent)} from consent where account_id = :account and contact_id = :contact order by channel_kind""")
_SET = text("""
    insert into consent (account_id, contact_id, channel_kind, state, source, member_id, at)
    select :account, :contact, kind, :state, :source, cast(:member as uuid), :now
    from unnest(cast(:kinds as text[])) as g(kind)
    on conflict (account_id, contact_id, channel_kind) do update
    set state = excluded.state, source = excluded.source, member_id = excluded.member_id, at = excluded.at
    where consent.state <> excluded.state
    returning channel_kind""")


class Consents(Area):
    def of(self, contact_id: UUID) -> list[Consent]:
        return self._all(Consent, _OF, contact=contact_id)

    def set(
        self, contact_id: UUID, channel_kinds: list[str], state: str, *, source: str, by: UUID | None = None
    ) -> list[str]:
        """The kinds for which this changed something."""
        rows = self._rows(
            _SET, contact=contact_id, kinds=channel_kinds, state=state, source=source, member=by, now=self._now
        )
        return [kind for (kind,) in rows]
