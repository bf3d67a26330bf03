"""Where the servers of an installation keep their things: one folder, and a short one for the sockets."""

import os
import re
import secrets
import socket
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from flowengine.embedded.errors import EmbeddedError
from flowengine.embedded.owner import Owner, can_enter, make_folder, owner_for_servers

OUTSIDE = Path("/var/lib/flowengine")  # for root, where the data folder lies below one that servers cannot enter
# A socket's path has at most 103 bytes on macOS, 107 on Linux; `.s.PGSQL.5432.lock` is the longest name in there.
LONGEST_SOCKET_FOLDER = 103 - len("/.s.PGSQL.5432.lock")
_PLAIN = re.compile(r"[A-Za-z0-9/._-]+")  # libpq takes a comma for a list of hosts, an @ for another kind of socket


@dataclass(frozen=True)
class Places:
    """The folders of one installation and whom they belong to."""

    data: Path  # the operator's folder
    servers: Path  # what the servers write: the data folder itself, or one below OUTSIDE
    sockets: Path
    owner: Owner | None

    @property
    def cluster(self) -> Path:
        return self.servers / "postgres"

    @property
    def valkey(self) -> Path:
        return self.servers / "valkey"

    @property
    def valkey_socket(self) -> Path:
        return self.sockets / "valkey.sock"


def make_places(data: Path) -> Places:
    """Find or make the folders for the installation in `data`; raises EmbeddedError.

    The permissions of a folder that was there before are never changed.
    """
    owner = owner_for_servers()
    make_data_folder(data)
    servers = _servers_folder(data, owner)
    return Places(data=data, servers=servers, sockets=_sockets_folder(servers, owner), owner=owner)


def make_data_folder(data: Path) -> None:
    """Make the data folder if it is new; only root's lets others pass through, to folders that are closed in turn."""
    try:
        data.parent.mkdir(parents=True, exist_ok=True)
        data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
    except OSError as error:
        raise EmbeddedError(f"The data folder {data} cannot be made: {error.strerror}.") from error
    if not os.access(data, os.W_OK | os.X_OK):
        raise EmbeddedError(f"The data folder {data} cannot be written to by this user.")


def installation_id(data: Path) -> str:
    """The id this installation gave itself when it was first started; a copied folder carries the same."""
    path = data / "installation"
    if not path.exists():
        path.write_text(secrets.token_hex(8) + "\n")
    return path.read_text().strip()


def home(data: Path) -> str:
    """Where this installation lives: its id, and the file that holds it, which a copy has another of."""
    return f"{installation_id(data)}/{(data / 'installation').stat().st_ino}"


def _servers_folder(data: Path, owner: Owner | None) -> Path:
    if can_enter(owner, data):
        return data
    outside = make_outside(OUTSIDE / installation_id(data))
    _claim(outside, data)
    shown = data / "servers"
    if not shown.is_symlink():
        shown.symlink_to(outside)
    return outside


def _claim(outside: Path, data: Path) -> None:
    """Note whose folder this is: a copied data folder has the same id, and must not open the same cluster."""
    note = outside / "data-folder"
    if note.exists() and note.read_text() != str(data) and Path(note.read_text()).exists():
        raise EmbeddedError(
            f"{data} is a copy of {note.read_text()}, whose database lies in {outside}. "
            f"To begin a new installation, remove {data / 'installation'}."
        )
    note.write_text(str(data))


def make_outside(folder: Path) -> Path:
    """Make a folder below OUTSIDE that servers may pass through, whatever root's umask."""
    for path in (OUTSIDE, folder):
        if not path.exists():
            path.mkdir(parents=True)
            path.chmod(0o711)
    return folder


def _sockets_folder(servers: Path, owner: Owner | None) -> Path:
    near = servers / "sockets"
    if len(bytes(near)) <= LONGEST_SOCKET_FOLDER and _PLAIN.fullmatch(str(near)):
        make_folder(near, owner)
        if _takes_sockets(near):
            return near
    noted = servers / "sockets-at"
    if noted.exists() and _is_private(Path(noted.read_text()), owner):
        return Path(noted.read_text())
    made = Path(tempfile.mkdtemp(prefix="flowengine-", dir="/tmp" if os.access("/tmp", os.W_OK) else None))
    if owner is not None:
        os.chown(made, owner.uid, owner.gid)
    noted.write_text(str(made))
    return made


def _takes_sockets(folder: Path) -> bool:
    """Whether the file system holds sockets: some shared and network ones do not."""
    trial = folder / "trial"
    trial.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as listener:
        try:
            listener.bind(str(trial))
        except OSError:
            return False
    trial.unlink()
    return True


def _is_private(folder: Path, owner: Owner | None) -> bool:
    """Whether a noted folder is still the one we made: /tmp is swept, and others may write there."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    uid = os.geteuid() if owner is None else owner.uid
    return stat.S_ISDIR(found.st_mode) and found.st_uid == uid and stat.S_IMODE(found.st_mode) == 0o700
