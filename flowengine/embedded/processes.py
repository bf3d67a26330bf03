"""Pid files: which server they name, and whether it is the one we left there or a stranger with its number."""

import signal
from collections.abc import Callable
from pathlib import Path

import psutil


def server_of(pid_file: Path, is_ours: Callable[[list[str]], bool]) -> psutil.Process | None:
    """The running process that a pid file names, if its command line says that it is ours.

    A number alone proves nothing: after a restart of the machine or the container it may be anybody's.
    """
    try:
        process = psutil.Process(int(pid_file.read_text().split()[0]))
        command = process.cmdline()  # empty for a zombie, which is nobody's server any more
    except (OSError, ValueError, IndexError, psutil.Error):
        return None
    return process if is_ours(command) else None


def end(process: psutil.Process, gentle: signal.Signals, patience: float) -> None:
    """Ask a process to end, wait, and kill it if it does not."""
    try:
        process.send_signal(gentle)
        process.wait(patience)
    except psutil.TimeoutExpired:
        process.kill()
        process.wait(10)
    except psutil.NoSuchProcess:
        pass
