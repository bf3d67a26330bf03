"""Facts of the catalogue (x-events) and the triggers they start: whether what happened is what a trigger names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flowengine.core.text import fold

# A trigger's parameter, and the detail of the fact that it speaks of.
SPEAKS_OF: Mapping[str, str] = {
    "field": "field",
    "deal_field": "field",
    "from_value": "from",
    "to_value": "to",
    "tag": "tag",
    "segment": "segment",
    "pipeline": "pipeline",
    "from_stage": "from",
    "to_stage": "to",
    "stage": "stage",
    "team": "team",
    "reason": "reason",
    "link": "link",
    "hook": "hook",
    "page": "page",
    "source": "source",
    "payload": "payload",
}
ANYTHING = ("", None, "any")


def is_named(params: Mapping[str, Any], name: str, data: Mapping[str, Any]) -> bool:
    """Whether a fact is one that a trigger with these params is for; its `where` is another question.

    >>> is_named({"event": "contact.tag_added", "tag": "vip"}, "contact.tag_added", {"tag": "vip"})
    True
    """
    if params.get("event") != name:
        return False
    if isinstance(score := params.get("score"), int) and not _reached(data, score):
        return False
    return all(
        fold(str(data.get(detail, ""))) == fold(str(wanted))
        for param, detail in SPEAKS_OF.items()
        if (wanted := params.get(param)) not in ANYTHING
    )


def _reached(data: Mapping[str, Any], score: int) -> bool:
    """Only the change that passes the mark reaches it."""
    now, before = data.get("score"), data.get("before")
    return isinstance(now, int | float) and now >= score and not (isinstance(before, int | float) and before >= score)
