"""Templates in a turn: the text for this context, and a word for the trace where something was not there."""

from __future__ import annotations

from typing import Any

from flowengine.core.steps import Context
from flowengine.core.text import Template


def render(template: Template, context: Context) -> str:
    """The template's text in the flow's language and the contact's zone."""
    return _keepable(template.render(context.names, language=context.language, timezone=context.timezone))


def value(template: Template, context: Context) -> Any:
    """What the template comes to, unwritten where it is one expression: a number stays one."""
    found = template.value(context.names, language=context.language, timezone=context.timezone)
    return _keepable(found) if isinstance(found, str) else found


def _keepable(text: str) -> str:
    """Without what can be sent and stored nowhere: NUL, and halves of surrogate pairs."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode(errors="ignore").decode()
    return text


def absent(context: Context, *templates: Template) -> str:
    """What these templates named that was not there, for the run's log; empty when all was."""
    names = {name for template in templates for name in template.missing(context.names)}
    return f"nothing there: {', '.join(sorted(names))}" if names else ""
