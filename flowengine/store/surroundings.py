"""What a turn reads of a conversation besides its row: the team's slug and the tags."""

from dataclasses import dataclass
from uuid import UUID

from flowengine.store.area import Area, text


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Slugs, as documents name them."""

    team: str
    tags: list[str]


_OF = text("""
    select t.slug, array(
        select g.slug from conversation_tag c join tag g on g.account_id = c.account_id and g.id = c.tag_id
        where c.account_id = t.account_id and c.conversation_id = :conversation order by g.slug)
    from team t where t.account_id = :account and t.id = :team""")


class AroundConversations(Area):
    apart = True

    def of(self, conversation_id: UUID, team_id: UUID) -> Surroundings:
        (row,) = self._rows(_OF, conversation=conversation_id, team=team_id)
        return Surroundings(*row)
