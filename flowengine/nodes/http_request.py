"""`http_request`: calls an address outside, keeps what it answers, and leaves by what the answer says."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import quote, urlencode

import orjson

from flowengine.core.addresses import Address, compile_address
from flowengine.core.assignments import as_type
from flowengine.core.calls import UNTIL, spans_of_call, why_failed
from flowengine.core.effects import CallHttp
from flowengine.core.errors import BadParameter
from flowengine.core.events import CallAnswered, Event
from flowengine.core.json_paths import JsonPath, compile_path
from flowengine.core.kept import kept
from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context, Go, Pause, Spans, Stay, Step
from flowengine.core.text import Template, compile_template, fold
from flowengine.core.value_templates import JsonTemplate, compile_json

WAITS = True
TIME_LIMIT = 15  # seconds
RETRIES = 2
LONGEST_HEADER = 2_000

_ASCII = "".join(map(chr, range(0x20, 0x7F)))
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_NO_JSON = {
    "pt-BR": "o corpo não é um objeto ou uma lista em JSON; nomes vão entre aspas: {\"total\": \"{{ vars.total }}\"}",
    "en": "the body is no JSON object or list; names go in quotes: {\"total\": \"{{ vars.total }}\"}",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A header, a parameter of the query or a field of a form."""

    name: str
    value: Template


