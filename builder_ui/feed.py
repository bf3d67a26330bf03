"""One reader of a numbered stream for everybody in this process who listens to it.

The stream lies in the database: its rows get their positions from whoever reads them, so nothing is ever skipped.
A hint makes the reader look at once; without hints it looks every other second. A listener that cannot keep up is
dropped and resumes from where it was.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from queue import Empty, Full, Queue
from threading import Event, Lock, Thread
from time import sleep
from typing import Any, Generic, Protocol, TypeVar

from builder_ui.hints import Hints

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
GATHER_S = 0.005  # after a look: what many hints tell of in a busy moment is read at once
QUEUE_LENGTH = 500  # entries a slow client may lag behind before it is dropped
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tell; `position` is None for a passing sign (typing), which no one resumes from."""

    position: int | None
    value: Any


class Listener(Generic[K]):
    """One waiting client. `since` is the feed's position when it began to listen: what follows comes by `next`."""

    def __init__(self, key: K) -> None:
        self.key = key
        self.since = 0
        self._queue: Queue[Entry | None] = Queue(QUEUE_LENGTH)
        self._dropped = False

    def next(self, timeout: float) -> Entry | None:
        """The next entry, or None when none came in time; Dropped when there is nothing more to come."""
        try:
            entry = self._queue.get(timeout=timeout)
        except Empty:
            entry = None
        if entry is None and self._dropped:
            raise Dropped
        return entry

    def put(self, entry: Entry) -> None:
        if self._dropped:
            return
        try:
            self._queue.put_nowait(entry)
        except Full:
            self._dropped = True

    def drop(self) -> None:
        """Nothing more comes once what lies here has been taken."""
        self._dropped = True
        with suppress(Full):
            self._queue.put_nowait(None)


class Dropped(Exception):  # noqa: N818 - no error: the client resumes by its last position
    """The listener's stream has a gap; its client must resume."""


class Source(Protocol[K]):
    """Where a feed reads. Methods are called by the feed's own thread and may wait for the database."""

    topic: str  # the Redis channel of its hints
    signs: str | None = None  # the Redis channel of passing signs

    def latest(self) -> int:
        """The last position, after all that is committed has been numbered."""

    def after(self, position: int) -> Sequence[Entry]:
        """What follows `position`, in order."""

    def sign(self, payload: bytes) -> Any:
        """What a payload on `signs` says."""

    def share(self, entries: Sequence[Entry], keys: frozenset[K]) -> Mapping[K, Sequence[Entry]]:
        """Which of the entries each listener may have."""


class Feed(Generic[K]):
    """Reads one source while somebody listens; ends with its last listener."""

    def __init__(self, source: Source[K], hints: Hints, *, look_every: float = LOOK_EVERY_S) -> None:
        self._look_every = look_every
        self._source = source
        self._hints = hints
        self._lock = Lock()
        self._listeners: list[Listener[K]] = []
        self._signs: list[bytes] = []
        self._wake = Event()
        self._thread: Thread | None = None
        self._position: int | None = None

    @contextmanager
    def listen(self, key: K) -> Iterator[Listener[K]]:
        """Hear what happens from now on; its `since` and what was before join without a gap."""
        listener = Listener(key)
        with self._lock:
            if self._position is None:
                self._position = self._source.latest()
            listener.since = self._position
            self._listeners.append(listener)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="feed", daemon=True)
                self._thread.start()
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners.remove(listener)
            if not self._listeners:
                self._wake.set()

    def close(self) -> None:
        """Let everybody go: they come back, to another process."""
        with self._lock:
            for listener in self._listeners:
                listener.drop()
        self._wake.set()

    def _run(self) -> None:
        with ExitStack() as heard:
            heard.enter_context(self._hints.listen(self._source.topic, lambda _: self._wake.set()))
            if self._source.signs:
                heard.enter_context(self._hints.listen(self._source.signs, self._sign))
            while self._goes_on():
                self._wake.wait(self._look_every)
                self._wake.clear()
                try:
                    self._look()
                except Exception:  # the database may be away for a while; whoever listens is patient
                    log.exception("a feed could not be read, it looks again")
                sleep(GATHER_S)

    def _goes_on(self) -> bool:
        with self._lock:
            if self._listeners:
                return True
            self._thread = None
            self._position = None
            return False

    def _sign(self, payload: bytes) -> None:
        if len(self._signs) < QUEUE_LENGTH:
            self._signs.append(payload)
        self._wake.set()

    def _look(self) -> None:
        position = self._position
        if position is None:
            return
        signs, self._signs = self._signs, []
        # Signs first: they came before this look, and what somebody wrote stands above what it was answered.
        entries = [*(Entry(None, self._source.sign(payload)) for payload in signs), *self._source.after(position)]
        if not entries:
            return
        # Under the lock, so that who joins meanwhile begins after these and misses nothing.
        with self._lock:
            shares = self._source.share(entries, frozenset(listener.key for listener in self._listeners))
            for listener in self._listeners:
                for entry in shares.get(listener.key, ()):
                    listener.put(entry)
            self._position = max([position, *(entry.position for entry in entries if entry.position is not None)])
        self._wake.set()  # a source gives so many at once; more may lie behind
