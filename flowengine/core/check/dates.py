"""F170 dates that are already past, F171 waits that are shorter than what looks after them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from flowengine.core.check.account import Account
from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.marks import Marked

SHORTEST = 5  # seconds; what is due is looked for every second or two, so a wait of two may take four
WESTERNMOST = timedelta(hours=12)  # behind UTC: where a day without a zone ends last


def date_findings(subject: Subject, account: Account) -> Iterator[Finding]:
    """Without a clock in the account, nothing is said of dates."""
    for node in subject.flow.nodes:
        for field in subject.facts[node.id].dates:
            if _is_past(field, account.now):
                pointer, label = subject.pointer(node, field.path), subject.called(node)
                yield finding(
                    "F170", node=node.id, pointer=pointer, label=label, field=field.title(), date=str(field.value)
                )
        for field in subject.facts[node.id].durations:
            seconds = _seconds(field.value)
            if seconds is not None and seconds < SHORTEST:
                yield finding(
                    "F171",
                    node=node.id,
                    pointer=subject.pointer(node, field.path),
                    label=subject.called(node),
                    field=field.title(),
                    amount=seconds,
                    least=SHORTEST,
                )
    for field in subject.settings_marked("x-past"):
        if _is_past(field, account.now):
            pointer = "/".join(["/settings", *map(str, field.path)])
            yield finding("F170", pointer=pointer, label=subject.flow.name, field=field.title(), date=str(field.value))


def _is_past(field: Marked, now: datetime | None) -> bool:
    """Whether the moment is over wherever the contact lives; a text that is no date (a template) is never past."""
    if now is None or not isinstance(field.value, str):
        return False
    try:
        moment = datetime.fromisoformat(field.value)
        if len(field.value) == len("2026-01-01"):
            moment = datetime.combine(date.fromisoformat(field.value), time.max)
    except ValueError:
        return False
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC) + WESTERNMOST) < now


def _seconds(value: Any) -> int | None:
    match value:
        case {"amount": int() as amount, "unit": "seconds"}:
            return amount
    return None
