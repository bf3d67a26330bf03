"""What the checker knows of the account a flow is to live in, as plain values: nothing is read from anywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel of the account; `bound`: the flow speaks on it wherever a node names no other.

    `limits` and `media` are `x-limits` and `x-media` in schemas/channels/<kind>.json; `window_hours` is how long after
    the contact's last message free messages may be sent, None where always.
    """

    key: str
    kind: str
    name: str = ""
    limits: Mapping[str, Any] = field(default_factory=dict)
    window_hours: int | None = None
    bound: bool = True
    media: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Able:
    """What the installation carries out today: effects by kind, events that start a flow, events that are waited for,
    kinds of flow.
    """

    effects: frozenset[str] = frozenset()
    triggers: frozenset[str] = frozenset()
    awaited: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Account:
    """What is not given is not spoken of: a kind that `references` lacks is not looked up, and so on.

    `references`: by kind (`x-ref`), then slug, what is known of the thing: {"name"} at least; of a team "members" (how
    many can answer), of a template "status" and "parameters", of a channel "kind", of an alias "alias_of". A stage is
    `<pipeline>/<stage>`. Of kind "file", by their SHA-256, with "mime" and "size": those that the document names.
    `hours`: business hours as core/hours.py reads them, under "account" and "team:<slug>"; None is always open.
    `flows`: live documents of the other flows, by key. `now` is when the flow would be published.
    """

    references: Mapping[str, Mapping[str, Facts]] = field(default_factory=dict)
    channels: Sequence[Channel] = ()
    hours: Mapping[str, Facts | None] = field(default_factory=dict)
    flows: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    able: Able | None = None
    now: datetime | None = None

    @classmethod
    def having(cls, **slugs: Sequence[str]) -> Self:
        """An account of which only names are known: `Account.having(team=["vendas"], tag=["vip"])`."""
        return cls({kind: {slug: {"name": slug} for slug in names} for kind, names in slugs.items()})

    def lacks(self, kind: str, slug: str) -> bool:
        """Whether it is certain that there is no such thing."""
        known = self.references.get(kind)
        return known is not None and slug not in known

    def facts(self, kind: str, slug: str) -> Facts | None:
        """What is known of a thing; None where it is missing or its kind is not spoken of."""
        return self.references.get(kind, {}).get(slug)

    def meant(self, kind: str, slug: str) -> str:
        """The thing's own slug where this one is an alias of it."""
        return str((self.facts(kind, slug) or {}).get("alias_of") or slug)


NOWHERE = Account()
"""Of an account that nothing is known about, nothing is said."""
