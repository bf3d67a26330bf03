"""The note a running installation leaves in its data folder: where it answers, and how its servers are reached."""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from flowengine.settings import Settings, data_folder

_NAME = "running.json"


@dataclass(frozen=True)
class Note:
    """What other commands need to know of an installation that runs."""

    pid: int
    address: str
    environment: dict[str, str]


def write_note(data: Path, note: Note) -> None:
    """Leave the note for this user alone: it may hold a database's password."""
    path = data / f"{_NAME}.new"
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(asdict(note), file)
    path.replace(data / _NAME)


def remove_note(data: Path) -> None:
    (data / _NAME).unlink(missing_ok=True)


def read_note(data: Path) -> Note | None:
    """The note of the installation that runs from `data`, None where none does."""
    try:
        note = Note(**json.loads((data / _NAME).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return note if psutil.pid_exists(note.pid) else None


def reach(environ: Mapping[str, str] = os.environ, data: Path | None = None) -> Settings:
    """Settings of the installation to talk to: as the environment says, else the one that runs from the data folder."""
    data = data or data_folder(environ)
    note = read_note(data)
    found = note.environment | {"FLOWENGINE_ADDRESS": note.address} if note else {}
    return Settings.read({**found, **environ, "FLOWENGINE_DATA": str(data)})
