"""Runs, their turns and what they owe, as a batch holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from flowengine.store.batch.holding import Holding
from flowengine.store.intake import Intake
from flowengine.store.outbox import Outbox, Owed
from flowengine.store.runs import Runs, StoredRun
from flowengine.store.turns import TurnRecord, Turns


class BatchRuns(Holding, Runs):
    """A contact's lane is locked, so nobody else starts or saves its runs."""

    def open_for(self, contact_ids: Sequence[UUID]) -> list[StoredRun]:
        held = self._batch.held
        if not held.known.issuperset(contact_ids):
            return super().open_for(contact_ids)
        of_them = (run for run in held.runs.values() if run.contact_id in contact_ids and run.status == "open")
        return sorted(of_them, key=lambda run: (run.contact_id, run.started_at, run.id))

    def get(self, run_id: UUID) -> StoredRun | None:
        held = self._batch.held
        if run_id not in held.runs:
            run = super().get(run_id)
            if run is None or run.contact_id not in held.known:
                return run
            held.runs[run_id] = run
        return held.runs[run_id]

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
        if any(run.flow_id == flow_id and run.entry_key == entry_key for run in self.open_for([contact_id])):
            return None
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
        self._batch.held.runs[run.id] = run
        self._batch.kept.started.add(run.id)
        return run

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
        held, kept = self._batch.held, self._batch.kept
        run = self.get(run_id)
        if run is None or run.turn != expected_turn or run.status != "open":
            return False
        kept.saved.setdefault(run_id, run.turn)
        held.runs[run_id] = replace(
            run,
            state=dict(state),
            state_version=state_version,
            turn=turn,
            status=status,
            reason=reason,
            error=None if error is None else dict(error),
            ended_at=None if status == "open" else self._now,
        )
        return True


class BatchTurns(Holding, Turns):
    def record(self, turns: Sequence[TurnRecord]) -> None:
        self._batch.kept.turns += turns


class BatchOutbox(Holding, Outbox):
    def owe(self, orders: Sequence[Owed]) -> None:
        self._note(orders)
        self._batch.kept.owed += orders

    def cancel_timers(self, run_ids: Sequence[UUID]) -> int:
        """None is counted: those in the database go when the rest is written."""
        kept = self._batch.kept
        kept.timers_off.update(run_ids)
        kept.owed = [order for order in kept.owed if order.kind != "timer" or order.run_id not in run_ids]
        return 0


class BatchIntake(Holding, Intake):
    def done(self, event_ids: Sequence[UUID]) -> None:
        self._batch.kept.done += event_ids
