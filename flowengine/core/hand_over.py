"""What a hand-off to people needs: who takes it, what the contact is told, what the person who takes it reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flowengine.core.hours import next_opening, read_hours
from flowengine.core.sayings import closed
from flowengine.core.steps import Context


@dataclass(frozen=True, slots=True)
class Taker:
    """A person of the account who is to have the conversation."""

    slug: str
    available: bool
    teams: tuple[str, ...]

    def team(self, default: str) -> str:
        """The team it is booked under where the author names none."""
        return default if default in self.teams or not self.teams else self.teams[0]


@dataclass(frozen=True, slots=True)
class Target:
    """Whom a transfer means: a person, or a team that is said beside the author's; neither: the author's team."""

    person: Taker | None = None
    team: str | None = None


def target(context: Context, to: str, *, user: str | None, chosen: str, waits: bool) -> Target:
    """The one meant by `to`; `chosen` is a person's slug, or "team:" and a team's.

    The team has it too where that person has left the account, or is away and the author would not wait (`waits`).
    """
    match to:
        case "user":
            return Target(_taker(context, user, waits=waits))
        case "owner":
            return Target(_taker(context, context.look_up("owner", "contact"), waits=waits))
        case "last_agent":
            return Target(_taker(context, context.look_up("last_agent", ""), waits=waits))
        case "portfolio":
            portfolio = context.look_up("portfolio", "contact") or {}
            team = next(iter(portfolio.get("teams") or ()), None)
            return Target(_taker(context, portfolio.get("owner"), waits=waits), team)
        case "chosen" if chosen.startswith("team:"):
            return Target(team=chosen.removeprefix("team:").strip() or None)
        case "chosen":
            return Target(_taker(context, chosen, waits=waits))
    return Target()


def _taker(context: Context, slug: str | None, *, waits: bool) -> Taker | None:
    facts = context.look_up("user", slug) if slug else None
    if not slug or facts is None:
        return None
    person = Taker(slug, bool(facts.get("available")), tuple(facts.get("teams", ())))
    return person if person.available or waits else None


def words_for(
    facts: Mapping[str, Any], shut: Mapping[str, Any] | None, context: Context, *, busy: bool, own: str
) -> str:
    """What the contact is told: the team's words for closed (`shut` are its hours) or busy, else the author's `own`."""
    texts = facts.get("texts") or {}
    if shut is not None:
        if texts.get("closed"):
            return str(texts["closed"])
        opening = next_opening(read_hours(shut), context.now)
        return closed(opening, now=context.now, language=context.language, timezone=context.timezone)
    return str(texts["busy"]) if busy and texts.get("busy") else own


def answers_so_far(answers: Mapping[str, Any]) -> str:
    """One line an answer, for the person who takes over; what machines answered is left out."""
    told = [(name, _plain(value)) for name, value in answers.items()]
    return "\n".join(f"{name.replace('_', ' ').capitalize()}: {text}" for name, text in told if text)


def _plain(value: Any) -> str:
    match value:
        case bool():
            return "✓" if value else "✗"
        case list():
            return ", ".join(_plain(item) for item in value)
        case dict():
            return ""
    return str(value)
