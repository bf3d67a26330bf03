"""AI endpoints: where ai nodes ask, any address that speaks OpenAI's protocol."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flowengine.store.area import text
from flowengine.store.things import Things


@dataclass(frozen=True, slots=True)
class AiEndpoint:
    """`url` is what `/chat/completions` is put behind; `secret` names the secret with its key."""

    id: UUID
    slug: str
    name: str
    url: str
    model: str
    secret: str | None
    max_tokens: int
    created_at: datetime


_REPOINT = text("update ai_endpoint set secret = :to where account_id = :account and secret = :secret")


class AiEndpoints(Things[AiEndpoint]):
    table, kind, row = "ai_endpoint", "ai", AiEndpoint
    columns = {"name": "text", "url": "text", "model": "text", "secret": "text", "max_tokens": "integer"}

    def repoint(self, secret: str, to: str) -> None:
        """Those that used one secret use another."""
        self._run(_REPOINT, secret=secret, to=to)
