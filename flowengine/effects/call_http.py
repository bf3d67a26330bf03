"""CallHttp: an HTTP request of the author's, sent after the turn through the guard; its answer is an event."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode, urlsplit, urlunsplit

import orjson

from flowengine.core.errors import ChannelRefused, NoAnswer, Unknown
from flowengine.effects import calls
from flowengine.effects.calls import Answered
from flowengine.effects.outcome import Done, Later, Outcome, Refused
from flowengine.effects.outside import Answer, Outside
from flowengine.effects.sealing import unseal
from flowengine.store.outbox import Order
from flowengine.store.unit import Unit

apply, done, given_up, again_at = calls.owe, calls.done, calls.given_up, calls.again_at

LARGEST_ANSWER = 256 * 1024  # bytes; an answer becomes an event of the lane and part of the recorded turn
SHOWN_HEADERS = ("content-type", "location", "retry-after", "x-request-id")
PASSES = frozenset({408, 425, 429, 500, 502, 503, 504})


@dataclass(frozen=True, slots=True, repr=False)
class Call:
    """The request with its secret in it: made when it is sent, never stored, never shown."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes | None
    time_limit: float
    repeatable: bool


def prepare(unit: Unit, order: Order, *, secret: str) -> Call | Outcome:
    """The request; an outcome where nothing is to be sent."""
    if not calls.is_wanted(unit, order):
        return Done()
    if calls.is_hopeless(order):
        return Done(calls.LOST)
    return call_of(unit, order.payload, key=order.id, secret=secret, repeatable=calls.may_repeat(order))


def call_of(unit: Unit, effect: Mapping[str, Any], *, key: str, secret: str, repeatable: bool) -> Call | Refused:
    """The request that an effect asks for, with the account's secret in it; `key` is the same on every try."""
    headers = {name.lower(): value for name, value in effect["headers"].items()}
    headers.setdefault("user-agent", "flowengine")
    headers[calls.KEY.lower()] = key
    body = _body(effect["body"], headers)
    query = dict(effect["query"])
    if effect["auth"]:
        sealed = unit.secrets.sealed(effect["auth"])
        if sealed is None:
            return Refused(f"there is no secret {effect['auth']!r} in this account")
        unit.secrets.used(effect["auth"])
        _authorise(effect, unseal(sealed, secret), headers, query)
    url = with_query(effect["url"], query)
    limit = min(float(effect["time_limit"]), 60.0)
    return Call(effect["method"], url, headers, body, limit, repeatable)


def perform(call: Call, outside: Outside) -> Outcome:
    """Send it; with no transaction open."""
    try:
        answer = outside.send(
            call.method, call.url, call.body, call.headers, time_limit=call.time_limit, most=LARGEST_ANSWER
        )
    except Unknown as fault:
        unknown = Answered(False, reason="unknown", error=str(fault))
        return Later(str(fault), answer=unknown) if call.repeatable else Done(unknown)
    except NoAnswer as fault:
        return Later(str(fault), answer=Answered(False, reason="timeout", error=str(fault)))
    except ChannelRefused as refusal:
        return Done(Answered(False, reason="refused", error=str(refusal)))
    answered = answered_by(answer)
    if answer.status in PASSES and (call.repeatable or answer.status == 429):
        return Later(f"the server answered {answer.status}", wanted_pause(answer), answered)
    return Done(answered)


def with_query(url: str, query: dict[str, str]) -> str:
    """The address with these parameters after its own."""
    if not query:
        return url
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query="&".join(part for part in (parts.query, urlencode(query)) if part)))


def wanted_pause(answer: Answer) -> float | None:
    """Retry-After in seconds, where the server said it in seconds or as a date (RFC 9110, 10.2.3)."""
    said = answer.headers.get("retry-after", "")
    if said.isascii() and said.isdigit():
        return float(said[:6])
    try:
        until, now = parsedate_to_datetime(said), parsedate_to_datetime(answer.headers.get("date", ""))
        return max((until - now).total_seconds(), 0)
    except (ValueError, TypeError):  # TypeError: one of them without its zone
        return None


def _body(body: Any, headers: dict[str, str]) -> bytes | None:
    if body is None:
        return None
    if isinstance(body, str):
        headers.setdefault("content-type", "text/plain; charset=utf-8")
        return body.encode()
    headers.setdefault("content-type", "application/json")
    return orjson.dumps(body)


def _authorise(effect: Mapping[str, Any], value: str, headers: dict[str, str], query: dict[str, str]) -> None:
    match effect["scheme"]:
        case "bearer":
            headers["authorization"] = f"Bearer {value}"
        case "basic":
            headers["authorization"] = f"Basic {b64encode(value.encode()).decode()}"
        case "header":
            headers[(effect["auth_name"] or "x-api-key").lower()] = value
        case "query":
            query[effect["auth_name"] or "key"] = value


def answered_by(answer: Answer) -> Answered:
    """What the flow hears of an answer."""
    shown = {name: answer.headers[name][:500] for name in SHOWN_HEADERS if name in answer.headers}
    ok = 200 <= answer.status < 300
    reason = "" if ok else "status"
    return Answered(ok, answer.status, shown, _value(answer), reason, "" if ok else f"HTTP {answer.status}")


def _value(answer: Answer) -> Any:
    """JSON's value where it is JSON, else text."""
    if not answer.body:
        return None
    if "json" in answer.headers.get("content-type", "json"):
        try:
            return calls.read_json(answer.body)
        except orjson.JSONDecodeError:
            pass
    return answer.body.decode(errors="replace")