@dataclass(frozen=True, slots=True)
class Kept:
    """The variable `save_to` becomes what `path` leads to, of that type, else `default`."""

    path: JsonPath
    save_to: str
    type: str
    default: str | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The port `id` is taken where the answer says `value`."""

    id: str
    value: str


@dataclass(frozen=True, slots=True)
class Params:
    """`outcome_path`: where the answer says which outcome it is; None: its HTTP status does."""

    url: Address
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"] = "GET"
    headers: tuple[Named, ...] = ()
    query: tuple[Named, ...] = ()
    body_type: Literal["none", "json", "text", "form"] = "none"
    body: JsonTemplate | Template | None = None
    form: tuple[Named, ...] = ()
    scheme: Literal["none", "bearer", "basic", "header", "query"] = "none"
    secret: str | None = None
    auth_name: str = ""
    time_limit: int = TIME_LIMIT
    retries: int = RETRIES
    repeatable: bool = False
    response: tuple[Kept, ...] = ()
    outcome_path: JsonPath | None = None
    outcomes: tuple[Outcome, ...] = ()


def read(params: Mapping[str, Any]) -> Params:
    plain = ("method", "body_type", "scheme", "secret", "auth_name", "time_limit", "retries", "repeatable")
    path = params.get("outcome_path")
    return Params(
        **{name: params[name] for name in plain if name in params},
        url=compile_address(params["url"]),
        headers=_named(params.get("headers", ())),
        query=_named(params.get("query", ())),
        body=_body(params.get("body_type"), params.get("body", "")),
        form=_named(params.get("form", ())),
        response=tuple(
            Kept(compile_path(each["path"]), each["save_to"], each.get("type", "any"), each.get("default"))
            for each in params.get("response", ())
        ),
        outcome_path=compile_path(path) if path else None,
        outcomes=tuple(Outcome(each["id"], fold(each["value"])) for each in params.get("outcomes", ())),
    )


def enter(params: Params, context: Context) -> Step:
    """An address that came out empty is asked too: that it is refused is the way of every other mistake in it."""
    body, kind = _sent(params, context) if params.method != "GET" else (None, None)
    headers = {each.name: _one_line(render(each.value, context)) for each in params.headers}
    if kind and not any(name.lower() == "content-type" for name in headers):
        headers["Content-Type"] = kind
    call = CallHttp(
        method=params.method,
        url=params.url.text(context),
        headers=headers,
        query={each.name: render(each.value, context) for each in params.query},
        body=body,
        auth=params.secret if params.scheme != "none" else None,
        scheme="bearer" if params.scheme == "none" else params.scheme,
        auth_name=params.auth_name,
        time_limit=params.time_limit,
        retries=params.retries,
        repeatable=params.repeatable,
    )
    named = [each.value for each in (*params.headers, *params.query)]
    why = [params.url.absent(context), absent(context, *named), _absent_from_body(params, context)]
    return Pause(UNTIL, (call,), why="; ".join(each for each in why if each))


def resume(params: Params, context: Context, event: Event) -> Step:
    if not isinstance(event, CallAnswered):
        return Stay()
    answer = {"status": event.status, "body": kept(event.body), "reason": event.reason}
    outcome = _outcome(params, event)
    if outcome is None and not event.ok:
        return Go("failed", answer=answer, why=why_failed(event))
    sets = {each.save_to: _value(each, event.body, context) for each in params.response}
    return Go(outcome or "success", sets=sets, answer=answer, why=f"status {event.status}")


def spans(params: Mapping[str, Any], settings: Mapping[str, Any]) -> Spans:
    return spans_of_call(params.get("time_limit", TIME_LIMIT), params.get("retries", RETRIES))


def _named(given: Sequence[Mapping[str, Any]]) -> tuple[Named, ...]:
    return tuple(Named(each["name"], compile_template(each["value"])) for each in given)


def _body(kind: str | None, text: str) -> JsonTemplate | Template | None:
    if kind == "text":
        return compile_template(text)
    if kind != "json":
        return None
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as odd:
        raise BadParameter(_NO_JSON) from odd
    if not isinstance(document, dict | list):
        raise BadParameter(_NO_JSON)
    return compile_json(document)


def _sent(params: Params, context: Context) -> tuple[Any, str | None]:
    """The body and its type; JSON is filled leaf by leaf, so that no value can change its structure."""
    match params.body:
        case JsonTemplate() as document:
            return document.value(context), "application/json"
        case Template() as text:
            return render(text, context), "text/plain; charset=utf-8"
    if params.body_type == "form":
        fields = [(each.name, render(each.value, context)) for each in params.form]
        return urlencode(fields), "application/x-www-form-urlencoded"
    return None, None


def _absent_from_body(params: Params, context: Context) -> str:
    match params.body:
        case JsonTemplate() as document:
            return document.absent(context)
        case Template() as text:
            return absent(context, text)
    return absent(context, *(each.value for each in params.form))


def _one_line(value: str) -> str:
    """No line breaks: what follows one would be a header of its own. Letters beyond ASCII are escaped."""
    return quote(_CONTROL.sub(" ", value).strip(), safe=_ASCII)[:LONGEST_HEADER]


def _outcome(params: Params, event: CallAnswered) -> str | None:
    """The named outcome that the answer says; nothing says anything where none came."""
    if not event.status:
        return None
    if params.outcome_path is None:
        said = str(event.status)
    else:
        found = params.outcome_path.found(event.body)
        said = fold(_as_text(found[0])) if found else ""
    return next((outcome.id for outcome in params.outcomes if outcome.value == said), None)


def _as_text(value: Any) -> str:
    match value:
        case str():
            return value.strip()
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _value(each: Kept, body: Any, context: Context) -> Any:
    found = each.path.found(body)
    value: Any = None
    if found:
        value = found if each.type == "list" and not each.path.leads_to_one else found[0]
        value = as_type(each.type, kept(_plain_number(each.type, value)), context)
    if value is None and each.default is not None:
        return as_type(each.type, each.default, context)
    return value


def _plain_number(kind: str, value: Any) -> Any:
    """Machines write 1234.5 as text too; in pt-BR a person's 1.234 would be a thousand."""
    if kind in ("number", "integer") and isinstance(value, str):
        try:
            number = orjson.loads(value.strip())
        except orjson.JSONDecodeError:
            return value
        return number if isinstance(number, int | float) and not isinstance(number, bool) else value
    return value
