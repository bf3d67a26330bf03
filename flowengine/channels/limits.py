"""What one message of a channel can hold, and how a message is made to fit without losing a word of it."""

from __future__ import annotations

from dataclasses import dataclass

from msgspec.structs import replace

from flowengine.core.effects import SendMessage
from flowengine.core.in_words import in_words


@dataclass(frozen=True, slots=True)
class Limits:
    """Counted in characters (text, title) and pieces (buttons, attachments); `shows` are kinds of parts it can show."""

    text: int
    buttons: int
    button_title: int
    attachments: int
    shows: frozenset[str] = frozenset({"text", "image", "video", "audio", "document"})


def fit(message: SendMessage, limits: Limits) -> tuple[SendMessage, ...]:
    r"""The messages to send in this order. Options that cannot be buttons become numbered lines of the text.

    >>> from flowengine.core.effects import Option
    >>> two = SendMessage(text="Qual?", options=(Option("a", "Vendas"), Option("b", "Suporte")))
    >>> fit(two, Limits(text=100, buttons=1, button_title=20, attachments=1))[0].text
    'Qual?\n\n1. Vendas\n2. Suporte'
    """
    message = _options_that_fit(in_words(message, limits.shows), limits)
    texts = _pieces(message.text, limits.text)
    files = [
        message.attachments[start : start + limits.attachments]
        for start in range(0, len(message.attachments), limits.attachments)
    ] or [()]
    # Words before files; buttons stay under the last words, where the contact looks for them.
    parts = [replace(message, text=text, options=(), attachments=()) for text in texts[:-1]]
    parts += [replace(message, text="", options=(), attachments=some) for some in files[:-1]]
    return (*parts, replace(message, text=texts[-1], attachments=files[-1]))


def numbered(message: SendMessage) -> SendMessage:
    """The options as lines "1. title": the menu node matches numbers and titles as well as ids."""
    lines = "\n".join(f"{number}. {option.title}" for number, option in enumerate(message.options, 1))
    text = f"{message.text}\n\n{lines}" if message.text else lines
    return replace(message, text=text, options=())


def _options_that_fit(message: SendMessage, limits: Limits) -> SendMessage:
    if not message.options:
        return message
    too_many = len(message.options) > limits.buttons
    too_long = any(len(option.title) > limits.button_title for option in message.options)
    return numbered(message) if message.show_as == "text" or too_many or too_long else message


def _pieces(text: str, most: int) -> list[str]:
    """Cut at a paragraph, else a line, else a space, else anywhere; no piece is empty but for an empty text."""
    pieces: list[str] = []
    while len(text) > most:
        cut = max(
            (at for at in (text.rfind(mark, 1, most + 1) for mark in ("\n\n", "\n", " ")) if at > most // 2),
            default=most,
        )
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    return [*pieces, text] if text or not pieces else pieces
