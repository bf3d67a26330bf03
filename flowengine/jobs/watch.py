"""The built-in watch: tells operators by webhook what has gone wrong and what is well again, without Prometheus.

One POST of JSON a change: {"installation", "at", "broken": [...], "well": [...]}, each with `code`, `account`, `which`,
and in words `what` and `remedy`. Any number of workers watch; Redis remembers which of them looks this minute and what
was told. What it forgets is told again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial
from threading import Event, Thread
from types import TracebackType
from typing import Self

from redis import Redis
from redis.exceptions import RedisError

from flowengine.core.errors import ChannelRefused, NoAnswer
from flowengine.effects.outside import Outside
from flowengine.jobs.symptom_words import words
from flowengine.jobs.symptoms import Symptom, glance
from flowengine.settings import Settings
from flowengine.store.engine import Engine

log = logging.getLogger(__name__)

EVERY_S = 60.0
TURN, TOLD = "flowengine:watch:turn", "flowengine:watch:told"
LANGUAGE = "pt-BR"  # the product's own; `code` is for programs

Post = Callable[[str, str], int]  # url, body: the HTTP status


class Watch:
    """Watches while its `with` block lasts; nothing happens without FLOWENGINE_WATCH_URL."""

    def __init__(self, engine: Engine, redis: Redis, settings: Settings, outside: Outside) -> None:
        self._look = partial(watch, engine, redis, settings, partial(_post, outside))
        self._stop = Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True) if settings.watch_url else None

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


def watch(engine: Engine, redis: Redis, settings: Settings, post: Post) -> list[Symptom]:
    """Look, and tell what has changed since somebody was last told; what is wrong now, [] where it is not our turn."""
    try:
        if not redis.set(TURN, b"1", nx=True, px=int(EVERY_S * 900)):
            return []
    except RedisError:
        log.info("nobody knows whose turn it is to watch: all do")
    found = [each for each in glance(engine, redis, settings) if each.severity == "broken"]
    now = {_key(each): _as_data(each) for each in found}
    before = _told(redis)
    broken = [data for key, data in now.items() if key not in before]
    well = [data for key, data in before.items() if key not in now]
    if (broken or well) and settings.watch_url and _tell(settings, broken, well, post):
        _remember(redis, now)
    return found


def _tell(settings: Settings, broken: Sequence[object], well: Sequence[object], post: Post) -> bool:
    said = {"installation": settings.address, "at": datetime.now(UTC).isoformat(), "broken": broken, "well": well}
    try:
        status = post(settings.watch_url or "", json.dumps(said, ensure_ascii=False))
    except (NoAnswer, ChannelRefused) as fault:
        log.error("operators were not told, it is tried again: %s", fault)
        return False
    if status >= 300:
        log.error("operators were not told, it is tried again: FLOWENGINE_WATCH_URL answered %d", status)
    return status < 300


def _post(outside: Outside, url: str, body: str) -> int:
    return outside.post(url, body.encode(), {"content-type": "application/json"}).status


def _key(symptom: Symptom) -> str:
    return f"{symptom.code}/{symptom.account}/{symptom.which}"


def _as_data(symptom: Symptom) -> dict[str, object]:
    what, remedy = words(symptom, LANGUAGE)
    told = {"code": symptom.code, "account": symptom.account, "which": symptom.which, "count": symptom.count}
    return {**told, "what": what, "remedy": remedy}


def _told(redis: Redis) -> dict[str, dict[str, object]]:
    try:
        return {key.decode(): json.loads(value) for key, value in redis.hgetall(TOLD).items()}  # type: ignore[union-attr]
    except RedisError:
        return {}


def _remember(redis: Redis, now: dict[str, dict[str, object]]) -> None:
    try:
        with redis.pipeline() as together:
            together.delete(TOLD)
            if now:
                together.hset(TOLD, mapping={key: json.dumps(data) for key, data in now.items()})
            together.execute()
    except RedisError as fault:
        log.info("what was told is not remembered, it will be told again: %s", fault)
