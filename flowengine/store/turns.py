"""Turns: what each run was told, what it read, and what it did about it; enough to walk it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """`read` is what the world answered; `trace` the nodes passed; `effects` what was asked for, in order."""

    run_id: UUID
    number: int
    event: dict[str, Any]
    read: Any
    trace: list[Any]
    effects: list[Any]
    at: datetime


@dataclass(frozen=True, slots=True)
class TracedTurn:
    """A turn with the flow and version it belongs to, for a timeline."""

    run_id: UUID
    number: int
    flow_id: UUID
    flow_name: str
    version_id: UUID
    version_number: int
    event: dict[str, Any]
    trace: list[Any]
    at: datetime


# One parameter for all of them: an array of documents costs the driver more than the database.
_RECORD = text("""
    insert into turn (account_id, run_id, number, event, read, trace, effects, at)
    select :account, run_id, number, event, case when room.scarce then '{}' else coalesce(read, '{}') end,
           case when room.scarce then '[]' else trace end, effects, at
    from jsonb_populate_recordset(null::turn, cast(:turns as jsonb)), (select scarce from installation) room""")
_OF_RUN = text(f"""
    select {names(TurnRecord)} from turn where account_id = :account and run_id = :run order by number""")
# The ids bound the pieces that are opened.
_OF_RUNS = text(f"""
    select {names(TurnRecord)} from turn
    where account_id = :account and run_id = any(cast(:runs as uuid[])) and number <= :most
      and run_id >= cast(:first as uuid) and run_id <= cast(:last as uuid)
    order by run_id, number""")
_OF_CONVERSATION = text("""
    select t.run_id, t.number, r.flow_id, f.name, r.version_id, v.number, t.event, t.trace, t.at
    from run r
    join flow f on f.account_id = r.account_id and f.id = r.flow_id
    join flow_version v on v.account_id = r.account_id and v.id = r.version_id
    join turn t on t.account_id = r.account_id and t.run_id = r.id
    where r.account_id = :account and r.conversation_id = :conversation
      and t.at >= :since and t.at <= :until
    order by t.at, t.run_id, t.number""")


class Turns(Area):
    def record(self, turns: Sequence[TurnRecord]) -> None:
        """A run's turn is recorded once: a second one with its number is an error of ours."""
        if turns:
            self._run(_RECORD, turns=json(turns))

    def of_run(self, run_id: UUID) -> list[TurnRecord]:
        return self._all(TurnRecord, _OF_RUN, run=run_id)

    def of_runs(self, run_ids: Sequence[UUID], most: int) -> dict[UUID, list[TurnRecord]]:
        """The first turns of each of these runs, `most` at most; a run without any is not there."""
        found: dict[UUID, list[TurnRecord]] = {}
        if run_ids:
            bounds = {"first": min(run_ids), "last": max(run_ids)}
            for turn in self._all(TurnRecord, _OF_RUNS, runs=list(run_ids), most=most, **bounds):
                found.setdefault(turn.run_id, []).append(turn)
        return found

    def of_conversation(self, conversation_id: UUID, since: datetime, until: datetime) -> list[TracedTurn]:
        """What the flows did in a conversation between two moments, in order."""
        return self._all(TracedTurn, _OF_CONVERSATION, conversation=conversation_id, since=since, until=until)
