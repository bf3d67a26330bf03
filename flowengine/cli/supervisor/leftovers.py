"""Web and workers that a killed supervisor left behind: noted while they run, ended by the next start."""

import json
from collections.abc import Iterable
from pathlib import Path

import psutil

_NAME = "children.json"
PATIENCE = 10.0  # seconds that a worker may take to finish the job in hand


def note_children(data: Path, pids: Iterable[int]) -> None:
    """Remember who runs, each with the time it began, so that a number used again is not taken for it."""
    known = {}
    for pid in pids:
        try:
            known[str(pid)] = psutil.Process(pid).create_time()
        except psutil.NoSuchProcess:
            continue
    (data / _NAME).write_text(json.dumps(known))


def end_leftovers(data: Path) -> int:
    """End the noted processes that still run; returns how many there were. The caller holds the lock."""
    try:
        known = json.loads((data / _NAME).read_text())
    except (OSError, ValueError):
        return 0
    left = [process for pid, begun in known.items() if (process := _same(int(pid), begun))]
    for process in left:
        process.terminate()
    _, stubborn = psutil.wait_procs(left, timeout=PATIENCE)
    for process in stubborn:
        process.kill()
    forget_children(data)
    return len(left)


def forget_children(data: Path) -> None:
    """Nobody of them runs any more."""
    (data / _NAME).unlink(missing_ok=True)


def _same(pid: int, begun: float) -> psutil.Process | None:
    try:
        process = psutil.Process(pid)
        alive = process.create_time() == begun and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return None
    return process if alive else None
