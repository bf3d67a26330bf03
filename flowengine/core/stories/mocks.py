"""What the outside world answers in a made-up conversation, by the node that calls it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from flowengine.core.errors import NotFound
from flowengine.core.events import CallAnswered


class NoMock(NotFound):
    """A node calls the outside world, and nobody has said what that answers."""


class Mocks:
    """`answers` are those of a story: one a node, or a list of them, whose last counts for all that follow.

    An answer says `status` (200 if not), `body`, `headers`; or `reason` where none came, such as "timeout".
    """

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self._answers = answers
        self._given: dict[str, int] = {}

    def answer(self, node: str, *, id: str, at: datetime, run: str, turn: int) -> CallAnswered:
        """The next answer to a call of `node`; NoMock where none was thought of."""
        if node not in self._answers:
            words = f"the step {node!r} calls the outside world: say under world.mocks what that answers"
            raise NoMock(words, detail={"node": node})
        said = self._answers[node]
        answers = said if isinstance(said, list) else [said]
        place = self._given.get(node, 0)
        self._given[node] = place + 1
        given = answers[min(place, len(answers) - 1)]
        status = given.get("status", 0 if "reason" in given else 200)
        ok = given.get("ok", 200 <= status < 300)
        reason = given.get("reason", "" if ok else "status")
        return CallAnswered(
            id=id,
            at=at,
            run=run,
            turn=turn,
            ok=ok,
            status=status,
            headers=dict(given.get("headers", {})),
            body=given.get("body"),
            reason=reason,
            error=given.get("error", reason),
        )
