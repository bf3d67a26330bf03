"""F180 secrets in clear text: in a URL, a header or a body, where everybody who may read the flow may read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import re2

from flowengine.core.check.subject import Subject
from flowengine.core.findings import Finding, finding
from flowengine.core.marks import PathPart

PASSWORD = {"pt-BR": "uma senha", "en": "a password"}
KEY = {"pt-BR": "uma chave", "en": "a key"}
TOKEN = {"pt-BR": "uma credencial", "en": "a token"}

# Keys that say by their form what they are: nobody writes them by accident, wherever they stand.
ANYWHERE: Mapping[str, Mapping[str, str]] = {
    r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY": KEY,
    r"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b": KEY,  # Amazon Web Services
    r"\bAIza[0-9A-Za-z_-]{35}": KEY,  # Google
    r"\bsk-(?:proj-|ant-|live-|or-)?[A-Za-z0-9_-]{20,}": KEY,  # OpenAI, Anthropic, OpenRouter
    r"\b[sr]k_(?:live|test)_[A-Za-z0-9]{16,}": KEY,  # Stripe
    r"\b(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{22,})": TOKEN,  # GitHub
    r"\bglpat-[A-Za-z0-9_-]{20}": TOKEN,  # GitLab
    r"\bxox[abprs]-[A-Za-z0-9-]{10,}": TOKEN,  # Slack
    r"\bEAA[A-Za-z0-9]{40,}": TOKEN,  # Meta
    r"\b\d{8,10}:[A-Za-z0-9_-]{35}\b": TOKEN,  # Telegram
    r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}": TOKEN,  # JSON Web Token
}
# What gives a secret away by its name, in a call to elsewhere. A template is no secret: it begins with {.
IN_CALLS: Mapping[str, Mapping[str, str]] = {
    r"(?i)\b(?:bearer|basic|token)\s+[A-Za-z0-9+/_.=~-]{12,}": TOKEN,
    r"(?i)://[^/\s:@{]+:[^/\s@{]+@": PASSWORD,
    r"(?i)\b(?:password|passwd|pwd|senha)[\"']?\s*[=:]\s*[\"']?[^\s\"'{&]{4,}": PASSWORD,
    r"(?i)\b(?:api[_-]?key|access[_-]?token|auth[_-]?token|client[_-]?secret|secret)"
    r"[\"']?\s*[=:]\s*[\"']?[^\s\"'{&]{8,}": KEY,
}
SECRET_HEADERS = r"(?i)^(?:authorization|x-api-key|api-key|x-auth-token|apikey)$"
CALLS = ("call_http", "ask_ai")  # effects that leave the house


def _any_of(patterns: Mapping[str, Any]) -> Any:
    return re2.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_ANYWHERE = _any_of(ANYWHERE)
_ANY = _any_of({**ANYWHERE, **IN_CALLS})
_EACH = {re2.compile(pattern): kind for pattern, kind in {**ANYWHERE, **IN_CALLS}.items()}
_SECRET_HEADER = re2.compile(SECRET_HEADERS)


def clear_text_findings(subject: Subject) -> Iterator[Finding]:
    """One finding a text. A flow in which there is no trace of any is read only once, as a whole."""
    calling = {name for name, kind in subject.types.items() if set(CALLS) & set(kind.schema.get("x-effects", ()))}
    nodes = [node for node in subject.sound_nodes() if node.type in calling]
    if _ANYWHERE.search(b"".join(facts.blob for facts in subject.facts.values()).decode(errors="replace")):
        nodes = list(subject.sound_nodes())
    for node in nodes:
        for path, text in _texts(node.params, ()):
            kind = _secret_in(text, calls=node.type in calling)
            if kind is not None:
                yield finding(
                    "F180",
                    node=node.id,
                    pointer=subject.pointer(node, path),
                    label=subject.called(node),
                    field=_title(subject, node.type, path),
                    kind=kind,
                )


def _secret_in(text: str, *, calls: bool) -> Mapping[str, str] | None:
    if not (_ANY if calls else _ANYWHERE).search(text):
        return None
    return next(kind for pattern, kind in _EACH.items() if pattern.search(text))


def _texts(value: Any, path: tuple[PathPart, ...]) -> Iterator[tuple[tuple[PathPart, ...], str]]:
    """Every text of the params. A header whose name says that it holds a secret is read with its name."""
    match value:
        case str():
            yield path, value
        case {"name": str() as name, "value": str() as text} if _SECRET_HEADER.search(name):
            yield (*path, "value"), text if "{" in text else f"secret: {text}"
        case Mapping():
            for key, part in value.items():
                yield from _texts(part, (*path, key))
        case list():
            for place, part in enumerate(value):
                yield from _texts(part, (*path, place))


def _title(subject: Subject, type_name: str, path: tuple[PathPart, ...]) -> dict[str, str]:
    """What people call the field, or the list it lies in."""
    about = subject.schema.about(type_name, path)
    english = str(about.get("title", path[-1]))
    return {"en": english, "pt-BR": about.get("x-i18n", {}).get("pt-BR", {}).get("title", english)}
