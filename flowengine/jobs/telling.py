"""How operators hear of what broke and what is well again: by webhook, by e-mail, or both.

The webhook gets one POST of JSON a change: {"installation", "at", "broken": [...], "well": [...]}, each with `code`,
`account`, `which`, `severity`, and in words `what` and `remedy`. The letter says the same for people.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import Any

from flowengine.core.errors import ChannelRefused, NoAnswer
from flowengine.effects import mail
from flowengine.effects.outside import Outside
from flowengine.settings import Settings

log = logging.getLogger(__name__)

Told = Mapping[str, Any]  # a symptom as data
Way = Callable[[Sequence[Told], Sequence[Told]], bool]  # broken, well again: whether it arrived

TEXTS = {
    "pt-BR": {
        "broken": "{count} problema(s) em {place}",
        "well": "Tudo bem de novo em {place}",
        "again": "Resolvido:",
        "do": "O que fazer: {remedy}",
        "end": "Enviado por flowengine em {at}. O estado de agora: flowengine doctor",
    },
    "en": {
        "broken": "{count} problem(s) at {place}",
        "well": "All well again at {place}",
        "again": "Well again:",
        "do": "What to do: {remedy}",
        "end": "Sent by flowengine at {at}. How it stands now: flowengine doctor",
    },
}


def ways(settings: Settings, outside: Outside) -> dict[str, Way]:
    """Those that the operator has set up, by name; each remembers for itself what it has told."""
    found: dict[str, Way] = {}
    if settings.watch_url:
        found["webhook"] = partial(by_webhook, settings, outside)
    if settings.watch_email and settings.mail:
        found["email"] = partial(by_mail, settings)
    return found


def by_webhook(settings: Settings, outside: Outside, broken: Sequence[Told], well: Sequence[Told]) -> bool:
    said = {"installation": settings.address, "at": datetime.now(UTC).isoformat(), "broken": broken, "well": well}
    body = json.dumps(said, ensure_ascii=False).encode()
    try:
        status = outside.post(settings.watch_url or "", body, {"content-type": "application/json"}).status
    except (NoAnswer, ChannelRefused) as fault:
        log.error("operators were not told, it is tried again: %s", fault)
        return False
    if status >= 300:
        log.error("operators were not told, it is tried again: FLOWENGINE_WATCH_URL answered %d", status)
    return status < 300


def by_mail(settings: Settings, broken: Sequence[Told], well: Sequence[Told]) -> bool:
    if settings.mail is None:
        return False
    subject, text = _letter(settings, broken, well)
    try:
        mail.send(settings.mail, settings.watch_email, subject, text)
    except (NoAnswer, ChannelRefused) as fault:
        log.error("operators were not written to, it is tried again: %s", fault)
        return False
    return True


def _letter(settings: Settings, broken: Sequence[Told], well: Sequence[Told]) -> tuple[str, str]:
    words = TEXTS[settings.language]
    subject = words["broken" if broken else "well"].format(count=len(broken), place=settings.address)
    parts = [f"{_who(each)}{each['what']}\n{words['do'].format(remedy=each['remedy'])}" for each in broken]
    if well:
        parts.append("\n".join([words["again"], *(f"- {_who(each)}{each['what']}" for each in well)]))
    parts.append(words["end"].format(at=f"{datetime.now(UTC):%Y-%m-%d %H:%M UTC}"))
    return f"[flowengine] {subject}", "\n\n".join(parts) + "\n"


def _who(each: Told) -> str:
    return f"{each['account']}: " if each["account"] else ""
