"""What was said and what happened in a rehearsal so far: for look-backs, and for language models that are shown it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

MOST_SAID = 50  # messages that a language model is shown, as in an installation
EARLIER = timedelta(minutes=1)  # before the start: when a fact happened that does not say

MESSAGE = "message.received"

Author = Literal["contact", "bot"]


@dataclass(frozen=True, slots=True)
class SoFar:
    """`said` are (who, text), `facts` are {"event", "at", "data"}; both oldest first."""

    said: tuple[tuple[Author, str], ...] = ()
    facts: tuple[Mapping[str, Any], ...] = ()

    @classmethod
    def before(cls, facts: Sequence[Mapping[str, Any]], at: datetime) -> SoFar:
        """What a story says has happened before it begins: {"event", "at"?, "data"?}."""
        usual = (at - EARLIER).isoformat()
        dated = [{"event": fact["event"], "at": fact.get("at", usual), "data": fact.get("data", {})} for fact in facts]
        return cls(facts=tuple(sorted(dated, key=lambda fact: datetime.fromisoformat(fact["at"]))))

    def heard(self, author: Author, text: str) -> SoFar:
        return replace(self, said=(*self.said, (author, text)))

    def saw(self, event: str, at: datetime, data: Mapping[str, Any]) -> SoFar:
        return replace(self, facts=(*self.facts, {"event": event, "at": at.isoformat(), "data": dict(data)}))

    def messages(self, key: str) -> list[dict[str, str]]:
        """`key`: how many of the last, conversation. Only what has words."""
        most = min(int(key.partition("|")[0] or 0), MOST_SAID)
        latest = self.said[-most:] if most else ()
        return [{"from": author, "text": text} for author, text in latest if text.strip()]

    def happened(self, key: str) -> list[dict[str, Any]]:
        """`key`: event, since when (ISO, or nothing), node (or nothing).

        A message said in that very moment is not counted: it belongs to the node that took it.
        """
        event, since, node = [*key.split("|", 2), "", ""][:3]
        began = datetime.fromisoformat(since) if since else None
        return [
            {"at": fact["at"], "data": fact["data"]}
            for fact in self.facts
            if fact["event"] == event
            and (began is None or _is_since(datetime.fromisoformat(fact["at"]), began, event))
            and (not node or fact["data"].get("node") == node)
        ]


def _is_since(at: datetime, began: datetime, event: str) -> bool:
    return at > began if event == MESSAGE else at >= began
