"""Tests of drafts on real channels: a code that is good for a while, and the versions its runs are pinned to.

Those versions belong to a flow of their own that no list shows, so that nothing counts their runs among the real ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class FlowTest:
    """`shadow_id` is the flow that its versions and runs belong to; over at `ends_at`."""

    flow_id: UUID
    code: str
    shadow_id: UUID
    ends_at: datetime
    made_by: UUID | None
    made_at: datetime


@dataclass(frozen=True, slots=True)
class Snapshot:
    """How the draft stood when somebody began to talk to it."""

    id: UUID
    hash: str


_GET = text(f"select {names(FlowTest)} from flow_test where account_id = :account and flow_id = :flow")
_BY_CODE = text(f"""
    select {names(FlowTest)} from flow_test where account_id = :account and code = :code and ends_at > :now""")
_SHADOW = text("select id from flow where account_id = :account and test_of = :flow")
_MAKE_SHADOW = text("""
    insert into flow (account_id, id, key, name, kind, draft, draft_revision, draft_hash, created_at, updated_at,
                      archived_at, test_of)
    select :account, :id, key, name, kind, '{}', 1, '', :now, :now, :now, id
    from flow where account_id = :account and id = :flow
    on conflict (account_id, test_of) where test_of is not null do nothing""")
_PUT = text(f"""
    insert into flow_test (account_id, {names(FlowTest)})
    values (:account, :flow, :code, :shadow, :ends_at, cast(:by as uuid), :now)
    on conflict (account_id, flow_id) do update
    set code = excluded.code, ends_at = excluded.ends_at, made_by = excluded.made_by, made_at = excluded.made_at
    returning {names(FlowTest)}""")
_END = text("delete from flow_test where account_id = :account and flow_id = :flow")
_LAST = text("""
    select id, hash from flow_version where account_id = :account and flow_id = :shadow order by number desc limit 1""")
_TAKE = text("""
    insert into flow_version (account_id, id, flow_id, number, document, hash, note, published_by, published_at)
    select :account, :id, :shadow, coalesce(max(number), 0) + 1, cast(:document as jsonb), :hash, '',
           cast(:by as uuid), :now
    from flow_version where account_id = :account and flow_id = :shadow""")


class FlowTests(Area):
    apart = True

    def get(self, flow_id: UUID) -> FlowTest | None:
        """The test of a flow, over or not."""
        return self._first(FlowTest, _GET, flow=flow_id)

    def by_code(self, code: str) -> FlowTest | None:
        """The test of this code, if it is not over."""
        return self._first(FlowTest, _BY_CODE, code=code, now=self._now)

    def put(self, flow_id: UUID, *, code: str, ends_at: datetime, by: UUID | None) -> FlowTest:
        """The flow's test from now on; who talks to its draft already goes on until then."""
        self._run(_MAKE_SHADOW, id=self._new_id(), flow=flow_id, now=self._now)
        shadow = self._value(_SHADOW, flow=flow_id)
        test = self._first(
            FlowTest, _PUT, flow=flow_id, code=code, shadow=shadow, ends_at=ends_at, by=by, now=self._now
        )
        assert test is not None
        return test

    def end(self, flow_id: UUID) -> None:
        """The code is good no more, and who talks to the draft has talked to it for the last time."""
        self._run(_END, flow=flow_id)

    def snapshot(self, test: FlowTest, document: Mapping[str, Any], hash: str) -> UUID:
        """The version of this document, made where the last one is another."""
        last = self._first(Snapshot, _LAST, shadow=test.shadow_id)
        if last is not None and last.hash == hash:
            return last.id
        id = self._new_id()
        self._run(
            _TAKE,
            id=id,
            shadow=test.shadow_id,
            document=json(dict(document)),
            hash=hash,
            by=test.made_by,
            now=self._now,
        )
        return id
