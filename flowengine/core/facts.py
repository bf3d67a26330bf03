"""Facts of the catalogue (x-events) and the triggers they start: whether what happened is what a trigger names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowengine.core.text import fold

Facts = Mapping[str, Any]

# A trigger's parameter, and the detail of the fact that it speaks of.
SPEAKS_OF: Mapping[str, str] = {
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
    "hook": "hook",
    "source": "source",
    "payload": "payload",
}
ANYTHING = ("", None, "any")


def is_named(params: Facts, name: str, data: Facts) -> bool:
    """Whether a fact is one that a trigger with these params is for; its `where` is another question.

    >>> is_named({"event": "contact.tag_added", "tag": "vip"}, "contact.tag_added", {"tag": "vip"})
    True
    """
    if params.get("event") != name or not MORE.get(name, _anything)(params, data):
        return False
    return all(
        fold(str(data.get(detail, ""))) == fold(str(wanted))
        for param, detail in SPEAKS_OF.items()
        if (wanted := params.get(param)) not in ANYTHING
    )


def _visit(params: Facts, data: Facts) -> bool:
    """`page` is a part of the address, `query` one of the names behind its question mark, or a name and its value."""
    visitor, address = params.get("visitor", "any"), str(data.get("page", ""))
    if visitor != "any" and bool(data.get("returning")) is not (visitor == "returning"):
        return False
    wanted, said = fold(params.get("query") or ""), fold(address.partition("?")[2].partition("#")[0]).split("&")
    if wanted and not any(each == wanted or each.partition("=")[0] == wanted for each in said):
        return False
    return fold(params.get("page") or "") in fold(address)


def _link(params: Facts, data: Facts) -> bool:
    return fold(params.get("link") or "") in fold(str(data.get("link", "")))


def _date(params: Facts, data: Facts) -> bool:
    return bool(params.get("field") == data.get("field"))


def _contact_field(params: Facts, data: Facts) -> bool:
    """`changed` says which of the contact's own fields, or that it is one of the account's."""
    changed = params.get("changed", "field")
    if changed != "field":
        return bool(data.get("field") == changed)
    return _is_field(params.get("field"), data)


def _deal_field(params: Facts, data: Facts) -> bool:
    return _is_field(params.get("deal_field"), data)


def _is_field(slug: Any, data: Facts) -> bool:
    """Without a slug it is any of the account's fields."""
    field = str(data.get("field", ""))
    return field.startswith("fields.") if slug in ANYTHING else field == f"fields.{slug}"


def _score(params: Facts, data: Facts) -> bool:
    """Only the change that passes the mark reaches it."""
    mark, now, before = params.get("score"), data.get("score"), data.get("from")
    if not isinstance(mark, int) or not isinstance(now, int | float):
        return False
    return now >= mark and not (isinstance(before, int | float) and before >= mark)


def _anything(params: Facts, data: Facts) -> bool:
    return True


MORE: Mapping[str, Callable[[Facts, Facts], bool]] = {
    "webchat.opened": _visit,
    "link.clicked": _link,
    "contact.date": _date,
    "contact.field_changed": _contact_field,
    "deal.field_changed": _deal_field,
    "contact.score_reached": _score,
}
