"""Signed links to files: whoever has one may fetch that file, and nobody guesses another's."""

from __future__ import annotations

import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flowengine.core.files import sha256_of

PATH = "/files/"
_MARK = 16  # bytes of the signature
_LONG = 16 + 32 + 4 + _MARK


class BadLink(Exception):
    """Not one of ours, or its time is over."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a link leads to."""

    account: UUID
    sha256: str


@dataclass(frozen=True, slots=True)
class Links:
    """`address` is the installation's, without a slash at its end; "" gives links for our own pages."""

    address: str
    secret: str = field(repr=False)

    def of(self, account: UUID, content: str, name: str = "", *, until: datetime | None = None) -> str:
        """The link; without `until` it is good as long as the file is kept. `name` is for who saves it."""
        ends = 0 if until is None else int(until.timestamp())
        said = account.bytes + bytes.fromhex(content) + ends.to_bytes(4)
        token = urlsafe_b64encode(said + self._signature(said)).decode().rstrip("=")
        return f"{self.address}{PATH}{token}" + (f"/{quote(name, safe='')}" if name else "")

    def read(self, token: str, now: datetime) -> Link:
        """Raises BadLink."""
        try:
            given = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        except (NotBase64, ValueError):
            raise BadLink from None
        said, signature = given[:-_MARK], given[-_MARK:]
        if len(given) != _LONG or not hmac.compare_digest(signature, self._signature(said)):
            raise BadLink
        ends = int.from_bytes(said[48:52])
        if ends and now > datetime.fromtimestamp(ends, UTC):
            raise BadLink
        return Link(UUID(bytes=said[:16]), said[16:48].hex())

    def put(self, account: UUID, attachments: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
        """Attachments of a message as they go out: files that are kept here get their link."""
        return [self._linked(account, each) for each in attachments or ()]

    def _linked(self, account: UUID, attachment: Mapping[str, Any]) -> dict[str, Any]:
        content = sha256_of(attachment["url"])
        if content is None:
            return dict(attachment)
        return {**attachment, "url": self.of(account, content, attachment.get("name", ""))}

    def _signature(self, said: bytes) -> bytes:
        return hmac.digest(self.secret.encode(), b"flowengine file link " + said, sha256)[:_MARK]
