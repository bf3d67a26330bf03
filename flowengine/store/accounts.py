"""The account this Unit is of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flowengine.core.errors import NotFound
from flowengine.store.area import Area, json, names, text


@dataclass(frozen=True, slots=True)
class Account:
    id: UUID
    slug: str
    name: str
    language: str
    timezone: str
    settings: dict[str, Any]
    created_at: datetime


READ = text(f"select {names(Account)} from account where id = :account")
_CREATE = text(f"""
    insert into account ({names(Account)})
    values (:account, :slug, :name, :language, :timezone, cast(:settings as jsonb), :now)
    on conflict do nothing
    returning {names(Account)}""")
_SETTINGS = text("update account set settings = cast(:settings as jsonb) where id = :account")


class Accounts(Area):
    apart = True

    def read(self) -> Account:
        account = self._first(Account, READ)
        if account is None:
            raise NotFound("no such account")
        return account

    def create(
        self, *, slug: str, name: str, language: str = "pt-BR", timezone: str = "America/Sao_Paulo"
    ) -> Account | None:
        """The Unit's own account; None where its id or slug is taken."""
        settings = json({})
        return self._first(
            Account,
            _CREATE,
            slug=slug,
            name=name,
            language=language,
            timezone=timezone,
            settings=settings,
            now=self._now,
        )

    def set_settings(self, settings: Mapping[str, Any]) -> None:
        self._run(_SETTINGS, settings=json(dict(settings)))
