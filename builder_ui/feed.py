"""One reader of a numbered stream for everybody in this process who listens to it.

The stream lies in the database: its rows get their positions from whoever reads them, so nothing is ever skipped.
A hint makes the reader look at once; without hints it looks every other second. A listener that cannot keep up is
dropped and resumes from where it was. What was read last is remembered, for those who come back for more.
"""

from __future__ import annotations

import logging
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic, sleep
from typing import Any, Generic, Protocol, TypeVar

from builder_ui.hints import Hints
from flowengine.store.engine import StoreFault, is_away

log = logging.getLogger(__name__)

LOOK_EVERY_S = 2.0
REST_S = 0.005  # after a look: what many hints tell of in a busy moment is read at once
BUSY_S = 0.001  # more of it, for each entry that was found
LONGEST_REST_S = 0.025
LINGER_S = 10.0  # who polls is away between two questions
REMEMBERED = 500  # entries
QUEUE_LENGTH = 500  # entries a slow client may lag behind before it is dropped
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to tell; `position` is None for a passing sign (typing), which no one resumes from."""

    position: int | None
    value: Any


class Listener(Generic[K]):
    """One waiting client. What follows `since` comes by `next`."""

    def __init__(self, key: K, since: int) -> None:
        self.key = key
        self.since = since
        self._queue: SimpleQueue[Entry | None] = SimpleQueue()  # a tenth of what a Queue takes; many wait
        self._dropped = False

    def next(self, timeout: float) -> Entry | None:
        """The next entry, or None when none came in time; Dropped when there is nothing more to come."""
        try:
            entry = self._queue.get(timeout=timeout) if timeout > 0 else self._queue.get_nowait()
        except Empty:
            entry = None
        if entry is None and self._dropped:
            raise Dropped
        return entry

    def put(self, entry: Entry) -> None:
        if self._dropped:
            return
        if self._queue.qsize() < QUEUE_LENGTH:
            self._queue.put(entry)
        else:
            self._dropped = True

    def drop(self) -> None:
        """Nothing more comes once what lies here has been taken."""
        self._dropped = True
        self._queue.put(None)


class Dropped(Exception):  # noqa: N818 - no error: the client resumes by its last position
    """The listener's stream has a gap; its client must resume."""


class Source(Protocol[K]):
    """Where a feed reads. Methods are called by the feed's own thread and may wait for the database."""

    topic: str  # the Redis channel of its hints
    signs: str | None = None  # the Redis channel of passing signs
    most: int  # entries that `after` gives at once

    def latest(self) -> int:
        """The last position, after all that is committed has been numbered."""

    def after(self, position: int) -> Sequence[Entry]:
        """What follows `position`, in order."""

    def sign(self, payload: bytes) -> Any:
        """What a payload on `signs` says."""

    def share(self, entries: Sequence[Entry], keys: frozenset[K]) -> Mapping[K, Sequence[Entry]]:
        """Which of the entries each listener may have."""


class Feed(Generic[K]):
    """Reads one source while somebody listens; ends some time after its last listener."""

    def __init__(
        self, source: Source[K], hints: Hints, *, look_every: float = LOOK_EVERY_S, linger: float = LINGER_S
    ) -> None:
        self._look_every = look_every
        self._linger = linger
        self._source = source
        self._hints = hints
        self._lock = Lock()
        self._listeners: defaultdict[K, list[Listener[K]]] = defaultdict(list)
        self._left_at = 0.0
        self._signs: list[bytes] = []
        self._wake = Event()
        self._thread: Thread | None = None
        self._position: int | None = None
        self._recent: deque[Entry] = deque()
        self._recent_since = 0  # the position before the first of them

    @contextmanager
    def listen(self, key: K, *, after: int | None = None) -> Iterator[Listener[K]]:
        """Hear what happens from now on; the listener's `since` and what was before join without a gap.

        Whoever knows the stream up to `after` hears what followed that, where it is remembered: `since` tells.
        """
        listener = self._join(key, after)
        try:
            yield listener
        finally:
            with self._lock:
                self._listeners[key].remove(listener)
                if not self._listeners[key]:
                    del self._listeners[key]
                self._left_at = monotonic()

    def close(self) -> None:
        """Let everybody go: they come back, to another process."""
        with self._lock:
            for listener in self._everybody():
                listener.drop()
            self._linger = 0
        self._wake.set()

    def _join(self, key: K, after: int | None) -> Listener[K]:
        with self._lock:
            if self._position is None or after is None and not self._listeners:
                self._recent.clear()
                self._position = self._recent_since = self._source.latest()
            listener = Listener(key, self._position)
            if after is not None and self._recent_since <= after <= self._position:
                listener.since = after
                missed = [entry for entry in self._recent if (entry.position or 0) > after]
                for entry in self._source.share(missed, frozenset([key])).get(key, ()):
                    listener.put(entry)
            self._listeners[key].append(listener)
            if self._thread is None:
                self._thread = Thread(target=self._run, name="feed", daemon=True)
                self._thread.start()
        if after == self._position:  # nobody may have looked for a while
            self._wake.set()
        return listener

    def _run(self) -> None:
        with ExitStack() as heard:
            heard.enter_context(self._hints.listen(self._source.topic, lambda _: self._wake.set()))
            if self._source.signs:
                heard.enter_context(self._hints.listen(self._source.signs, self._sign))
            while self._goes_on():
                self._wake.wait(self._look_every)
                self._wake.clear()
                found = 0
                try:
                    found = self._look() if self._listeners else 0
                except StoreFault as fault:  # the database is away for a while; whoever listens is patient
                    log.warning("a feed could not be read, it looks again: %s", fault, exc_info=not is_away(fault))
                except Exception:
                    log.exception("a feed could not be read, it looks again")
                sleep(min(REST_S + found * BUSY_S, LONGEST_REST_S))

    def _goes_on(self) -> bool:
        with self._lock:
            if self._listeners or monotonic() < self._left_at + self._linger:
                return True
            self._thread = None
            self._position = None
            self._recent.clear()
            return False

    def _sign(self, payload: bytes) -> None:
        if len(self._signs) < QUEUE_LENGTH:
            self._signs.append(payload)
        self._wake.set()

    def _look(self) -> int:
        """How much there was to tell."""
        position = self._position
        if position is None:
            return 0
        signs, self._signs = self._signs, []
        read = self._source.after(position)
        if not signs and not read:
            return 0
        # Signs first: they came before this look, and what somebody wrote stands above what it was answered.
        entries = [*(Entry(None, self._source.sign(payload)) for payload in signs), *read]
        # Under the lock, so that who joins meanwhile begins after these and misses nothing.
        with self._lock:
            if self._position != position:  # whoever joined has just asked where the stream stands
                self._wake.set()
                return 0
            shares = self._source.share(entries, frozenset(self._listeners))
            for key, share in shares.items():
                for listener in self._listeners.get(key, ()):
                    for entry in share:
                        listener.put(entry)
            self._remember(read)
        if len(read) >= self._source.most:
            self._wake.set()  # more may lie behind
        return len(entries)

    def _remember(self, read: Sequence[Entry]) -> None:
        if read:
            self._position = read[-1].position
        self._recent.extend(read)
        while len(self._recent) > REMEMBERED:
            self._recent_since = self._recent.popleft().position or 0

    def _everybody(self) -> Iterator[Listener[K]]:
        return (listener for listeners in self._listeners.values() for listener in listeners)
