"""The worker processes of a machine, forked from one that has imported everything: what they share is there once.

The parent opens no connection and starts no thread: both would be the children's as well. It starts again whoever
ends, with growing pauses, kills whoever gives no sign of life any more, and ends with the last of them.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from flowengine.jobs.logs import log_as
from flowengine.jobs.parent import count_death, end_with
from flowengine.jobs.pulse import Pulse
from flowengine.jobs.queue import QueueName
from flowengine.jobs.worker import work
from flowengine.settings import Settings

log = logging.getLogger(__name__)

LOOK_S = 0.5
SILENT_S = 90.0  # without a sign of life: longer than a crowded machine keeps a thread waiting
BEATS = 15  # signs of life in that time
HEARD = frozenset({signal.SIGTERM, signal.SIGINT, signal.SIGCHLD})


@dataclass
class Post:
    """A worker that should always be there."""

    queue: QueueName
    place: int  # among all, in their pulse
    pid: int = 0
    deaths: int = 0
    due: float = 0.0  # when it may be started, by the monotonic clock
    begun: float = field(default=0.0)


def keep(settings: Settings, queues: Sequence[QueueName], *, silent_s: float = SILENT_S) -> None:
    """Have a worker for each of `queues` until told to stop (SIGTERM, SIGINT); then until the last has ended.

    One that gives no sign of life for `silent_s` seconds is killed, and another starts.
    """
    log_as()
    posts = [Post(queue, place) for place, queue in enumerate(queues)]
    pulse = Pulse(len(posts))
    signal.pthread_sigmask(signal.SIG_BLOCK, HEARD)  # taken by sigtimedwait; children let them through again
    gc.collect()
    gc.freeze()  # a collection in a child would write to what is shared, and so make it the child's own
    stopping, looked = False, time.monotonic()
    while not stopping or any(post.pid for post in posts):
        for post in posts:
            if not stopping and not post.pid and time.monotonic() >= post.due:
                _start(post, settings, pulse, silent_s / BEATS)
        heard = signal.sigtimedwait(HEARD, LOOK_S)
        if heard is not None and heard.si_signo != signal.SIGCHLD:
            stopping = True
            _tell_all(posts)
        if time.monotonic() - looked > silent_s / 2:  # all of us were stopped, and the others have not beaten yet
            pulse.beat_all()
        looked = time.monotonic()
        _end_silent(posts, pulse, silent_s)
        _note_deaths(posts, stopping=stopping)


def _start(post: Post, settings: Settings, pulse: Pulse, beat_s: float) -> None:
    parent = os.getpid()
    post.begun = time.monotonic()
    pulse.beat(post.place)
    post.pid = os.fork()
    if not post.pid:
        _be(post.queue, settings, parent, lambda: pulse.keep_beating(post.place, beat_s))


def _be(queue: QueueName, settings: Settings, parent: int, show_life: Callable[[], None]) -> None:
    """What the child is, to its end."""
    code = 1
    try:
        end_with(parent)
        show_life()
        _name(["flowengine", "work", "--queue", queue])
        signal.pthread_sigmask(signal.SIG_UNBLOCK, HEARD)
        work(settings, queue)
        code = 0
    except Exception:
        log.exception("worker ends: queue=%s", queue)
    finally:
        os._exit(code)  # nothing of the parent's is to be done twice


def _tell_all(posts: Sequence[Post]) -> None:
    for post in posts:
        if post.pid:
            with suppress(ProcessLookupError):
                os.kill(post.pid, signal.SIGTERM)


def _end_silent(posts: Sequence[Post], pulse: Pulse, silent_s: float) -> None:
    for post in posts:
        if post.pid and pulse.silence(post.place) > silent_s:
            log.error("worker gives no sign of life and is killed: queue=%s pid=%d", post.queue, post.pid)
            with suppress(ProcessLookupError):
                os.kill(post.pid, signal.SIGKILL)
            pulse.beat(post.place)  # said once


def _note_deaths(posts: Sequence[Post], *, stopping: bool) -> None:
    for post in posts:
        if not post.pid:
            continue
        pid, status = os.waitpid(post.pid, os.WNOHANG)
        if not pid:
            continue
        post.pid = 0
        post.deaths, pause = count_death(post.deaths, time.monotonic() - post.begun)
        post.due = time.monotonic() + pause
        if not stopping:
            log.warning("worker ended, another starts: queue=%s code=%d", post.queue, os.waitstatus_to_exitcode(status))


def _name(words: Sequence[str]) -> None:
    """Let `ps` say what this process does: its command line is memory of its own, on Linux (proc(5), arg_start)."""
    if not sys.platform.startswith("linux"):
        return
    with suppress(OSError, ValueError, IndexError):
        fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
        start, end = int(fields[45]), int(fields[46])
        said = b"\0".join(word.encode() for word in words)[: end - start - 1]
        ctypes.memmove(start, said.ljust(end - start, b"\0"), end - start)
