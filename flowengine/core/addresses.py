"""Addresses with templates in them: a value in the middle of one is a part of it, and can be nothing more.

`https://shop.example/orders/{{ vars.order }}` asks for one order, whatever the contact calls it: what a template gives
is escaped, so that no “../” and no “?” in it leads elsewhere. Only a template at the very beginning, as in
`{{ account.vars.shop }}/orders`, is taken as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from flowengine.core.rendering import absent, render
from flowengine.core.steps import Context
from flowengine.core.text import Template, compile_template

LONGEST = 2_000  # characters; proxies and servers refuse longer ones
_EXPRESSION = re.compile(r"(\{\{.*?\}\})", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Address:
    """Pieces in order: as they are, or to be escaped."""

    whole: Template
    pieces: tuple[tuple[Template, bool], ...]

    def text(self, context: Context) -> str:
        texts = (_escaped(text) if is_value else text for text, is_value in self._rendered(context))
        return "".join(texts).strip()[:LONGEST]

    def absent(self, context: Context) -> str:
        return absent(context, self.whole)

    def _rendered(self, context: Context) -> list[tuple[str, bool]]:
        return [(render(template, context).strip(), is_value) for template, is_value in self.pieces]


def compile_address(source: str) -> Address:
    """Raises BadTemplate for what cannot be read.

    With statements in it ({% if %}) an address cannot be taken apart: then its values must be sound by themselves.
    """
    source = source.strip()
    whole = compile_template(source)
    if "{%" in source:
        return Address(whole, ((whole, False),))
    parts = [part for part in _EXPRESSION.split(source) if part]
    pieces = tuple((compile_template(part), place > 0 and part.startswith("{{")) for place, part in enumerate(parts))
    return Address(whole, pieces)


def _escaped(text: str) -> str:
    """Of nothing but dots nothing is left: “..” goes up a level however it is escaped (RFC 3986, 5.2.4)."""
    return quote(text, safe="") if text.strip(".") else ""
