"""Files that copies bring along: their bytes in a file, a signed link for a while on a clipboard."""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit
from uuid import UUID

from flowengine.core.bundle import Bundle
from flowengine.files.folder import Arrived, Folder, TooLarge
from flowengine.files.links import PATH, BadLink, Links
from flowengine.files.media_types import media_type
from flowengine.store.files import File
from flowengine.store.unit import Unit

LINK_LIFE = timedelta(days=1)  # somebody copies in the evening and pastes in the morning
MOST_OF_ONE = 22_000_000  # bytes: what the bundle's schema takes of one file, as Base64
MOST_IN_ALL = 40_000_000  # a bundle with more could not be read again
MOST_FETCHED = 50  # files of one bundle

How = Literal["links", "bytes"]
Fetch = Callable[[str], bytes | None]  # what lies at an address; None where it cannot be had


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where files of this installation lie, how links to them are made, and how large one may be."""

    folder: Folder
    links: Links
    most: int


def carried(unit: Unit, shelf: Shelf, contents: Sequence[str], how: How) -> list[dict[str, Any]]:
    """The entries of a bundle for these files; those that do not fit in have a link instead of their bytes."""
    files, room, entries = unit.files.many(contents), MOST_IN_ALL, []
    for content in contents:
        file = files.get(content)
        place = shelf.folder.found(unit.account_id, content) if file else None
        if file is None or place is None:
            continue
        fits = how == "bytes" and file.size <= min(room, MOST_OF_ONE)
        room -= file.size if fits else 0
        way = {"bytes": b64encode(place.read_bytes()).decode()} if fits else {"link": _link(unit, shelf, file)}
        entries.append({"hash": content, "name": file.name, "mime": file.mime, **way})
    return entries


def report(unit: Unit, bundle: Bundle) -> list[dict[str, Any]]:
    """Of each file that the bundle names: whether it is here, and else whether it comes along."""
    here = unit.files.many(list(bundle.files))
    return [
        {
            "hash": content,
            "name": here[content].name if content in here else str(entry.get("name", "")),
            "found": content in here,
            "comes": "bytes" in entry or "link" in entry,
        }
        for content, entry in bundle.files.items()
    ]


@contextmanager
def arriving(
    shelf: Shelf, bundle: Bundle, missing: Sequence[str], now: datetime, *, fetch: Fetch
) -> Iterator[list[tuple[str, Arrived]]]:
    """Those of the missing files that could be had, by what they are called; to be called with no transaction open.

    What is not of the content that it is said to be of is left.
    """
    with ExitStack() as stack:
        came = []
        for content in missing[:MOST_FETCHED]:
            entry = bundle.files[content]
            brought = _brought(shelf, entry, now, fetch)
            if brought is None:
                continue
            try:
                arrived = stack.enter_context(shelf.folder.arriving([brought], most=shelf.most))
            except TooLarge:
                continue
            if arrived.sha256 == content:
                came.append((str(entry.get("name", "")), arrived))
        yield came


def keep(unit: Unit, shelf: Shelf, came: Sequence[tuple[str, Arrived]], *, by: UUID | None) -> None:
    """They are the account's from now on."""
    for name, arrived in came:
        mime = media_type(arrived.head, name)
        unit.files.put(arrived.sha256, name=name, mime=mime, size=arrived.size, by=by)
        shelf.folder.keep(unit.account_id, arrived)


def _link(unit: Unit, shelf: Shelf, file: File) -> str:
    return shelf.links.of(unit.account_id, file.sha256, file.name, until=unit.now + LINK_LIFE)


def _brought(shelf: Shelf, entry: Mapping[str, Any], now: datetime, fetch: Fetch) -> bytes | None:
    if "bytes" in entry:
        try:
            return b64decode(entry["bytes"], validate=True)
        except (NotBase64, ValueError):
            return None
    link = str(entry.get("link", ""))
    own = _own(shelf, link, now)
    if own is not None:
        return own.read_bytes()
    return fetch(link) if link else None


def _own(shelf: Shelf, link: str, now: datetime) -> Path | None:
    """The file behind a link of this very installation, which is not asked over the network."""
    path = urlsplit(link).path
    if not path.startswith(PATH):
        return None
    try:
        found = shelf.links.read(path.removeprefix(PATH).split("/")[0], now)
    except BadLink:
        return None
    return shelf.folder.found(found.account, found.sha256)
