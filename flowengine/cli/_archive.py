"""The file of a backup: what it says of itself, the database, the files that flows send. The secret is never in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import IO, cast
from uuid import UUID

import click

FORMAT = 1
_PLACE = re.compile(r"[0-9a-f]{2}/[0-9a-f]{64}")
_ABOUT, _DATABASE, _FILES = "backup.json", "database.dump", "files"


@dataclass(frozen=True, slots=True)
class About:
    """`taken_at` is the database's own time (ISO); `secret` tells which secret opens what is sealed, not what it is."""

    taken_at: str
    installation: str
    secret: str
    format: int = FORMAT


def mark_of(secret: str) -> str:
    return sha256(b"flowengine backup " + secret.encode()).hexdigest()[:16]


@contextmanager
def writing(file: Path) -> Iterator[Path]:
    """Where the database's dump is to be put, in a folder of the same disk that only we can enter."""
    with tempfile.TemporaryDirectory(dir=file.resolve().parent, prefix=".backup-") as folder:
        yield Path(folder) / _DATABASE


def pack(file: Path, dump: Path, about: About, *, files: Path) -> int:
    """Make the file, for this user alone; it appears whole or not at all. How many files of accounts are in it.

    The database comes first: what it names lay in the folder `files` before.
    """
    growing = dump.with_name("growing")
    with os.fdopen(os.open(growing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as raw:
        with tarfile.open(fileobj=raw, mode="w") as archive:
            said = json.dumps(asdict(about), indent=2).encode()
            entry = tarfile.TarInfo(_ABOUT)
            entry.size, entry.mode = len(said), 0o600
            archive.addfile(entry, BytesIO(said))
            archive.add(dump, _DATABASE)
            count = sum(_add(archive, path, files) for path in sorted(files.glob("*/*/*")))
        raw.flush()
        os.fsync(raw.fileno())
    growing.replace(file)
    return count


def _add(archive: tarfile.TarFile, path: Path, files: Path) -> int:
    """Whether it is there still: one that nobody used may be swept just now."""
    with suppress(FileNotFoundError):
        archive.add(path, f"{_FILES}/{path.relative_to(files)}")
        return 1
    return 0


def unpack_files(file: Path, into: Path) -> int:
    """Put the accounts' files into their folder, each in one step; how many. Those that lie there stay."""
    count = 0
    with tarfile.open(file) as archive:
        for member in archive:
            account, _, content = member.name.removeprefix(f"{_FILES}/").partition("/")
            if not member.isfile() or not member.name.startswith(f"{_FILES}/") or not _PLACE.fullmatch(content):
                continue
            place = into / str(UUID(account)) / content
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            growing = place.with_name(f".{place.name}")
            with growing.open("wb") as raw:
                shutil.copyfileobj(cast(IO[bytes], archive.extractfile(member)), raw)
            growing.replace(place)
            count += 1
    return count


@contextmanager
def unpacked(file: Path) -> Iterator[tuple[About, Path]]:
    """What the file says of itself, and the dump in it."""
    with tempfile.TemporaryDirectory(prefix="flowengine-restore-") as folder:
        try:
            with tarfile.open(file) as archive:
                for name in (_ABOUT, _DATABASE):
                    archive.extract(name, folder, filter="data")
            about = About(**json.loads((Path(folder) / _ABOUT).read_bytes()))
        except (OSError, tarfile.TarError, KeyError, ValueError, TypeError) as wrong:
            raise click.ClickException(f"{file} is no backup of flowengine: {wrong}") from wrong
        if about.format != FORMAT:
            raise click.ClickException(f"{file} was written by another version of flowengine (format {about.format}).")
        yield about, Path(folder) / _DATABASE
