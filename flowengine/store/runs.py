"""Runs: one subject's walk through one version, saved by compare-and-set on its turn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class StoredRun:
    """`state` is the core's run as data; what stands beside it is there to be found by."""

    id: UUID
    flow_id: UUID
    version_id: UUID
    contact_id: UUID
    conversation_id: UUID | None
    entry_key: str
    state: dict[str, Any]
    state_version: int
    turn: int
    status: str
    reason: str | None
    error: dict[str, Any] | None
    started_event_id: UUID | None
    started_at: datetime
    ended_at: datetime | None


READ_OPEN = text(f"""
    select {names(StoredRun)} from run
    where account_id = :account and contact_id = any(cast(:contacts as uuid[])) and status = 'open'
    order by contact_id, started_at, id""")
_GET = text(f"select {names(StoredRun)} from run where account_id = :account and id = :id")
_LAST = text(f"""
    select {names(StoredRun)} from run
    where account_id = :account and flow_id = :flow and contact_id = :contact
    order by started_at desc, id desc limit 1""")
_OF = text(f"""
    select {names(StoredRun)} from run
    where account_id = :account and conversation_id = :conversation order by started_at, id""")
_START = text(f"""
    insert into run (account_id, {names(StoredRun)})
    select :account, {names(StoredRun)} from jsonb_populate_record(null::run, cast(:run as jsonb))
    on conflict (account_id, contact_id, flow_id, entry_key) where status = 'open' do nothing""")
_SAVE = text("""
    update run
    set state = cast(:state as jsonb), state_version = :state_version, turn = :turn, status = :status,
        reason = :reason, error = cast(:error as jsonb), ended_at = cast(:ended_at as timestamptz)
    where account_id = :account and id = :id and turn = :expected and status = 'open'""")

_MOVE = text("""
    update run
    set version_id = :version, state = cast(:state as jsonb), state_version = :state_version, turn = :turn
    where account_id = :account and id = :id and turn = :expected and status = 'open'""")
_ELSEWHERE = text(f"""
    select {names(StoredRun)} from run
    where account_id = :account and flow_id = :flow and status = 'open' and version_id <> :version
      and (cast(:after as uuid) is null or id > cast(:after as uuid))
    order by id limit :most""")
_LATEST = text(f"""
    select {names(StoredRun)} from run
    where account_id = :account and flow_id = :flow and turn > 0 order by started_at desc, id desc limit :most""")


class Runs(Area):
    def open_for(self, contact_ids: Sequence[UUID]) -> list[StoredRun]:
        """The open runs of these contacts, oldest first."""
        return self._all(StoredRun, READ_OPEN, contacts=list(contact_ids))

    def get(self, run_id: UUID) -> StoredRun | None:
        return self._first(StoredRun, _GET, id=run_id)

    def last(self, flow_id: UUID, contact_id: UUID) -> StoredRun | None:
        """The latest run of a contact through a flow, open or not: what re-entry is judged by."""
        return self._first(StoredRun, _LAST, flow=flow_id, contact=contact_id)

    def latest(self, flow_id: UUID, most: int) -> list[StoredRun]:
        """Those that began last and have walked at all, newest first."""
        return self._all(StoredRun, _LATEST, flow=flow_id, most=most)

    def elsewhere(self, flow_id: UUID, version_id: UUID, *, most: int, after: UUID | None = None) -> list[StoredRun]:
        """Open runs of a flow in other versions than this one, in the order of their ids, from behind `after` on."""
        return self._all(StoredRun, _ELSEWHERE, flow=flow_id, version=version_id, most=most, after=after)

    def of_conversation(self, conversation_id: UUID) -> list[StoredRun]:
        return self._all(StoredRun, _OF, conversation=conversation_id)

    def start(
        self,
        *,
        flow_id: UUID,
        version_id: UUID,
        contact_id: UUID,
        conversation_id: UUID | None,
        state: Mapping[str, Any],
        state_version: int = 1,
        entry_key: str = "",
        event_id: UUID | None = None,
        id: UUID | None = None,
    ) -> StoredRun | None:
        """A run at turn 0; None where one with this entry key is open."""
        run = StoredRun(
            id=id or self._new_id(),
            flow_id=flow_id,
            version_id=version_id,
            contact_id=contact_id,
            conversation_id=conversation_id,
            entry_key=entry_key,
            state=dict(state),
            state_version=state_version,
            turn=0,
            status="open",
            reason=None,
            error=None,
            started_event_id=event_id,
            started_at=self._now,
            ended_at=None,
        )
        return run if self._begin(run) else None

    def save(
        self,
        run_id: UUID,
        *,
        expected_turn: int,
        turn: int,
        state: Mapping[str, Any],
        state_version: int = 1,
        status: str = "open",
        reason: str | None = None,
        error: Mapping[str, Any] | None = None,
    ) -> bool:
        """False: somebody else was first, and this turn must be rolled back."""
        changes = {
            "state": dict(state),
            "state_version": state_version,
            "turn": turn,
            "status": status,
            "reason": reason,
            "error": None if error is None else dict(error),
            "ended_at": None if status == "open" else self._now,
        }
        return self._change(run_id, expected_turn, changes)

    def move(
        self,
        run_id: UUID,
        version_id: UUID,
        *,
        expected_turn: int,
        turn: int,
        state: Mapping[str, Any],
        state_version: int,
    ) -> bool:
        """Let an open run pin another version; False: somebody else was first. Never within a batch."""
        given = {"turn": turn, "state": json(dict(state)), "state_version": state_version}
        return bool(self._run(_MOVE, id=run_id, version=version_id, expected=expected_turn, **given))

    def _begin(self, run: StoredRun) -> bool:
        return bool(self._run(_START, run=json(run)))

    def _change(self, run_id: UUID, expected_turn: int, changes: Mapping[str, Any]) -> bool:
        columns = {**changes, "state": json(changes["state"]), "error": json(changes["error"])}
        return bool(self._run(_SAVE, id=run_id, expected=expected_turn, **columns))
