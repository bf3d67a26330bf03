"""The built-in watch: tells operators what has gone wrong and what is well again, without Prometheus.

Any number of workers watch; Redis remembers which of them looks this minute and what was told by which way. What it
forgets is told again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from functools import partial
from threading import Event, Thread
from types import TracebackType
from typing import Any, Self

from redis import Redis
from redis.exceptions import RedisError

from flowengine.effects.outside import Outside
from flowengine.jobs.symptom_words import words
from flowengine.jobs.symptoms import Symptom, glance
from flowengine.jobs.telling import Way, ways
from flowengine.settings import Settings
from flowengine.store.engine import Engine

log = logging.getLogger(__name__)

EVERY_S = 60.0
TURN, TOLD = "flowengine:watch:turn", "flowengine:watch:told"
WORTH_TELLING = ("dead_letters", "secret_expires", "secret_refused")  # warnings that somebody has to act on

Data = dict[str, Any]  # a symptom as it was told


class Watch:
    """Watches while its `with` block lasts; nothing happens where no way to tell is set up."""

    def __init__(self, engine: Engine, redis: Redis, settings: Settings, outside: Outside) -> None:
        told_by = ways(settings, outside)
        self._look = partial(watch, engine, redis, settings, told_by)
        self._stop = Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True) if told_by else None

    def __enter__(self) -> Self:
        if self._thread:
            self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(EVERY_S):
            try:
                self._look()
            except Exception:  # ours: the next look must come all the same
                log.exception("the watch failed")


def watch(engine: Engine, redis: Redis, settings: Settings, told_by: Mapping[str, Way]) -> list[Symptom]:
    """Look, and tell what has changed since somebody was last told; what is wrong now, [] where it is not our turn."""
    try:
        if not redis.set(TURN, b"1", nx=True, px=int(EVERY_S * 900)):
            return []
    except RedisError:
        log.info("nobody knows whose turn it is to watch: all do")
    found = [each for each in glance(engine, redis, settings) if _matters(each)]
    now = {_key(each): _as_data(each, settings.language) for each in found}
    for name, tell in told_by.items():
        before = _told(redis, name)
        broken = [data for key, data in now.items() if _is_news(data, before.get(key))]
        well = [data for key, data in before.items() if key not in now]
        if (broken or well) and tell(broken, well):
            _remember(redis, name, now)
    return found


def _matters(symptom: Symptom) -> bool:
    return symptom.severity == "broken" or symptom.code in WORTH_TELLING


def _is_news(data: Data, before: Data | None) -> bool:
    """It was not told yet, or as less than it is by now."""
    return before is None or (data["severity"] == "broken" and before["severity"] != "broken")


def _key(symptom: Symptom) -> str:
    return f"{symptom.code}/{symptom.account}/{symptom.which}"


def _as_data(symptom: Symptom, language: str) -> Data:
    what, remedy = words(symptom, language)
    told = {"code": symptom.code, "account": symptom.account, "which": symptom.which, "count": symptom.count}
    return {**told, "severity": symptom.severity, "what": what, "remedy": remedy}


def _told(redis: Redis, way: str) -> dict[str, Data]:
    try:
        told: Mapping[bytes, bytes] = redis.hgetall(f"{TOLD}:{way}")  # type: ignore[assignment]  # not the async one
    except RedisError:
        return {}
    return {key.decode(): json.loads(value) for key, value in told.items()}


def _remember(redis: Redis, way: str, now: Mapping[str, Data]) -> None:
    try:
        with redis.pipeline() as together:
            together.delete(f"{TOLD}:{way}")
            if now:
                together.hset(f"{TOLD}:{way}", mapping={key: json.dumps(data) for key, data in now.items()})
            together.execute()
    except RedisError as fault:
        log.info("what was told is not remembered, it will be told again: %s", fault)
