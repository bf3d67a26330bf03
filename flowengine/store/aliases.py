"""Aliases: second slugs of things, so that a document which names an old or a foreign one is still understood."""

from dataclasses import dataclass
from datetime import datetime

from flowengine.store.area import Area, names, text
from flowengine.store.known import SHOW


@dataclass(frozen=True, slots=True)
class Alias:
    """What documents name by `alias` is `target`; `kind` is that of `x-ref`. A stage's slug is `<pipeline>/<stage>`."""

    kind: str
    alias: str
    target: str
    created_at: datetime


_ALL = text(f"select {names(Alias)} from alias where account_id = :account order by kind, alias")
_OF = text(f"""
    select {names(Alias)} from alias
    where account_id = :account and kind = :kind and target = :target order by alias""")
_TARGET = text("select target from alias where account_id = :account and kind = :kind and alias = :alias")
# An alias of an alias would need two look-ups: it becomes one of the same target instead.
_PUT = text(f"""
    insert into alias (account_id, {names(Alias)})
    values (:account, :kind, :alias,
            coalesce((select a.target from alias a
                      where a.account_id = :account and a.kind = :kind and a.alias = :target), :target), :now)
    on conflict (account_id, kind, alias) do update set target = excluded.target
    returning {names(Alias)}""")
_REPOINT = text("""
    update alias set target = :target where account_id = :account and kind = :kind and target = :alias""")
_REMOVE = text("delete from alias where account_id = :account and kind = :kind and alias = :alias")
_FORGET = text("delete from alias where account_id = :account and kind = :kind and target = :target")


class Aliases(Area):
    def all(self) -> list[Alias]:
        return self._all(Alias, _ALL)

    def of(self, kind: str, target: str) -> list[Alias]:
        """The other slugs of a thing."""
        return self._all(Alias, _OF, kind=kind, target=target)

    def target(self, kind: str, slug: str) -> str:
        """What `slug` stands for: itself where it is no alias."""
        target: str | None = self._value(_TARGET, kind=kind, alias=slug)
        return slug if target is None else target

    def put(self, kind: str, alias: str, target: str) -> Alias:
        """`alias` means `target` from now on, and so does whatever was an alias of it."""
        self._run(_REPOINT, kind=kind, alias=alias, target=target)
        (row,) = self._rows(_PUT, kind=kind, alias=alias, target=target, now=self._now)
        self._run(SHOW)
        return Alias(*row)

    def remove(self, kind: str, alias: str) -> bool:
        gone = self._run(_REMOVE, kind=kind, alias=alias) > 0
        self._run(SHOW)
        return gone

    def forget(self, kind: str, target: str) -> None:
        """The thing is gone, and nobody takes its place."""
        self._run(_FORGET, kind=kind, target=target)
        self._run(SHOW)


def resolved(kind: str, parameter: str = "slug") -> str:
    """SQL for what a parameter stands for: the alias's target, or itself."""
    return target_of(kind, f":{parameter}")


def target_of(kind: str, slug: str) -> str:
    """The same of any SQL expression."""
    return f"""coalesce((select a.target from alias a
        where a.account_id = :account and a.kind = '{kind}' and a.alias = {slug}), {slug})"""
