"""What the checker says about a flow: a stable code, a place, a sentence in each language, sometimes a fix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from flowengine.core.findings.texts import TEXTS
from flowengine.core.naming import LANGUAGES

Severity = Literal["error", "warning"]

Words = str | int | Mapping[str, str]  # a word in all languages, or one for each


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth a look. `edge` is (source, port); `fix` a change the builder can apply."""

    code: str
    severity: Severity
    message: Mapping[str, str]
    node: str | None = None
    edge: tuple[str, str] | None = None
    pointer: str | None = None
    fix: Mapping[str, Any] | None = None

    def as_data(self) -> dict[str, Any]:
        """As the API and `flowengine check --json` give it."""
        return {
            "code": self.code,
            "severity": self.severity,
            "node": self.node,
            "edge": {"source": self.edge[0], "port": self.edge[1]} if self.edge else None,
            "pointer": self.pointer,
            "message": dict(self.message),
            "fix": dict(self.fix) if self.fix else None,
        }


def finding(
    code: str,
    *,
    text: str | None = None,
    node: str | None = None,
    edge: tuple[str, str] | None = None,
    pointer: str | None = None,
    fix: Mapping[str, Any] | None = None,
    **words: Words,
) -> Finding:
    """A finding with the sentence of the catalogue under `text` (default: the code), filled with `words`."""
    entry = TEXTS[text or code]
    severity: Severity = "warning" if entry.get("severity") == "warning" else "error"
    message = {language: entry[language].format(**in_language(words, language)) for language in LANGUAGES}
    return Finding(code, severity, message, node, edge, pointer, fix)


def in_language(words: Mapping[str, Words], language: str) -> dict[str, str | int]:
    """These words as one language says them."""
    return {name: word if isinstance(word, str | int) else word[language] for name, word in words.items()}
