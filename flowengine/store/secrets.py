"""Secrets of an account, sealed by whoever writes them; only what carries out an order reads one."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flowengine.store.aliases import resolved
from flowengine.store.area import text
from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class Secret:
    """All that may be shown of it: its value is not here.

    `expires_on` is what its owner says; `refused_at`: since when who is called with it, `refused_by`, takes it no more.
    """

    id: UUID
    slug: str
    description: str
    created_at: datetime
    rotated_at: datetime | None
    used_at: datetime | None
    expires_on: date | None
    refused_at: datetime | None
    refused_by: str | None


_SEALED = text(f"select sealed from secret where account_id = :account and slug = {resolved('secret')}")
_USED = text(f"""
    update secret set used_at = :now
    where account_id = :account and slug = {resolved("secret")}
      and (used_at is null or used_at < cast(:now as timestamptz) - interval '1 minute')""")
# Nothing is written where nothing is new: a busy flow learns the same each time.
_ANSWERED = text(f"""
    update secret set refused_at = case when :refused then cast(:now as timestamptz) end,
                      refused_by = case when :refused then cast(:host as text) end
    where account_id = :account and slug = {resolved("secret")} and (refused_at is null) = :refused""")


class Secrets(Things[Secret]):
    table, kind, row, order = "secret", "secret", Secret, "slug"
    columns = {
        "description": "text",
        "sealed": "bytea",
        "rotated_at": "timestamptz",
        "expires_on": "date",
        "refused_at": "timestamptz",
    }

    def sealed(self, slug: str) -> bytes | None:
        """For who is about to use it: its value as it lies here; None where there is no such secret."""
        found: bytes | None = self._value(_SEALED, slug=slug)
        return found

    def used(self, slug: str) -> None:
        """It has been sent out; kept to the minute, so that busy flows do not write a row each time."""
        self._run(_USED, slug=slug, now=self._now)

    def answered(self, slug: str, host: str, *, refused: bool) -> None:
        """Whether who was called with it at `host` took it."""
        self._run(_ANSWERED, slug=slug, host=host, refused=refused, now=self._now)
