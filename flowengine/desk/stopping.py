"""People take runs out of a flow: they end where they stand; what the bot still had is finished, or goes to people."""

from collections.abc import Sequence

from flowengine.desk import changes, handoffs
from flowengine.store.conversations import Conversation
from flowengine.store.results import OpenRun
from flowengine.store.unit import Unit

OUTCOME = "stopped"


def stop_runs(unit: Unit, runs: Sequence[OpenRun]) -> None:
    """Locks the lanes of their contacts, so that no turn of theirs is taken meanwhile; one that is over stays as it is.

    Whoever talks with people stays with them.
    """
    unit.lanes.lock(sorted({run.contact_id for run in runs}))
    for run in runs:
        changes.end_run(unit, run.id, OUTCOME)
        talk = _talk(unit, run)
        if talk is not None:
            handoffs.leave(unit, talk, run.id, OUTCOME)


def hand_over_runs(unit: Unit, runs: Sequence[OpenRun], team: str | None, *, flow: str) -> None:
    """As `stop_runs`, but what was still the bot's goes to the queue of `team` (a slug; None: the default team)."""
    unit.lanes.lock(sorted({run.contact_id for run in runs}))
    for run in runs:
        stored, talk = unit.runs.get(run.id), _talk(unit, run)
        if stored is None or stored.status != "open":
            continue
        changes.end_run(unit, run.id, OUTCOME)
        if talk is not None and talk.floor_run_id == run.id:
            talk = handoffs.hand_off(unit, talk, team=team, why=OUTCOME, flow=flow)
        if talk is not None:
            handoffs.leave(unit, talk, run.id, OUTCOME)


def _talk(unit: Unit, run: OpenRun) -> Conversation | None:
    return None if run.conversation_id is None else unit.conversations.lock(run.conversation_id)
