"""Authors' regular expressions: RE2, which takes linear time whatever it is given."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import re2

from flowengine.core.errors import BadCondition
from flowengine.core.text import fold

LONGEST_PATTERN = 1_000  # characters
LONGEST_SEARCHED = 5_000  # characters of a text; the longest message a messenger takes has 4,096
LARGEST_PROGRAM = 5_000  # steps of what RE2 makes of it; a strict pattern for e-mail addresses has 4,500
MEMORY = 1 << 19  # bytes a compiled pattern may take; x{1000}{1000} is refused by it


def found_in(pattern: Any, text: str, *, exact: bool = False) -> bool:
    """Whether the pattern is somewhere in the text, as it is written or, unless `exact`, without its accents."""
    text = text[:LONGEST_SEARCHED]
    if text.isascii():
        return pattern.search(text) is not None
    text = text.encode(errors="replace").decode()  # half a character, as broken senders cut them, is no UTF-8
    return pattern.search(text) is not None or (not exact and pattern.search(fold(text)) is not None)


@lru_cache(maxsize=512)
def compile_pattern(source: str, *, exact: bool = False) -> Any:
    """The compiled pattern, its `.search(text)` gives a match or None; case does not matter unless `exact`."""
    options = re2.Options()
    options.max_mem = MEMORY
    options.case_sensitive = exact
    options.log_errors = False
    try:
        if len(source) > LONGEST_PATTERN:
            raise re2.error("too long")
        pattern = re2.compile(source, options)
        if pattern.programsize > LARGEST_PROGRAM:
            raise re2.error("too large")
        return pattern
    except (re2.error, UnicodeEncodeError) as mistake:
        shown = source[:60]
        raise BadCondition(
            f"pattern {shown!r} cannot be read",
            words={"pt-BR": f"o padrão “{shown}” não pode ser lido", "en": f"the pattern “{shown}” cannot be read"},
        ) from mistake
