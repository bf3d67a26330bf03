"""A database as one file and back, by PostgreSQL's own programs."""

import os
import subprocess
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from flowengine.embedded.binaries import postgres_programs
from flowengine.embedded.errors import EmbeddedError


def dump_database(url: str, file: Path) -> None:
    """Write what the database holds at this moment, as its owner; work goes on meanwhile. Raises EmbeddedError."""
    _run("pg_dump", url, ["--format=custom", "--no-owner", "--schema=public", "--extension=*", f"--file={file}"])


def load_database(url: str, file: Path) -> None:
    """Fill an empty database, as its owner: all of it or nothing. Raises EmbeddedError."""
    listed = _call("pg_restore", ["--list", str(file)], {}).splitlines()
    contents = file.with_name("contents")
    contents.write_text("\n".join(line for line in listed if " SCHEMA - public " not in line))  # it is there already
    _run(
        "pg_restore",
        url,
        ["--no-owner", "--single-transaction", "--exit-on-error", f"--use-list={contents}", str(file)],
    )


def _run(name: str, url: str, arguments: list[str]) -> None:
    given = conninfo_to_dict(url.replace("postgresql+psycopg://", "postgresql://", 1))
    password = given.pop("password", None)  # not an argument: those are seen by everybody on the machine
    database = make_conninfo(**given)  # type: ignore[arg-type]  # all of it text, from libpq
    _call(name, [f"--dbname={database}", *arguments], {"PGPASSWORD": str(password)} if password else {})


def _call(name: str, arguments: list[str], environment: dict[str, str]) -> str:
    program = postgres_programs(None, None).folder / name
    if not os.access(program, os.X_OK):
        raise EmbeddedError(f"{name} is not beside the other programs of PostgreSQL in {program.parent}.")
    done = subprocess.run(
        [str(program), *arguments], env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise EmbeddedError(f"{name}: {done.stderr.strip()}")
    return done.stdout
