"""Files kept in a folder: one of an account, below it one a content, which is there whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

HEAD = 4096  # bytes of the beginning, by which a media type is told
_ARRIVING = ".arriving"  # on the same disk, so that a file moves to its place in one step


class TooLarge(Exception):
    """More bytes came than may; what had come is gone."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """A file that has come whole and has no place yet; `head` is its beginning."""

    path: Path
    sha256: str
    size: int
    head: bytes


class Folder:
    """`root` is made when the first file comes."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @contextmanager
    def arriving(self, pieces: Iterable[bytes], *, most: int) -> Iterator[Arrived]:
        """Write down what comes, on disk for good; it is gone after the block unless it was kept. Raises TooLarge."""
        waiting = self._root / _ARRIVING
        waiting.mkdir(parents=True, exist_ok=True, mode=0o700)
        digest, size, head = sha256(), 0, b""
        with NamedTemporaryFile(dir=waiting, delete=False) as growing:
            path = Path(growing.name)
            try:
                for piece in pieces:
                    size += len(piece)
                    if size > most:
                        raise TooLarge
                    head += piece[: HEAD - len(head)]
                    digest.update(piece)
                    growing.write(piece)
                growing.flush()
                os.fsync(growing.fileno())
                yield Arrived(path, digest.hexdigest(), size, head)
            finally:
                path.unlink(missing_ok=True)

    def keep(self, account: UUID, arrived: Arrived) -> None:
        """Put it in its place, also where the same content lies there: whoever removes that may be at it just now."""
        place = self.place(account, arrived.sha256)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        arrived.path.replace(place)
        for folder in (place.parent, place.parent.parent):
            _sync(folder)

    def place(self, account: UUID, content: str) -> Path:
        """Where a file lies, or would."""
        return self._root / str(account) / content[:2] / content

    def found(self, account: UUID, content: str) -> Path | None:
        """None where it is missing: it has been removed, or was not restored."""
        place = self.place(account, content)
        return place if place.is_file() else None

    def remove(self, account: UUID, content: str) -> None:
        self.place(account, content).unlink(missing_ok=True)

    def forget_unfinished(self, before: float) -> None:
        """Remove what a process that died left half written before that moment (seconds since 1970)."""
        for path in (self._root / _ARRIVING).glob("*"):
            with suppress(FileNotFoundError):
                if path.stat().st_mtime < before:
                    path.unlink()


def _sync(folder: Path) -> None:
    """A new name in a folder outlives a power cut once the folder itself is on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
