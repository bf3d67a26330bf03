"""Option ids as channels see them: the author's id and which question it belongs to.

A contact may press a button of a question long past. The id that travels says which run and turn asked, so that it
is never taken for a same-named option of another menu: `vendas@<run>.<turn>`.
"""

from __future__ import annotations

import re
from uuid import UUID

from flowengine.core.events import Asked

_SENT = re.compile(r"(?P<option>.+)@(?P<run>[0-9a-f]{32})\.(?P<turn>\d{1,9})")


def sent_id(option: str, run: UUID, turn: int) -> str:
    """The id that goes out.

    >>> sent_id("vendas", UUID(int=1), 4)
    'vendas@00000000000000000000000000000001.4'
    """
    return f"{option}@{run.hex}.{turn}"


def read_id(choice: str) -> tuple[str, Asked | None]:
    """The author's id, and who asked where the id says so; an outside system may send the plain id.

    >>> read_id("vendas@00000000000000000000000000000001.4")[1]
    Asked(run='00000000-0000-0000-0000-000000000001', turn=4)
    >>> read_id("vendas")
    ('vendas', None)
    """
    found = _SENT.fullmatch(choice)
    if found is None:
        return choice, None
    return found["option"], Asked(str(UUID(hex=found["run"])), int(found["turn"]))
