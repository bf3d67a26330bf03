"""Who listens to facts: asked before one is put into an intake, since most changes of a contact concern no flow."""

from collections.abc import Collection
from uuid import UUID

from flowengine.store.area import Area, text

# A version's events are kept beside its document (tables/flows.py), so no document is read here.
_HEARD = text("""
    select name from unnest(cast(:names as text[])) as g(name)
    where exists (
        select from flow f join flow_version v on v.account_id = f.account_id and v.id = f.live_version_id
        where f.account_id = :account and f.archived_at is null and v.events ? g.name
    ) or exists (
        select from run r join flow_version v on v.account_id = r.account_id and v.id = r.version_id
        where r.account_id = :account and r.contact_id = :contact and r.status = 'open' and v.events ? g.name
    )""")


class Listening(Area):
    def heard(self, contact_id: UUID, names: Collection[str]) -> set[str]:
        """Those events that a live flow of the account names, or the version of an open run of the contact's."""
        return {name for (name,) in self._rows(_HEARD, contact=contact_id, names=sorted(names))} if names else set()
