"""Looks at a file where it lies, as a channel will that fetches it: whether it is there, what it is, how large."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flowengine.channels.declared import media_of
from flowengine.core.errors import ChannelRefused, WorldError
from flowengine.effects.outside import Outside

LOOK_S = 10.0
FEW_BYTES = 1024  # the headers say the rest
PAGES = ("text/html", "application/xhtml+xml")
ANYTHING = ("", "application/octet-stream", "binary/octet-stream")  # says nothing of what it is


@dataclass(frozen=True, slots=True)
class FileTrial:
    """`status` is 0 where nobody answered, or the address may not be called (`barred`); `size` None if not said."""

    status: int
    mime: str = ""
    size: int | None = None
    barred: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What will go wrong: away, barred, status, insecure, page, other_kind; on a channel: type, size (`most` bytes)."""

    code: str
    channel: str | None = None
    most: int | None = None


def look(outside: Outside, url: str) -> FileTrial:
    """Goes out through the guard; to be called with no transaction open."""
    headers = {"user-agent": "flowengine"}
    try:
        answer = outside.send("GET", url, None, headers, time_limit=LOOK_S, most=FEW_BYTES)
    except WorldError as fault:
        return FileTrial(0, barred=isinstance(fault, ChannelRefused))
    said = answer.headers.get("content-length", "")
    size = int(said) if said.isascii() and said.isdigit() and len(said) < 16 else None
    return FileTrial(answer.status, answer.headers.get("content-type", "").split(";")[0].strip().lower()[:100], size)


def troubles(found: FileTrial, *, url: str, kind: str, channels: Mapping[str, str]) -> Iterator[Trouble]:
    """Of a file that is to be sent as `kind` on these channels, names by their kinds."""
    if not 200 <= found.status < 300:
        yield Trouble("barred" if found.barred else "status" if found.status else "away")
        return
    if url.startswith("http://"):
        yield Trouble("insecure")
    if kind != "document" and found.mime in PAGES:
        yield Trouble("page")
    elif kind != "document" and found.mime not in ANYTHING and not found.mime.startswith(f"{kind}/"):
        yield Trouble("other_kind")
    else:
        for each, name in channels.items():
            yield from _on_channel(found, kind, each, name)


def _on_channel(found: FileTrial, kind: str, channel: str, name: str) -> Iterator[Trouble]:
    limits = media_of(channel).get(kind, {})
    if "types" in limits and found.mime not in (*limits["types"], *ANYTHING):
        yield Trouble("type", name)
    if found.size is not None and found.size > limits.get("most", found.size):
        yield Trouble("size", name, limits["most"])
