"""How far a made-up conversation may go: pure bounds, so that one that goes round and round ends in words."""

from __future__ import annotations

from flowengine.core.errors import Invalid

MOST_TIMERS = 1_000  # that fire in one stretch of waiting; a loop of short delays ends here
MOST_CALLS = 100  # in a row without a word of the contact's
MOST_STARTS = 50  # of a flow by another, in a whole rehearsal
MOST_STEPS = 20_000  # of a whole rehearsal: about a second of work


class TooLong(Invalid):
    """A rehearsal that goes round and round, though each of its turns is short enough; `detail["most"]` says how."""


class Patience:
    """Counts what a rehearsal does; TooLong once that is enough."""

    def __init__(self) -> None:
        self._passed = 0
        self._started = 0

    def passed(self, steps: int) -> None:
        self._passed += steps
        if self._passed > MOST_STEPS:
            words = f"the conversation passed more than {MOST_STEPS} steps"
            raise TooLong(words, detail={"most": MOST_STEPS})

    def started(self) -> None:
        self._started += 1
        if self._started > MOST_STARTS:
            raise TooLong("flows start each other for ever", detail={"most": MOST_STARTS})
