"""What surrounds a made-up conversation: the contact, the account's teams, people and hours, answers from outside."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from flowengine.core.program import Program
from flowengine.core.steps import Query, World
from flowengine.core.stories.so_far import SoFar

USUAL: Mapping[str, Any] = {
    "at": "2026-01-05T10:00:00-03:00",  # a Monday
    "timezone": "America/Sao_Paulo",
    "contact": {"name": "Renata Vasques"},
    "channel": {"kind": "webchat", "key": "webchat"},
}
TEAM: Mapping[str, Any] = {"members": 1, "available": 1, "queued": 0, "texts": {}}
USER: Mapping[str, Any] = {"presence": "online", "available": True, "teams": []}
TEMPLATE: Mapping[str, Any] = {"parameters": [], "status": "approved"}


class Surroundings(Struct, frozen=True):
    """Teams exist, are open and have somebody online unless said otherwise; people are there; templates are approved.

    `mocks` are what calls of a node come to, by its id: one answer, or a list of them, the last for all that follow.
    `happened` are facts for look-backs: {"event", "at"?, "data"?}. `flows` are other flows of the account, by key.
    `portfolio` is the one the contact is in: {"owner", "teams"}.
    """

    at: datetime
    timezone: str = "America/Sao_Paulo"
    contact: Mapping[str, Any] = {}
    channel: Mapping[str, Any] = {}
    variables: Mapping[str, Any] = {}
    hours: Mapping[str, Any] = {}
    teams: Mapping[str, Any] = {}
    deal: Mapping[str, Any] = {}
    account: Mapping[str, Any] = {}
    users: Mapping[str, Any] = {}
    owner: str | None = None
    portfolio: Mapping[str, Any] | None = None
    last_agent: str | None = None
    segments: Sequence[str] = ()
    templates: Mapping[str, Any] = {}
    snippets: Mapping[str, Any] = {}
    happened: Sequence[Mapping[str, Any]] = ()
    mocks: Mapping[str, Any] = {}
    flows: Mapping[str, Program] = {}

    def answer(self, query: Query, so_far: SoFar) -> Any:
        """What the account would answer to a node's question; None to what nobody has thought of."""
        kind, key = query
        answers: Mapping[str, Callable[[str], Any]] = {
            "hours": lambda of: self.hours.get(of, self.hours.get("account")),
            "team": lambda slug: _known(self.teams, slug, TEAM),
            "user": lambda slug: _known(self.users, slug, USER),
            "portfolio": lambda _: {"owner": None, "teams": [], **self.portfolio} if self.portfolio else None,
            "last_agent": lambda _: self.last_agent,
            "segment": lambda slug: slug in self.segments,
            "flow": lambda of: {"version": of, "name": self.flows[of].flow.name} if of in self.flows else None,
            "template": lambda slug: _known(self.templates, slug, {"text": f"[{slug}]", **TEMPLATE}),
            "snippet": lambda slug: self.snippets.get(slug, {"text": f"[{slug}]"}),
            "ai": lambda _: {"model": "rehearsal"},
            "messages": so_far.messages,
            "happened": so_far.happened,
        }
        return answers[kind](key) if kind in answers else None

    def world(
        self,
        *,
        language: str,
        contact: Mapping[str, Any],
        deal: Mapping[str, Any],
        conversation: Mapping[str, Any],
    ) -> World:
        """As the interpreter sees it; contact, deal and conversation as they are by now."""
        about = {"tags": [], "fields": {}, "score": 0, "consent": {}, "owner": None}
        account = {"name": "", "language": language, "timezone": self.timezone, "vars": {}}
        return World(
            contact={**about, **contact},
            conversation=conversation,
            account={**account, **self.account},
            channel=self.channel,
            deal=deal,
            agent={"name": (self.users.get(self.last_agent) or {}).get("name", "")} if self.last_agent else {},
        )


def _known(things: Mapping[str, Any], slug: str, usual: Mapping[str, Any]) -> Any:
    """What is said of a thing, over what is usual; None where it is said that there is none."""
    given = things.get(slug, {})
    return None if given is None else {"name": slug, **usual, **given}


def surroundings_of(world: Mapping[str, Any], flows: Mapping[str, Program] | None = None) -> Surroundings:
    """A story's world; what it does not say is as usual."""
    given = {**USUAL, **world}
    at = datetime.fromisoformat(given["at"])
    return Surroundings(**{**given, "at": at, "flows": flows or {}})


def slug_of_person(person: Any) -> str | None:
    """Of a person as the world gives them, or as a story may write it: the slug alone."""
    return person.get("slug") if isinstance(person, Mapping) else person
