"""Pid files: which server they name, and whether it is the one we left there or a stranger with its number."""

import signal
import time
from collections.abc import Callable
from pathlib import Path

import psutil


def server_of(pid_file: Path, is_ours: Callable[[list[str]], bool]) -> psutil.Process | None:
    """The running process that a pid file names, if its command line says that it is ours.

    A number alone proves nothing: after a restart of the machine or the container it may be anybody's.
    """
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        command = process.cmdline()  # raises for a zombie, which is nobody's server any more
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return process if is_ours(command) else None


def end(process: psutil.Process, gentle: signal.Signals, patience: float, harsh: signal.Signals) -> None:
    """Ask a process to end and wait for it; ask harder after `patience` seconds."""
    for request, seconds in ((gentle, patience), (harsh, 10.0)):
        try:
            process.send_signal(request)
        except psutil.NoSuchProcess:
            return
        if _gone(process, seconds):
            return


def _gone(process: psutil.Process, seconds: float) -> bool:
    """Whether it ends in time. A zombie has ended: its parent may be an init that is in no hurry to bury it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if not process.is_running() or process.status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False
