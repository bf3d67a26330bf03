"""Listens to Redis for a whole process and wakes whoever waits: one connection, however many people wait.

A hint says "look"; it is never the news itself, except for signs of typing, which nobody misses. While Redis is away
nobody is woken and everybody looks by the clock.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from time import sleep

from redis import Redis

log = logging.getLogger(__name__)

TOPICS = ("live:*", "typing:*")
WAIT_S = 0.25  # for a message, before the thread looks whether it is still wanted
AGAIN_S = 2.0  # between tries to reach a Redis that is away

Listener = Callable[[bytes], None]


class Hints:
    """The listening connection of a process; begins with its first listener."""

    def __init__(self, redis: Redis) -> None:
        self._redis = redis
        self._listeners: dict[str, list[Listener]] = defaultdict(list)
        self._lock = Lock()
        self._thread: Thread | None = None
        self._closed = False

    @contextmanager
    def listen(self, topic: str, listener: Listener) -> Iterator[None]:
        """Call `listener` with each payload on `topic` meanwhile; it must neither wait nor raise."""
        with self._lock:
            self._listeners[topic].append(listener)
            if self._thread is None and not self._closed:
                self._thread = Thread(target=self._run, name="hints", daemon=True)
                self._thread.start()
        try:
            yield
        finally:
            with self._lock:
                self._listeners[topic].remove(listener)
                if not self._listeners[topic]:
                    del self._listeners[topic]

    def close(self) -> None:
        """End the listening thread, within a second or two."""
        with self._lock:
            self._closed = True
            thread = self._thread
        if thread is not None:
            thread.join(8 * WAIT_S)

    def _run(self) -> None:
        while not self._closed:
            try:
                self._pump()
            except Exception as fault:  # redis-py: whatever a socket that goes away under its feet brings
                if not self._closed:
                    log.warning("no hints for now, screens look by the clock: %r", fault)
                    sleep(AGAIN_S)

    def _pump(self) -> None:
        with self._redis.pubsub(ignore_subscribe_messages=True) as pubsub:  # type: ignore[no-untyped-call]
            pubsub.psubscribe(*TOPICS)
            while not self._closed:
                message = pubsub.get_message(timeout=WAIT_S)
                if message is not None:
                    self._tell(message["channel"].decode(), message["data"])

    def _tell(self, topic: str, payload: bytes) -> None:
        with self._lock:
            listeners = list(self._listeners.get(topic, ()))
        for listener in listeners:
            listener(payload)
