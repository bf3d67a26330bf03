"""The unprivileged user whom servers run as when root starts them: PostgreSQL refuses to be root."""

import os
import pwd
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flowengine.embedded.errors import EmbeddedError

NAMES = ("postgres", "nobody")  # the database's own user where the machine has one, else the one every Unix has
_NOT_FOR_SERVERS = ("PG", "LC_", "LANG", "REDIS_", "DATABASE_", "FLOWENGINE_")


@dataclass(frozen=True)
class Owner:
    """A user of this machine; `None` in its place means: the user who runs this program."""

    name: str
    uid: int
    gid: int


def owner_for_servers() -> Owner | None:
    """Whom servers belong to: nobody special for an ordinary user, a user without rights for root."""
    if os.geteuid() != 0:
        return None
    for name in NAMES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Owner(name, entry.pw_uid, entry.pw_gid)
    raise EmbeddedError(
        "PostgreSQL does not run as root, and this machine has no user `postgres` or `nobody` to run it as. "
        "Start as an ordinary user, or point DATABASE_URL to a server."
    )


def run_as(
    owner: Owner | None,
    command: Sequence[str],
    *,
    cwd: Path | None = None,
    output: IO[bytes] | int = subprocess.PIPE,
    time_limit: float = 60,
    environ: Mapping[str, str] = os.environ,
) -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end as `owner`, free of variables that would lead a server astray.

    `output` must be a file where the command leaves a daemon behind, which would hold a pipe open for ever.
    """
    clean = {name: value for name, value in environ.items() if not name.startswith(_NOT_FOR_SERVERS)}
    who = (None, None, None) if owner is None else (owner.uid, owner.gid, [owner.gid])
    return subprocess.run(
        list(command),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd=cwd or "/",
        env=clean | {"LC_ALL": "C"},
        timeout=time_limit,
        user=who[0],
        group=who[1],
        extra_groups=who[2],
        check=False,
    )


def can_enter(owner: Owner | None, folder: Path) -> bool:
    """Whether `owner` gets into a folder, asked of the system itself: modes, groups and access lists all count."""
    return run_as(owner, ["/bin/sh", "-c", 'cd "$0"', str(folder)]).returncode == 0


def make_folder(folder: Path, owner: Owner | None) -> None:
    """Make a folder that only its owner enters; one that is there must be just that, or EmbeddedError."""
    uid = os.geteuid() if owner is None else owner.uid
    try:
        folder.mkdir(mode=0o700)
        if owner is not None:
            os.chown(folder, owner.uid, owner.gid)
    except FileExistsError:
        if folder.stat().st_uid != uid:
            whose = pwd.getpwuid(folder.stat().st_uid).pw_name
            raise EmbeddedError(
                f"{folder} belongs to the user {whose}. Start as the user who made it, or choose another data folder."
            ) from None
