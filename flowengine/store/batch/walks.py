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

    def _begin(self, run: StoredRun) -> bool:
        rivals = self.open_for([run.contact_id])
        if any(each.flow_id == run.flow_id and each.entry_key == run.entry_key for each in rivals):
            return False
        self._batch.held.runs[run.id] = run
        self._batch.kept.started.add(run.id)
        return True

    def _change(self, run_id: UUID, expected_turn: int, changes: Mapping[str, Any]) -> bool:
        run = self.get(run_id)
        if run is None or run.turn != expected_turn or run.status != "open":
            return False
        self._batch.kept.saved.setdefault(run_id, run.turn)
        self._batch.held.runs[run_id] = replace(run, **changes)
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
