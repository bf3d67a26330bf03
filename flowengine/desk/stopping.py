"""People take runs out of a flow: they end where they stand, and what was still the bot's is finished with them."""

from collections.abc import Sequence

from flowengine.desk import changes, handoffs
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
        talk = None if run.conversation_id is None else unit.conversations.lock(run.conversation_id)
        if talk is not None:
            handoffs.leave(unit, talk, run.id, OUTCOME)
