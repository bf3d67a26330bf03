"""Steps of the set-up: each says what it does, keeps what its tools say, and is skipped when nothing has changed."""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_LAST_WORDS = 20  # lines of a failed tool that are shown
_ROOM_NEEDED = 1_200_000_000  # bytes: packages 400 MB, front end 300 MB, Node 200 MB, and room to unpack
_REASONS = (
    (("No space left on device", "ENOSPC"), "The disk is full."),
    (
        ("Temporary failure in name resolution", "NewConnectionError", "ConnectTimeoutError", "Max retries exceeded",
         "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ETIMEDOUT", "network is unreachable"),
        "The package registry cannot be reached: is there a network, or a proxy to name?",
    ),
    (
        ("SELF_SIGNED_CERT", "CERTIFICATE_VERIFY_FAILED", "UNABLE_TO_GET_ISSUER_CERT"),
        "The registry's certificate is not trusted: name your authority's file in PIP_CERT and NODE_EXTRA_CA_CERTS.",
    ),
    (("DO NOT MATCH THE HASHES", "EINTEGRITY"), "A package is not the one that was locked; nothing was installed."),
)  # fmt: skip


class SetupFailed(Exception):
    """A step that cannot be done here; the text says why and what would help."""


def say(text: str) -> None:
    print(text, flush=True)


def do(
    title: str,
    command: Sequence[str | Path],
    *,
    cwd: Path = ROOT,
    env: Mapping[str, str] | None = None,
    tolerant: bool = False,
) -> None:
    """Run a command quietly and say how long it took; raises SetupFailed with its last words, unless `tolerant`."""
    say(f"  ...      {title}")
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as error:
        raise SetupFailed(f"{title}: {command[0]} cannot be run: {error.strerror}") from error
    said = done.stdout.decode(errors="replace")
    if done.returncode != 0 and not tolerant:
        raise SetupFailed(_words(title, said))
    say(f"  {time.monotonic() - begun:5.1f} s  {title}")


def show(command: Sequence[str | Path], *, cwd: Path = ROOT, env: Mapping[str, str] | None = None) -> int:
    """Run a command with its output shown as it comes; returns its exit status."""
    sys.stdout.flush()
    return subprocess.run(
        [str(part) for part in command], cwd=cwd, env={**os.environ, **(env or {})}, check=False
    ).returncode


def fingerprint(files: Iterable[Path], *facts: str) -> str:
    """A hash of what a step's outcome depends on."""
    total = hashlib.sha256("\n".join(facts).encode())
    for file in sorted(files):
        total.update(f"{file.relative_to(ROOT)}\n".encode())
        total.update(hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()


def is_done(stamp: Path, inputs: str) -> bool:
    """Whether the step that leaves `stamp` was done with these inputs. The stamp lies in what the step makes."""
    return stamp.exists() and stamp.read_text() == inputs


def need_room() -> None:
    """Fail before a long installation that would fill the disk."""
    free = shutil.disk_usage(ROOT).free
    if free < _ROOM_NEEDED:
        raise SetupFailed(f"{ROOT} has {free / 1e9:.1f} GB free; setting up needs {_ROOM_NEEDED / 1e9:.1f} GB.")


def _words(title: str, said: str) -> str:
    reason = next((words for signs, words in _REASONS if any(sign in said for sign in signs)), "")
    shown = "\n".join(f"    {line}" for line in said.splitlines()[-_LAST_WORDS:])
    return f"{title} failed. {reason}\n{shown}"
