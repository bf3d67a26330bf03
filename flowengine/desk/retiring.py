"""A team goes: what it had, and the talks that are not over, go to another."""

from flowengine.core.errors import Conflict
from flowengine.desk import states
from flowengine.desk.changes import apply
from flowengine.desk.people import Person
from flowengine.store.conversations import Conversation
from flowengine.store.teams import Team
from flowengine.store.unit import Unit


def retire_team(unit: Unit, team: Team, to: Team, by: Person, *, where_done: str) -> None:
    """Talks keep their state, their place in the queue and their agent. Conflict for the default team.

    Talks that are over stay with the old team: nobody else is shown them. Who takes the place of its slug is
    another's affair (crm.uses).
    """
    for conversation in unit.conversations.unfinished_of_team(team.id):
        data = {"team": to.name, "team_slug": to.slug, "why": "team_removed", "from": team.name}
        change = states.Change("transferred", {"team_id": to.id}, data)
        apply(unit, conversation, change, by=by, where_done=where_done)
    if not unit.teams.archive(team.id, to.id):
        raise Conflict("The default team cannot go; make another one the default first.", code="default_team")


def team_that_is_there(unit: Unit, conversation: Conversation) -> Team | None:
    """The team that goes on with a talk whose own team is gone; None where its team is there."""
    team = unit.teams.get(conversation.team_id)
    if team is None or team.archived_at is None:
        return None
    return unit.teams.by_slug(team.slug) or unit.teams.default()
