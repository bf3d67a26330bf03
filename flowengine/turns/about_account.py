"""What a turn asks of its account's things: templates, snippets, AI endpoints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flowengine.store.contacts import Contact
from flowengine.store.unit import Unit


def _template(unit: Unit, _: Contact, slug: str) -> Any:
    template = unit.templates.named(slug)
    if template is None:
        return None
    parameters = [parameter["name"] for parameter in template.parameters]
    return {"text": template.body, "parameters": parameters, "status": template.status}


def _snippet(unit: Unit, _: Contact, slug: str) -> Any:
    snippet = unit.snippets.named(slug)
    return None if snippet is None else {"text": snippet.text}


def _ai(unit: Unit, _: Contact, slug: str) -> Any:
    endpoint = unit.ai.named(slug)
    return None if endpoint is None else {"model": endpoint.model, "max_tokens": endpoint.max_tokens}


ANSWERS: Mapping[str, Callable[[Unit, Contact, str], Any]] = {"ai": _ai, "snippet": _snippet, "template": _template}
