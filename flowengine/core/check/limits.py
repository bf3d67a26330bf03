"""F141 messages, questions and menus beyond what a channel of the flow can show, and what will be shown instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flowengine.core.check.account import Account, Channel
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, Words, finding
from flowengine.core.flow import Node
from flowengine.core.marks import Marked

Shortfall = tuple[str, Mapping[str, Any]]  # the sentence, and the words for it

_PLACEHOLDER = re.compile(r"\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
SHOWN = {
    "buttons": {"pt-BR": "botões", "en": "buttons"},
    "list": {"pt-BR": "lista", "en": "a list"},
    "text": {"pt-BR": "texto numerado", "en": "numbered text"},
}


def limit_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """One finding a field, for the first channel that cannot show it."""
    if not any(channel.limits for channel in account.channels):
        return
    for node in subject.sound_nodes():
        channels = spoken_on(subject, node, account)
        for field in subject.marked(node, "x-limit"):
            yield from _judge(subject, node, field, channels)


def spoken_on(subject: Subject, node: Node, account: Account) -> Sequence[Channel]:
    """The channels that the node names, else those that the flow speaks on."""
    named = {str(found.value) for found in subject.marked(node, "x-ref", "channel")}
    return [channel for channel in account.channels if channel.key in named or (not named and channel.bound)]


def _judge(subject: Subject, node: Node, field: Marked, channels: Sequence[Channel]) -> Iterator[Finding]:
    for channel in channels:
        short = _shortfall(subject, node, field, channel.limits)
        if short is not None:
            text, words = short
            yield finding(
                "F141",
                text=text,
                node=node.id,
                pointer=subject.pointer(node, field.path),
                label=subject.called(node),
                channel=channel.name or channel.key,
                **words,
            )
            return


def _shortfall(subject: Subject, node: Node, field: Marked, limits: Mapping[str, Any]) -> Shortfall | None:
    match field.about["x-limit"], field.value:
        case "options", list() as options:
            wanted = node.params.get("show_as", "auto")
            return _of_options([str(option.get("title", "")) for option in options], str(wanted), limits)
        case "media", str() as kind if kind not in limits.get("media", (kind,)) and not _instead(node, field):
            return "F141.media", {"kind": _choice(field, kind)}
        case "menu_text" as what, str() as source if "menu_text" in limits:
            return _of_text(source, what, limits, field)
        case "text" | "menu_text", str() as source:
            return _of_text(source, "text", limits, field)
        case "caption" | "header" | "footer" as what, str() as source:
            return _of_text(source, what, limits, field)
    return None


def _instead(node: Node, field: Marked) -> bool:
    """Whether the author has said what is sent where this part cannot be shown."""
    part: Any = node.params
    for step in field.path[:-1]:
        part = part[step]
    return isinstance(part, Mapping) and bool(part.get("fallback"))


def _of_text(source: str, what: str, limits: Mapping[str, Any], field: Marked) -> Shortfall | None:
    """Counted is what surely stands there; what a template puts in comes on top."""
    most = limits.get(what)
    if most is None or "{%" in source:  # which of the branches is sent is not known
        return None
    words = _PLACEHOLDER.sub("", source)
    length = len(words.encode()) if limits.get("text_in") == "bytes" else len(words)
    if length <= most:
        return None
    return "F141.caption" if what == "caption" else "F141", {"field": field.title(), "length": length, "limit": most}


def _of_options(titles: Sequence[str], wanted: str, limits: Mapping[str, Any]) -> Shortfall | None:
    """Buttons before a list before numbered text, as the channel's adapter chooses; only a loss is told."""
    fitting = [way for way, most, wide in _ways(limits) if len(titles) <= most and _longest(titles) <= wide]
    if wanted == "text" or wanted in fitting or (wanted == "auto" and (fitting or not _shows_options(limits))):
        return None
    if wanted == "list" and not limits.get("rows") and fitting:
        return None  # this channel knows no lists: its buttons are what people expect there
    named = [way for way in _ways(limits) if way[0] == wanted or wanted == "auto"]
    way, most, wide = max(named, key=lambda each: each[1])
    shown = SHOWN[fitting[0] if fitting else "text"]
    if not most:
        return "F141.way", {"way": SHOWN[way], "shown": shown}
    if len(titles) > most:
        return "F141.options", {"count": len(titles), "limit": most, "way": SHOWN[way], "shown": shown}
    long = max(titles, key=len)
    return "F141.title", {"title": long, "length": len(long), "limit": wide, "way": SHOWN[way], "shown": shown}


def _ways(limits: Mapping[str, Any]) -> list[tuple[str, int, int]]:
    """How options can be shown, how many of them, and how long a title may be."""
    endless = 10**9
    buttons = ("buttons", int(limits.get("buttons", endless)), int(limits.get("button_title", endless)))
    return [buttons, ("list", int(limits.get("rows", endless)), int(limits.get("row_title", endless)))]


def _shows_options(limits: Mapping[str, Any]) -> bool:
    return any(most for _, most, _ in _ways(limits))


def _longest(titles: Sequence[str]) -> int:
    return max(map(len, titles), default=0)


def _choice(field: Marked, value: str) -> Words:
    """A kind of part as people read it."""
    english = field.about.get("x-enum", {}).get(value, value)
    return {"en": english, "pt-BR": field.about.get("x-i18n", {}).get("pt-BR", {}).get("enum", {}).get(value, english)}
